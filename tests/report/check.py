"""check.py WHAT FILE [REPORT.TXT]: what others read of a report.docx against our plain text."""
import json
import re
import sys

what, path = sys.argv[1:3]


def lines_of(path):
    with open(path, encoding="utf-8") as file:
        return [line for line in file.read().split("\n") if line]


def same(got, want):
    for i in range(max(len(got), len(want))):
        a, b = got[i:i + 1], want[i:i + 1]
        assert a == b, "line %d:\n%s\n%s" % (i + 1, a, b)


def said(paragraph):
    """Its own text leaves out links, in versions before 1.0."""
    from docx.oxml.ns import qn
    marks = {qn("w:br"): "\n", qn("w:tab"): "\t"}
    return "".join(marks.get(e.tag) or e.text or "" for e in paragraph._p.iter(qn("w:t"), qn("w:br"), qn("w:tab"))
                   if e.getparent().tag == qn("w:r"))


def blocks(document):
    """Paragraphs and rows as plain text has them, in their order."""
    import docx
    from docx.table import Table
    from docx.text.paragraph import Paragraph
    for element in document.element.body.iterchildren():
        if element.tag.endswith("}p"):
            paragraph = Paragraph(element, document)
            if said(paragraph) and not paragraph.style.name.startswith(("toc ", "目录")):
                yield said(paragraph).replace("\n", " ")
        elif element.tag.endswith("}tbl"):
            for row in Table(element, document).rows:
                yield "\t".join("".join(map(said, cell.paragraphs)) for cell in row.cells)


def text():
    import docx
    same(list(blocks(docx.Document(path))), lines_of(sys.argv[3]))


def bare(text):
    return re.sub(r"\s", "", text)


def plain():
    with open(path, encoding="utf-8") as file:
        same(re.findall(".{1,40}", bare(file.read())), re.findall(".{1,40}", bare("".join(lines_of(sys.argv[3])))))


def strings(node):
    if isinstance(node, dict):
        if node.get("t") == "Str":
            yield node["c"]
        elif node.get("t") not in ("Image", "Note"):
            yield from strings(node.get("c"))
    elif isinstance(node, list):
        for child in node:
            yield from strings(child)


def pandoc():
    with open(path, encoding="utf-8") as file:
        document = json.load(file)
    # pandoc takes the first paragraph of the style Title for the document's title.
    title = "".join(strings(document["meta"].get("title", {})))
    got = bare(title + "".join(strings(document["blocks"])))
    same(re.findall(".{1,40}", got), re.findall(".{1,40}", bare("".join(lines_of(sys.argv[3])))))


def pages():
    mm = 72 / 25.4
    with open(path, encoding="utf-8") as file:
        source = file.read()
    full = 0
    longest = 0
    sheets = re.findall(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', source, re.S)
    assert len(sheets) > 15, len(sheets)
    for number, (width, height, page) in enumerate(sheets, 1):
        assert abs(float(width) - 210 * mm) < 1 and abs(float(height) - 297 * mm) < 1
        lines = []
        for box, content in re.findall(r"<line ([^>]*)>(.*?)</line>", page, re.S):
            x0, y0, x1, y1 = (float(v) for v in re.findall(r'"([\d.]+)"', box))
            lines.append((y0, y1, x0, x1, "".join(re.findall(r">([^<]*)</word>", content))))
        lines.sort()
        foot = [l for l in lines if l[1] > 262 * mm + 2]
        body = [l for l in lines if l not in foot]
        # The page's number alone stands below the text, outside, a character in.
        assert len(foot) == 1 and foot[0][4] == "—%d—" % number, (number, foot)
        y0, y1, x0, x1, _ = foot[0]
        assert 262 * mm + 5 * mm < (y0 + y1) / 2 < 262 * mm + 12 * mm, (number, y0, y1)
        if number % 2:
            assert abs(x1 - ((210 - 26) * mm - 14)) < 3, (number, x1)
        else:
            assert abs(x0 - (28 * mm + 14)) < 3, (number, x0)
        # Margins; a mark of punctuation may hang out on the right by a character.
        assert min(l[2] for l in body) > 28 * mm - 1, number
        assert max(l[3] for l in body) < (210 - 26) * mm + 17, number
        assert min(l[0] for l in body) > 37 * mm - 1, number
        assert max(l[1] for l in body) < 262 * mm + 2, number
        rows = sorted({round(l[0]) for l in body})
        steps = [b - a for a, b in zip(rows, rows[1:])]
        if all(28 <= step <= 30 for step in steps) and len(rows) > 20:
            full += 1
            assert len(rows) == 22, (number, len(rows))
            longest = max([longest] + [len(l[4]) for l in body
                                       if l[3] <= (210 - 26) * mm + 1 and not re.search("[ -~]", l[4])])
    assert full >= 8, full
    assert longest == 28, longest


def template():
    """The office's paper, with the report between what it says before and behind."""
    import docx
    document = docx.Document(path)
    got, want = list(blocks(document)), lines_of(sys.argv[3])
    assert got[:2] == ["某某县人民政府文件", "某政发〔2026〕5号"], got[:2]
    assert got[-2:] == ["（此件公开发布）", "抄送\t县委"], got[-2:]
    same(got[2:-2], want)
    section = document.sections[-1]
    assert section.different_first_page_header_footer
    assert section.first_page_header.paragraphs[0].text == "首页页眉"
    assert section.header.paragraphs[0].text == "页眉"
    assert round(section.left_margin.mm) == 30
    first = next(p for p in document.paragraphs if p.text.startswith("一、"))
    assert first.style.name.lower() == "heading 1" and str(first.style.font.color.rgb) == "C00000"
    for table in document.tables[:-1]:
        assert 'w:w="%d"' % round((210 - 30 - 20) / 25.4 * 1440) in table._tbl.tblPr.xml, table._tbl.tblPr.xml
    assert document.core_properties.author == "岚桥县人民政府"


{"text": text, "plain": plain, "pandoc": pandoc, "pages": pages, "template": template}[what]()
