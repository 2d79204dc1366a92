"""kit.py WHAT ZIP [TO]: a kit as openpyxl and python-docx read it, for the cases of `nianbao form`."""
import io
import re
import sys
import zipfile

import docx
import openpyxl

what, path = sys.argv[1:3]
kit = zipfile.ZipFile(path)


def part(ending):
    return io.BytesIO(kit.read([n for n in kit.namelist() if n.endswith(ending)][0]))


def sheets():
    book = openpyxl.load_workbook(part("figures.xlsx"))
    print(" ".join(book.sheetnames))
    info = book["报送信息"]
    print([(info.cell(r, 1).value, info.cell(r, 2).value) for r in range(3, 10)])
    s = book["supervision"]
    print(s["A1"].value, [c.value for c in s[4]])
    for row in s.iter_rows(min_row=5):
        if row[0].value in ("npc_proposals", "attendance_rate"):
            print([c.value for c in row])
            rules = [d for d in s.data_validations.dataValidation if row[4].coordinate in d.sqref]
            print(row[1].number_format, rules[0].type, rules[0].errorStyle,
                  "locked" if row[4].protection.locked else "open")
    for name in "enforcement.leniency", "附件登记":
        print([c.value for c in book[name][4]])


def prose():
    report = docx.Document(part("report.docx"))
    print([p.text for p in report.paragraphs if p.style.style_id == "Heading1"])
    print(" ".join(re.findall('w:name="(nb_[^"]*)"', report.element.xml)))
    print(" ".join(sorted({p.style.style_id for p in report.paragraphs if p.text})))
    said = docx.Document(part("填报说明.docx"))
    print("\n".join(p.text for p in said.paragraphs if "前报" in p.text))


def last():
    book = openpyxl.load_workbook(part("figures.xlsx"))
    wanted = "reconsideration_received", "litigation_cases", "attendance_rate", "patrols"
    print([(r[0].value, r[3].value) for r in book["supervision"].iter_rows(min_row=5)
           if r[0].value in wanted])


def fill():
    """Fills a cell in and packs the kit anew, as a department does."""
    with zipfile.ZipFile(sys.argv[3], "w") as new:
        for name in kit.namelist():
            data = kit.read(name)
            if name.endswith("figures.xlsx"):
                book = openpyxl.load_workbook(io.BytesIO(data))
                book["leadership"]["E5"] = 3
                out = io.BytesIO()
                book.save(out)
                data = out.getvalue()
            new.writestr(name, data)


globals()[what]()
