#!/usr/bin/python3
"""same.py BOOK SAVED: whether a workbook that another program saved still holds the same: sheets,
values and their types, links."""
import sys

import openpyxl


def content(path):
    book = openpyxl.load_workbook(path)
    cells = {}
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                value = cell.value
                if isinstance(value, float):
                    value = round(value, 12)
                if value is not None:
                    cells[sheet.title, cell.coordinate] = (value, cell.data_type, bool(cell.hyperlink))
    return book.sheetnames, cells


(names, before), (saved, after) = (content(path) for path in sys.argv[1:])
differing = [(k, before.get(k), after.get(k)) for k in before.keys() | after.keys() if before.get(k) != after.get(k)]
if names != saved or differing or len(before) < 1000:
    sys.exit("%s %s %s" % (names, saved, differing[:10]))
