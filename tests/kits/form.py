#!/usr/bin/python3
"""Writes into a department's form, or makes it anew: for setup and mend of a case.

    form.py [--blank] DEPARTMENT < WHAT

WHAT is Python that works on inbox/DEPARTMENT, which is made out of `nianbao form DEPARTMENT` if it
is not there, with a figure or a text filled in, as a blank form is an error, unless it shall be one:

    book.set("supervision", "E5", 12)            a number, or a text
    book.set("supervision", "E5", 12, formula="5+7", style=PERCENT)
    book.fill("supervision", npc_proposals=63)   cells by the figures' ids
    book.row("supervision", "npc_proposals")     the number of a figure's row
    book.add_sheet("草稿", ["甲", 1], ["乙", 2])
    book.sheet("supervision").set("state", "hidden"); book.row_of("supervision", 5)   elements
    prose.write("supervision", "## 要点\\n\\n正文。")   behind the chapter's heading
    prose.put(0, heading("别的一章"), body("文字"), xml("<w:p>…</w:p>"))   in front of a paragraph

A file is written back if it is used. Parts are changed in place: what a form has that only Office
writes, such as a formula with its result, has to come out as it is put in.
"""
import copy
import os
import re
import subprocess
import sys
import zipfile

from lxml import etree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = "{%s}" % WORD
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PERCENT = 10  # number format 0.00%
DATE = 14


class Package:
    def __init__(self, path):
        self.path = path
        with zipfile.ZipFile(path) as source:
            self.parts = {name: source.read(name) for name in source.namelist()}
        self.trees = {}

    def tree(self, part):
        if part not in self.trees:
            self.trees[part] = etree.fromstring(self.parts[part])
        return self.trees[part]

    def add(self, part, text, relations, kind, content_type):
        """A new part that a part refers to; the id of the relation."""
        self.parts[part] = text.encode()
        types = self.tree("[Content_Types].xml")
        etree.SubElement(types, types[0].tag.replace("Default", "Override"),
                         PartName="/" + part, ContentType=content_type)
        tree = self.tree(relations)
        name = "rIdNew%d" % len(tree)
        etree.SubElement(tree, tree[0].tag, Id=name, Type=OFFICE + "/" + kind,
                         Target=part.split("/", 1)[1])
        return name

    def save(self):
        for part, tree in self.trees.items():
            self.parts[part] = etree.tostring(tree, xml_declaration=True, encoding="UTF-8")
        with zipfile.ZipFile(self.path, "w", zipfile.ZIP_DEFLATED) as target:
            for name, data in self.parts.items():
                target.writestr(name, data)


def column(reference):
    number = 0
    for letter in reference.rstrip("0123456789"):
        number = number * 26 + ord(letter) - 64
    return number


class Book(Package):
    def sheet(self, name):
        """The element that names a sheet in the workbook."""
        for sheet in self.tree("xl/workbook.xml").find(MAIN + "sheets"):
            if sheet.get("name") == name:
                return sheet
        raise KeyError(name)

    def part(self, name):
        relation = self.sheet(name).get(RELATION)
        for entry in self.tree("xl/_rels/workbook.xml.rels"):
            if entry.get("Id") == relation:
                return self.tree("xl/" + entry.get("Target"))

    def row_of(self, name, number):
        rows = self.part(name).find(MAIN + "sheetData")
        at = 0
        for at, row in enumerate(rows):
            if int(row.get("r")) == number:
                return row
            if int(row.get("r")) > number:
                break
        else:
            at = len(rows)
        row = etree.Element(MAIN + "row", r=str(number))
        rows.insert(at, row)
        return row

    def cell(self, name, reference):
        row = self.row_of(name, int(re.sub("[A-Z]+", "", reference)))
        at = 0
        for at, cell in enumerate(row):
            if cell.get("r") == reference:
                return cell
            if column(cell.get("r")) > column(reference):
                break
        else:
            at = len(row)
        cell = etree.Element(MAIN + "c", r=reference)
        row.insert(at, cell)
        return cell

    def style(self, number_format):
        styles = self.tree("xl/styles.xml").find(MAIN + "cellXfs")
        new = copy.deepcopy(styles[0])
        new.set("numFmtId", str(number_format))
        new.set("applyNumberFormat", "1")
        styles.append(new)
        return str(len(styles) - 1)

    def set(self, name, reference, value, formula=None, style=None):
        cell = self.cell(name, reference)
        del cell[:]
        cell.attrib.pop("t", None)
        if style is not None:
            cell.set("s", self.style(style))
        if formula:
            etree.SubElement(cell, MAIN + "f").text = formula
        if isinstance(value, str) and formula:
            cell.set("t", "str")
            etree.SubElement(cell, MAIN + "v").text = value
        elif isinstance(value, str):
            cell.set("t", "inlineStr")
            etree.SubElement(etree.SubElement(cell, MAIN + "is"), MAIN + "t").text = value
        elif value is not None:
            etree.SubElement(cell, MAIN + "v").text = str(value)

    def text(self, cell):
        if cell.get("t") == "s":
            strings = self.tree("xl/sharedStrings.xml")
            cell = strings[int(cell.find(MAIN + "v").text)]
        return "".join(cell.itertext())

    def row(self, name, code):
        for row in self.part(name).find(MAIN + "sheetData"):
            if len(row) and self.text(row[0]) == code:
                return int(row.get("r"))
        raise KeyError(code)

    def fill(self, name, **values):
        for code, value in values.items():
            self.set(name, "E%d" % self.row(name, code), value)

    def add_sheet(self, name, *rows):
        sheets = self.tree("xl/workbook.xml").find(MAIN + "sheets")
        relation = self.add(
            "xl/worksheets/new%d.xml" % len(sheets),
            '<worksheet xmlns="%s"><sheetData/></worksheet>' % MAIN[1:-1],
            "xl/_rels/workbook.xml.rels", "worksheet",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml")
        etree.SubElement(sheets, MAIN + "sheet",
                         {"name": name, "sheetId": str(100 + len(sheets)), RELATION: relation})
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                self.set(name, "%s%d" % (chr(65 + c), r + 1), value)


def xml(text):
    return etree.fromstring('<x xmlns:w="%s">%s</x>' % (WORD, text))[0]


def paragraph(style, text):
    style = '<w:pPr><w:pStyle w:val="%s"/></w:pPr>' % style if style else ""
    return xml("<w:p>%s<w:r><w:t>%s</w:t></w:r></w:p>" % (style, text))


def heading(text, level=1):
    return paragraph("Heading%d" % level, text)


def body(text):
    return paragraph("", text)


class Prose(Package):
    def body(self):
        return self.tree("word/document.xml").find(W + "body")

    def put(self, at, *paragraphs):
        for n, new in enumerate(paragraphs):
            self.body().insert(at + n, new)

    def find(self, text):
        """The first paragraph with these words, as a place for put()."""
        for n, element in enumerate(self.body()):
            if text in "".join(element.itertext(W + "t")):
                return n
        raise KeyError(text)

    def chapter(self, name):
        for n, element in enumerate(self.body()):
            for mark in element.iter(W + "bookmarkStart"):
                if mark.get(W + "name") == "nb_" + name:
                    return n
        raise KeyError(name)

    def write(self, chapter, text):
        pieces = []
        for line in filter(None, text.split("\n")):
            marks, _, words = line.rpartition("# ")
            pieces.append(heading(words, len(marks) + 1) if marks else body(line))
        self.put(self.chapter(chapter) + 1, *pieces)

    def note(self, part, text, kind):
        """A part beside the document, as comments are."""
        self.add("word/" + part, text, "word/_rels/document.xml.rels", kind,
                 "application/vnd.openxmlformats-officedocument.wordprocessingml.%s+xml" % kind)


class Lazy:
    """A file that is opened, and written back, if it is used."""

    def __init__(self, opened, path):
        self.opened, self.path, self.package = opened, path, None

    def __getattr__(self, name):
        if not self.package:
            self.package = self.opened(self.path)
        return getattr(self.package, name)


def make(department):
    subprocess.run(["nianbao", "-q", "form", department], check=True, stdout=subprocess.DEVNULL)
    with os.scandir("forms") as forms:
        path = [form.path for form in forms if form.name.startswith(department + "-")][0]
    with zipfile.ZipFile(path) as kit:
        for name in kit.namelist():
            target = os.path.join("inbox", department, name.split("/", 1)[1])
            os.makedirs(os.path.dirname(target), exist_ok=True)
            with open(target, "wb") as file:
                file.write(kit.read(name))


def fill_in(department, book, prose):
    if department == "sfj":
        book.fill("supervision", rectification_items=3)
    elif department == "gaj":
        book.fill("enforcement", trainings=4)
    else:
        prose.write("plan", "## 完善制度\n\n制定3项制度。")


def main():
    blank = sys.argv[1] == "--blank"
    department = sys.argv[-1]
    folder = os.path.join("inbox", department)
    new = not os.path.exists(os.path.join(folder, "figures.xlsx"))
    if new:
        make(department)
    book = Lazy(Book, os.path.join(folder, "figures.xlsx"))
    prose = Lazy(Prose, os.path.join(folder, "report.docx"))
    if new and not blank:
        fill_in(department, book, prose)
    exec(sys.stdin.read(), {**globals(), "book": book, "prose": prose})
    for used in book, prose:
        if used.package:
            used.package.save()


main()
