#!/usr/bin/python3
"""Works on the report's .docx by hand: for setup and mend of a case, and for test-office.

    report.py FILE < WHAT

FILE is assembled if it is not there. WHAT is Python; the figures of the report in their order are

    figure(0).text = "15"      typed over within the bookmark
    figure(0).behind("0")      typed directly behind it; before("1")
    figure(0).replace("15")    typed over as a whole: Word lets the bookmark go
    figure(0).delete()         deleted as a tracked change
    paragraph("收到")          the first paragraph with these words, as python-docx has it
"""
import glob
import os
import subprocess
import sys
import tempfile
import zipfile

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

path = sys.argv[1]
if not os.path.exists(path):
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["nianbao", "-q", "assemble", "--draft", "--format", "docx", "-o", folder + "/"],
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        bundle = zipfile.ZipFile(glob.glob(folder + "/*.zip")[0])
        name = [n for n in bundle.namelist() if n.endswith("/report.docx")][0]
        with open(path, "wb") as to:
            to.write(bundle.read(name))
document = docx.Document(path)


class Figure:
    def __init__(self, start):
        self.start = start
        self.id = start.get(qn("w:id"))

    def runs(self):
        at = self.start.getnext()
        while at.tag != qn("w:bookmarkEnd") or at.get(qn("w:id")) != self.id:
            if at.tag == qn("w:r"):
                yield at
            at = at.getnext()
        self.end = at

    @property
    def tail(self):
        """Whether the character behind the number is marked as well."""
        return self.start.get(qn("w:name")).split("_")[3][0] in "iu"

    @property
    def whole(self):
        return "".join(t.text or "" for r in self.runs() for t in r.iter(qn("w:t")))

    @property
    def text(self):
        return self.whole[:-1] if self.tail else self.whole

    @text.setter
    def text(self, text):
        text += self.whole[len(self.text):]
        texts = [t for r in self.runs() for t in r.iter(qn("w:t"))]
        for t in texts:
            t.text = ""
        texts[0].text = text

    def typed(self, text):
        run, t = OxmlElement("w:r"), OxmlElement("w:t")
        t.text = text
        run.append(t)
        return run

    def before(self, text):
        self.start.addprevious(self.typed(text))

    def behind(self, text):
        if self.tail:
            self.text += text
        else:
            list(self.runs())
            self.end.addnext(self.typed(text))

    def replace(self, text):
        self.text = text
        list(self.runs())
        for mark in self.start, self.end:
            mark.getparent().remove(mark)

    def delete(self):
        for run in list(self.runs()):
            for t in list(run.iter(qn("w:t"))):
                t.tag = qn("w:delText")
            gone = OxmlElement("w:del")
            gone.set(qn("w:id"), "9000")
            gone.set(qn("w:author"), "x")
            run.addprevious(gone)
            gone.append(run)


def figures():
    return [Figure(b) for b in document.element.body.iter(qn("w:bookmarkStart"))
            if b.get(qn("w:name")).startswith("_nb_")]


def figure(number):
    return figures()[number]


def paragraph(words):
    return next(p for p in document.paragraphs if words in p.text)


exec(sys.stdin.read())
document.save(path)
