#!/usr/bin/python3
"""Fills in the office's forms with what a plain hand-in holds, as a department would.

    fill.py HANDIN KIT [CHAPTER...]

HANDIN is a folder with a submission.ini, KIT an unpacked kit of `nianbao form`. With chapters
named, only those go into the forms, and the others into the kit as a submission.ini with its
files. Written with openpyxl and python-docx, which share nothing with nianbao.
"""
import configparser
import csv
import os
import re
import shutil
import sys

import docx
import openpyxl
from docx.text.paragraph import Paragraph

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def read_ini(path):
    ini = configparser.ConfigParser(interpolation=None, inline_comment_prefixes=(";",), strict=False)
    ini.read(path, encoding="utf-8")
    return ini


# ---- figures.xlsx ---------------------------------------------------------------


def typed(text):
    """As Excel takes what is typed into a cell."""
    if re.fullmatch(r"\d+", text):
        return int(text)
    if re.fullmatch(r"\d+\.\d+", text):
        return float(text)
    return text


def fill_cover(sheet, ini):
    keys = {"版次": "revision", "报送日期": "date", "联系人": "contact", "联系电话": "phone"}
    for row in range(1, 40):
        key = keys.get(sheet.cell(row, 1).value)
        if key and ini.get("submission", key, fallback=""):
            sheet.cell(row, 2).value = typed(ini["submission"][key])


def columns_of(sheet, row):
    return {str(cell.value or "").lstrip("* "): cell.column for cell in sheet[row]}


def fill_figures(sheet, section):
    columns = columns_of(sheet, 4)
    for row in range(5, sheet.max_row + 1):
        value = section.get(sheet.cell(row, columns["代码"]).value or "", "")
        cell = sheet.cell(row, columns["本年数"])
        if re.fullmatch(r"\d+(\.\d+)?%", value) and "%" in cell.number_format:
            cell.value = float(value[:-1]) / 100  # what a cell of that format holds
        elif value:
            cell.value = typed(value)


def fill_list(sheet, path):
    columns = columns_of(sheet, 4)
    with open(path, encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.reader(file) if any(row)]
    # Ids in the header are in the order of the sheet's columns.
    heads = [label.strip() for label in rows[0]]
    places = [columns.get(label, n + 1) for n, label in enumerate(heads)]
    for n, row in enumerate(rows[1:]):
        for column, text in zip(places, row):
            if text.strip():
                sheet.cell(5 + n, column).value = typed(text.strip())


def fill_register(sheet, ini):
    columns = columns_of(sheet, 4)
    access = {"public": "公开", "internal": "内部"}
    row = 5
    for name in ini.sections():
        if not name.startswith("attachment"):
            continue
        entry = ini[name]
        sheet.cell(row, columns["文件"]).value = os.path.basename(entry["file"])
        sheet.cell(row, columns["标题"]).value = entry["title"]
        sheet.cell(row, columns["章节"]).value = entry.get("chapter")
        sheet.cell(row, columns["佐证的指标"]).value = entry.get("backs", "").replace(", ", "、")
        sheet.cell(row, columns["公开或内部"]).value = access[entry.get("access", "public")]
        row += 1


def fill_workbook(handin, path, ini):
    book = openpyxl.load_workbook(path)
    fill_cover(book["报送信息"], ini)
    fill_register(book["附件登记"], ini)
    for name in book.sheetnames:
        chapter, _, rows = name.partition(".")
        if chapter not in ini:
            continue
        if not rows:
            fill_figures(book[name], ini[chapter])
        else:
            for key, value in ini[chapter].items():
                if key.startswith(rows) and value.endswith(".csv"):
                    fill_list(book[name], os.path.join(handin, value))
    book.save(path)


# ---- report.docx --------------------------------------------------------------------


class Document:
    """Paragraphs are added behind the form's own, where its bookmarks are."""

    def __init__(self, path):
        self.path = path
        self.document = docx.Document(path)
        self.marks = {}
        for paragraph in self.document.element.body.iter(W + "p"):
            for mark in paragraph.iter(W + "bookmarkStart"):
                self.marks[mark.get(W + "name")] = paragraph

    def behind(self, element, style):
        new = self.document.add_paragraph(style=style)._p
        element.addnext(new)
        return new

    def add(self, element, style, text):
        new = self.behind(element, style)
        paragraph = Paragraph(new, self.document._body)
        for n, piece in enumerate(text.split("**")):
            if piece:
                paragraph.add_run(piece).bold = True if n % 2 else None
        return new

    def add_table(self, element, lines):
        rows = [[cell.strip() for cell in line.strip("| \n").split("|")] for line in lines]
        rows = [row for row in rows if not re.fullmatch(r"[-:]+", row[0])]
        table = self.document.add_table(len(rows), len(rows[0]))
        for r, row in enumerate(rows):
            for c, text in enumerate(row):
                table.cell(r, c).text = text
        element.addnext(table._tbl)
        return table._tbl


def fill_chapter(document, chapter, text):
    heading = document.marks["nb_" + chapter]
    at = heading
    following = heading.getnext()
    while following is not None and following.find(W + "pPr/" + W + "pStyle") is not None and \
            following.find(W + "pPr/" + W + "pStyle").get(W + "val") == "NbGuidance" and \
            following.find(W + "bookmarkStart") is None:
        at = following
        following = following.getnext()
    places = {"": at}  # where the next point of a topic goes
    topic = ""
    table = []
    for line in text.split("\n") + [""]:
        if line.startswith("|"):
            table.append(line)
            continue
        if table:
            places[topic] = document.add_table(places[topic], table)
            table = []
        found = re.fullmatch(r"(#+) (.*?)(?: \{#(\w+)\})?", line)
        if found:
            level = len(found.group(1))
            if level == 2:
                topic = found.group(3) or ""
                if topic not in places:
                    places[topic] = document.marks[("nb_%s__%s" % (chapter, topic))[:40]]
            places[topic] = document.add(places[topic], "heading %d" % level, found.group(2))
        elif line.strip():
            places[topic] = document.add(places[topic], "Normal", line.strip())


def fill_document(handin, path, ini):
    document = Document(path)
    for name in ini.sections():
        narrative = ini[name].get("narrative")
        if narrative:
            with open(os.path.join(handin, narrative), encoding="utf-8-sig") as file:
                fill_chapter(document, name, file.read())
    document.document.save(path)


# ---- the rest ---------------------------------------------------------------------


def split(ini, chapters):
    """What is left of the keys when these chapters are on the forms; those are left in `ini`."""
    rest = configparser.ConfigParser(interpolation=None)
    rest.read_dict(ini)
    for name in ini.sections():
        if name != "submission":
            chosen = ini[name].get("chapter", name) in chapters
            (rest if chosen else ini).remove_section(name)
    return rest


def hand_in_rest(handin, kit, rest):
    with open(os.path.join(kit, "submission.ini"), "w", encoding="utf-8") as file:
        rest.write(file)
    for name in rest.sections():
        for value in rest[name].values():
            if value.endswith((".md", ".csv")) and "/" not in value:
                shutil.copy(os.path.join(handin, value), kit)


def main():
    handin, kit, *chapters = sys.argv[1:]
    ini = read_ini(os.path.join(handin, "submission.ini"))
    if chapters:
        hand_in_rest(handin, kit, split(ini, chapters))
    fill_workbook(handin, os.path.join(kit, "figures.xlsx"), ini)
    fill_document(handin, os.path.join(kit, "report.docx"), ini)
    if os.path.isdir(os.path.join(handin, "attachments")):
        shutil.copytree(
            os.path.join(handin, "attachments"), os.path.join(kit, "attachments"), dirs_exist_ok=True)


main()
