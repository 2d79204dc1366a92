#!/usr/bin/python3
"""marks.py mark COUNTY: puts words that must never be published, 内部机密 and two characters that say
where, into all that a county's departments and office keep to themselves.
marks.py find BUNDLE: prints those that are in a bundle, wherever: names and contents, zips in zips,
streams of a PDF and its text, in other encodings, as entities, escapes and data of a web page.
"""
import base64
import html
import io
import os
import re
import subprocess
import sys
import tempfile
import urllib.parse
import zipfile
import zlib

MARK = "内部机密"


def chunk(kind, data):
    return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")


def png(comment):
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", b"\0\0\0\4\0\0\0\3\x08\2\0\0\0") +
            chunk(b"iTXt", b"Comment\0\0\0\0\0" + comment.encode()) +
            chunk(b"IDAT", zlib.compress((b"\0" + b"\xc8\x1e\x1e" * 4) * 3)) + chunk(b"IEND", b""))


def write(path, content):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(content if isinstance(content, bytes) else content.encode())


def change(path, *pairs):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    for old, new in pairs:
        assert old in text, (path, old)
        text = text.replace(old, new, 1)
    write(path, text)


def mark(county):
    inbox = os.path.join(county, "inbox")
    # Who hands in; a comment; internal attachments, one of them called public as well.
    gaj = os.path.join(inbox, "gaj")
    change(os.path.join(gaj, "submission.ini"), ("示例联系人", MARK + "甲一"), ("0000-0000000", MARK + "甲二"))
    with open(os.path.join(gaj, "submission.ini"), "a", encoding="utf-8") as file:
        file.write("; %s甲三\n" % MARK)
        for n, (path, title, access) in enumerate((
                ("a/%s甲四.csv" % MARK, MARK + "甲五", "internal"),
                ("%s甲六/公开的台账.csv" % MARK, "公开的台账", "public"),
                ("%s甲七/50%%.csv" % MARK, "公开的比例", "public"),
                ("a/%s甲八.csv" % MARK, MARK + "甲九", "public"),
                ("a/%s甲八.csv" % MARK, MARK + "甲九", "internal"))):
            write(os.path.join(gaj, path), "%s甲丑\n" % MARK if "甲四" in path or "甲八" in path else "序号\n1\n")
            file.write("\n[attachment mark%d]\nfile = %s\ntitle = %s\nchapter = supervision\n"
                       "backs = hearings_due\naccess = %s\n" % (n, path, title, access))
    # A file that nobody registered, a former revision, narratives and lists by telling names.
    write(os.path.join(gaj, MARK + "乙一.txt"), MARK + "乙二\n")
    first = os.path.join(inbox, "zrzyj", "1")
    write(os.path.join(first, MARK + "乙三.txt"), MARK + "乙四\n")
    os.rename(os.path.join(gaj, "supervision.md"), os.path.join(gaj, MARK + "乙五.md"))
    change(os.path.join(gaj, "submission.ini"), ("supervision.md", MARK + "乙五.md"))
    os.rename(os.path.join(inbox, "liuxi.zip"), os.path.join(inbox, MARK + "乙六.zip"))
    # A Word document with a picture, which is kept as an internal attachment.
    import docx
    wjj = os.path.join(inbox, "wjj")
    document = docx.Document()
    document.core_properties.author = MARK + "丙一"
    document.add_heading("夯实法治基础，提升依法行政能力", 1)
    document.add_heading("依法履行卫生监管职责", 2)
    document.add_paragraph("全年依法开展监督检查。")
    document.add_picture(io.BytesIO(png(MARK + "丙二")))
    for properties in document.element.xpath("//wp:docPr"):
        properties.set("descr", MARK + "丙三")
    document.save(os.path.join(wjj, MARK + "丙四.docx"))
    change(os.path.join(wjj, "submission.ini"), ("capacity.md", MARK + "丙四.docx"))
    # What the office thinks of it.
    write(os.path.join(county, "waivers.ini"), "; %s丁一\n" % MARK)
    write(os.path.join(county, "图.png"), png(MARK + "丁三"))
    change(os.path.join(county, "frame.md"), ("\n", "\n\n{{! %s丁二 }}\n\n![图](图.png)\n" % MARK))


def inflated(data):
    for found in re.finditer(rb"stream\r?\n", data):
        try:
            yield zlib.decompressobj().decompress(data[found.end():], 1 << 26)
        except zlib.error:
            pass


def pdf_text(data):
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(data)
        file.flush()
        for command in (["pdftotext", file.name, "-"], ["pdfinfo", file.name]):
            try:
                yield subprocess.run(command, capture_output=True, check=False).stdout
            except FileNotFoundError:
                pass


def contents(name, data):
    """All byte strings in which something may stand."""
    yield name.encode("utf-8", "surrogateescape")
    yield data
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as inner:
            yield inner.comment
            for info in inner.infolist():
                yield info.comment + info.extra
                yield from contents(info.filename, inner.read(info))
    if data[:5] == b"%PDF-":
        for stream in inflated(data):
            yield from contents("", stream)
        yield from pdf_text(data)
    for found in re.finditer(rb"base64,([A-Za-z0-9+/=]+)", data):
        yield from contents("", base64.b64decode(found.group(1) + b"=="))


def readings(data):
    for encoding in "utf-8", "gb18030", "utf-16-le", "utf-16-be":
        yield data.decode(encoding, "replace")
    if b"%PDF-" in data[:8] or b"/Title" in data or b"/Author" in data:
        for found in re.finditer(rb"<([0-9A-Fa-f\s]{8,})>", data):
            digits = re.sub(rb"\s", b"", found.group(1))
            yield bytes.fromhex(digits[:len(digits) // 2 * 2].decode()).decode("utf-16-be", "replace")
    text = data.decode("utf-8", "replace")
    if "&#" in text:
        yield html.unescape(text)
    if "%" in text:
        yield urllib.parse.unquote(text)
    if "\\u" in text:
        yield re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m.group(1), 16)), text)


def find(bundle):
    with open(bundle, "rb") as file:
        data = file.read()
    found = set()
    for piece in contents("", data):
        for text in readings(piece):
            found.update(re.findall(MARK + "(..)", text))
    print(" ".join(sorted(found)))


{"mark": mark, "find": find}[sys.argv[1]](sys.argv[2])
