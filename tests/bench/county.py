#!/usr/bin/env python3
"""A county to measure with: hand-ins with attachments as offices have them.

usage: county.py FOLDER [--departments N] [--megabytes N] [--small N] [--sparse GB]

Makes a workspace in FOLDER and the departments' hand-ins in FOLDER/mail, every
third a zip, the others folders; the same for the same arguments. By bytes it is
half scans in pdf, a quarter photographs, then docx, xlsx, csv and text. The
pictures are JPEG files that any viewer opens, of random content: what matters
is that they compress as little as real ones.

  --megabytes N   of attachments, all departments together (1024)
  --small N       instead: N small text files
  --sparse GB     besides: one attachment of that size, all zeros, in a hole
"""

import argparse
import io
import os
import random
import shutil
import zipfile
import zlib

CHAPTERS = {
    "leadership": "inspections",
    "reform": "delegated_items",
    "decision": "documents_filed",
    "enforcement": "penalties",
    "supervision": "disclosure_requests",
    "capacity": "leaflets",
}
WORDS = (
    "健全 工作 机制 压实 主体 责任 严格 审核 程序 规范 执法 行为 畅通 救济 渠道 加强 宣传 培训 完善 配套 制度 强化 跟踪 问效 "
    "优化 办理 流程 推进 信息 共享 组织 专项 检查 及时 公开 结果 行政 复议 案件 审理 调解 法律 顾问 意见 备案 审查 重大 决策 "
    "公众 参与 专家 论证 风险 评估 集体 讨论 行政许可 承诺 告知 信用 监管 随机 抽查 处罚 裁量 基准 应急 预案 演练 政务 服务 "
    "大厅 窗口 乡镇 街道 社区 网格 矛盾 纠纷 化解 司法 建议 检察 整改 落实 督察 考核 述法 学习 旁听 庭审 普法 宪法 民法典"
).split()
STOPS = "，，，；。"


# ---- text -----------------------------------------------------------------


def prose(rng, size):
    """About `size` bytes of sentences with numbers in them."""
    out, have = [], 0
    while have < size:
        words = rng.choices(WORDS, k=60)
        for i in range(4, 60, 6):
            words[i] += rng.choice(STOPS)
        words[30] += "（测政发〔2025〕%d号）" % rng.randrange(900)
        text = "".join(words) + "。\n"
        out.append(text)
        have += 3 * len(text)
    return "".join(out)


def rows(rng, size):
    """A register: number, name, date, amount, who and what."""
    out, have, number = ["序号,案号,当事人,立案日期,结案日期,金额（元）,承办机构,处理结果\n"], 0, 0
    while have < size:
        number += 1
        line = "%d,测罚字〔2025〕第%04d号,%s%s,2025-%02d-%02d,2025-%02d-%02d,%d.%02d,%s%s,%s\n" % (
            number, number, rng.choice("赵钱孙李周吴郑王冯陈褚卫"), rng.choice(WORDS),
            rng.randrange(1, 13), rng.randrange(1, 29), rng.randrange(1, 13), rng.randrange(1, 29),
            rng.randrange(200000), rng.randrange(100), rng.choice(WORDS), rng.choice("科股所队"),
            rng.choice(("罚款", "警告", "不予处罚", "撤案", "移送")))
        out.append(line)
        have += 2 * len(line)
    return "".join(out)


# ---- pictures -------------------------------------------------------------

# The luminance tables of ITU-T T.81, annex K.
DC_LENGTHS = [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0]
DC_VALUES = list(range(12))
AC_LENGTHS = [0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 125]
AC_VALUES = list(bytes.fromhex(
    "01020300041105122131410613516107227114328191a1082342b1c11552d1f02433627282090a161718191a25262728292a"
    "3435363738393a434445464748494a535455565758595a636465666768696a737475767778797a838485868788898a929394"
    "95969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8"
    "e9eaf1f2f3f4f5f6f7f8f9fa"))
QUANTA = [16, 11, 12, 14, 12, 10, 16, 14, 13, 14, 18, 17, 16, 19, 24, 40, 26, 24, 22, 22, 24, 49, 35, 37, 29, 40, 58, 51,
          61, 60, 57, 51, 56, 55, 64, 72, 92, 78, 64, 68, 87, 69, 55, 56, 80, 109, 81, 87, 95, 98, 103, 104, 103, 62, 77,
          113, 121, 112, 100, 120, 92, 101, 103, 99]


def codes(lengths, values):
    """Huffman codes as strings of 0 and 1, by value."""
    table, code, at = {}, 0, 0
    for bits, count in enumerate(lengths, 1):
        for _ in range(count):
            table[values[at]] = format(code, "0%db" % bits)
            code += 1
            at += 1
        code <<= 1
    return table


class Pictures:
    STRIP = 64  # blocks between two restarts: 512 pixels
    RUN = 8

    def __init__(self):
        rng = random.Random("pictures")
        dc, ac = codes(DC_LENGTHS, DC_VALUES), codes(AC_LENGTHS, AC_VALUES)

        # As often as their lengths say, which is what the tables were made for.
        short = [value for value in ac if len(ac[value]) <= 9]
        often = [2 ** (9 - len(ac[value])) for value in short]

        def block():
            size = rng.choice((0, 1, 2, 3, 3, 4, 5))
            bits = [dc[size], format(rng.getrandbits(size), "0%db" % size) if size else ""]
            at = 1
            for value in rng.choices(short, often, k=63):
                step = (value >> 4) + 1
                if at + step > 63 or value == 0:
                    break
                at += step
                bits.append(ac[value])
                bits.append(format(rng.getrandbits(value & 15), "0%db" % (value & 15)))
            bits.append(ac[0])
            return "".join(bits)

        self.runs = ["".join(block() for _ in range(self.RUN)) for _ in range(4096)]

        def segment(mark, body):
            return bytes((0xFF, mark)) + (len(body) + 2).to_bytes(2, "big") + bytes(body)

        self.head = (b"\xff\xd8" + segment(0xE0, b"JFIF\0\1\1\1\0\x96\0\x96\0\0") + segment(0xDB, [0] + QUANTA) +
                     segment(0xC4, [0] + DC_LENGTHS + DC_VALUES) + segment(0xC4, [0x10] + AC_LENGTHS + AC_VALUES) +
                     segment(0xDD, self.STRIP.to_bytes(2, "big")))
        self.size = lambda height: segment(0xC0, b"\x08" + height.to_bytes(2, "big") +
                                           (8 * self.STRIP).to_bytes(2, "big") + b"\1\1\x11\0")
        self.scan = segment(0xDA, b"\1\1\0\0\x3f\0")

    def jpg(self, rng, size):
        out, have = [], 0
        while have < size and len(out) < 8000:
            bits = "".join(rng.choices(self.runs, k=self.STRIP // self.RUN))
            bits += "1" * (-len(bits) % 8)
            strip = int(bits, 2).to_bytes(len(bits) // 8, "big").replace(b"\xff", b"\xff\0")
            out.append(strip + bytes((0xFF, 0xD0 + len(out) % 8)))
            have += len(strip) + 2
        body = b"".join(out)[:-2]
        return self.head + self.size(8 * len(out)) + self.scan + body + b"\xff\xd9", 8 * len(out)


pictures = Pictures()


def jpg(rng, size):
    return pictures.jpg(rng, size)[0]


# ---- documents ------------------------------------------------------------


def pdf(rng, size):
    """Scanned pages, some hundred kilobytes each, with the text that was read in them."""
    objects, pages, have = [], [], 0
    while have < size:
        image, height = pictures.jpg(rng, min(size - have, rng.randrange(150000, 600000)))
        text = zlib.compress(("q 595 0 0 842 0 0 cm /I Do Q BT /F1 12 Tf 3 Tr " + " ".join(
            "1 0 0 1 %d %d Tm <%s> Tj" % (x, 800 - x, prose(rng, 60).encode("utf-16-be").hex())
            for x in range(20, 400, 20)) + " ET").encode())
        n = 3 + 3 * len(pages)
        pages.append(n)
        objects.append(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</XObject<</I %d 0 R>>"
                       b"/Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>" % (n + 1, n + 2))
        objects.append(b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(text), text))
        objects.append(b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8"
                       b"/Filter/DCTDecode/Length %d>>stream\n%s\nendstream"
                       % (8 * pictures.STRIP, height, len(image), image))
        have += len(image) + len(text)
    objects[:0] = [b"<</Type/Catalog/Pages 2 0 R>>",
                   b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(pages), b" ".join(b"%d 0 R" % n for n in pages))]
    out, places = [b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"], []
    at = len(out[0])
    for number, content in enumerate(objects, 1):
        places.append(at)
        out.append(b"%d 0 obj\n%s\nendobj\n" % (number, content))
        at += len(out[-1])
    out.append(b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1) + b"".join(b"%010d 00000 n \n" % p for p in places) +
               b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, at))
    return b"".join(out)


def package(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        for name, content in parts:
            info = zipfile.ZipInfo(name, (2026, 1, 5, 9, 0, 0))
            info.compress_type = zipfile.ZIP_STORED if name.endswith(".jpg") else zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            zipped.writestr(info, content)
    return out.getvalue()


def types(*overrides):
    return ('<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="http://schemas.openxmlformats.org/package/'
            '2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships'
            '+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="jpg" ContentType="image/jpeg'
            '"/>' + "".join('<Override PartName="%s" ContentType="application/vnd.openxmlformats-officedocument.%s"/>' % o
                            for o in overrides) + "</Types>")


def relations(*targets):
    return ('<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/'
            'package/2006/relationships">' + "".join(
                '<Relationship Id="rId%d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" '
                'Target="%s"/>' % (n, kind, target) for n, (kind, target) in enumerate(targets, 1)) + "</Relationships>")


def docx(rng, size):
    text = prose(rng, 30000 + size // 8)
    paragraphs = "".join('<w:p><w:pPr><w:ind w:firstLineChars="200"/></w:pPr><w:r><w:rPr><w:rFonts w:eastAsia="仿宋_GB2312"/>'
                         '<w:sz w:val="32"/></w:rPr><w:t>%s</w:t></w:r></w:p>' % line for line in text.splitlines())
    parts = [("[Content_Types].xml", types(("/word/document.xml", "wordprocessingml.document.main+xml"))),
             ("_rels/.rels", relations(("officeDocument", "word/document.xml"))),
             ("word/document.xml", '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="http://schemas.'
              'openxmlformats.org/wordprocessingml/2006/main"><w:body>' + paragraphs + "</w:body></w:document>")]
    number, have = 0, 10000
    while have < size:
        number += 1
        parts.append(("word/media/image%d.jpg" % number, jpg(rng, min(400000, size - have))))
        have += len(parts[-1][1])
    return package(parts)


def xlsx(rng, size):
    lines = [line.split(",") for line in rows(rng, 3 * size).splitlines()]
    cells = "".join('<row r="%d">%s</row>' % (r, "".join(
        '<c r="%s%d" t="inlineStr"><is><t>%s</t></is></c>' % ("ABCDEFGH"[c], r, value) for c, value in enumerate(line)))
        for r, line in enumerate(lines, 1))
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return package([
        ("[Content_Types].xml", types(("/xl/workbook.xml", "spreadsheetml.sheet.main+xml"),
                                      ("/xl/worksheets/sheet1.xml", "spreadsheetml.worksheet+xml"))),
        ("_rels/.rels", relations(("officeDocument", "xl/workbook.xml"))),
        ("xl/workbook.xml", '<workbook xmlns="%s" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships'
         '"><sheets><sheet name="台账" sheetId="1" r:id="rId1"/></sheets></workbook>' % main),
        ("xl/_rels/workbook.xml.rels", relations(("worksheet", "worksheets/sheet1.xml"))),
        ("xl/worksheets/sheet1.xml", '<worksheet xmlns="%s"><sheetData>%s</sheetData></worksheet>' % (main, cells))])


def csv(rng, size):
    text = rows(rng, size)
    return text.encode("gb18030") if rng.random() < 0.3 else b"\xef\xbb\xbf" + text.encode()


def txt(rng, size):
    return prose(rng, size).encode()


# What there is, how often, its title, and between which sizes.
KINDS = (
    (pdf, "pdf", 10, "文件扫描件", 300_000, 6_000_000),
    (jpg, "jpg", 12, "现场照片", 300_000, 4_000_000),
    (docx, "docx", 6, "工作总结", 60_000, 2_500_000),
    (xlsx, "xlsx", 5, "统计台账", 30_000, 900_000),
    (csv, "csv", 5, "案件台账", 20_000, 2_000_000),
    (txt, "txt", 6, "会议记录", 5_000, 400_000),
)


# ---- hand-ins -------------------------------------------------------------


def write(path, content):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as out:
        out.write(content if isinstance(content, bytes) else content.encode())


def attachments(rng, size):
    """Names, titles and contents until there are `size` bytes; now and then a whole file series as one scan."""
    have, number = 0, 0
    while have < size:
        number += 1
        make, ending, _, title, low, high = rng.choices(KINDS, [kind[2] for kind in KINDS])[0]
        wanted = int(low * (high / low) ** rng.random())
        if make is pdf and rng.random() < 0.04:
            wanted = 24_000_000
        content = make(rng, max(2000, min(wanted, size - have)))
        have += len(content)
        yield "attachments/%03d%s.%s" % (number, title, ending), title + str(number), content


def small_files(rng, count):
    for number in range(1, count + 1):
        yield ("attachments/%d/%05d.txt" % (number // 500, number), "记录%d" % number, prose(rng, rng.randrange(100, 1500)).encode())


def hand_in(rng, folder, number, files):
    ini = ["[submission]\ndepartment = dept%02d\nyear = 2025\ndate = 2026-01-15\ncontact = 张三\nphone = 000\n" % number]
    for k, (chapter, figure) in enumerate(CHAPTERS.items(), 1):
        ini.append("\n[%s]\nnarrative = %s.md\n%s = %d\n" % (chapter, chapter, figure, number * k))
        write("%s/%s.md" % (folder, chapter), "".join(
            "## %s%s\n\n%s\n" % (rng.choice(WORDS), rng.choice(WORDS), prose(rng, 900)) for _ in range(3)))
    for k, (name, title, content) in enumerate(files, 1):
        write("%s/%s" % (folder, name), content)
        ini.append("\n[attachment %d]\nfile = %s\ntitle = %s\nchapter = %s\naccess = %s\n"
                   % (k, name, title, list(CHAPTERS)[k % 6], "internal" if k % 4 else "public"))
    write(folder + "/submission.ini", "".join(ini))


def pack(folder):
    """As a file manager does it."""
    with zipfile.ZipFile(folder + ".zip", "w", zipfile.ZIP_DEFLATED) as out:
        for where, folders, names in os.walk(folder):
            folders.sort()
            for name in sorted(names):
                path = os.path.join(where, name)
                info = zipfile.ZipInfo(os.path.relpath(path, os.path.dirname(folder)), (2026, 1, 15, 9, 0, 0))
                info.external_attr = 0o100644 << 16
                info.compress_type = zipfile.ZIP_DEFLATED
                with open(path, "rb") as file:
                    out.writestr(info, file.read())
    shutil.rmtree(folder)


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("folder")
    parser.add_argument("--departments", type=int, default=60)
    parser.add_argument("--megabytes", type=int, default=1024)
    parser.add_argument("--small", type=int, default=0)
    parser.add_argument("--sparse", type=int, default=0)
    options = parser.parse_args()
    root = options.folder
    shutil.rmtree(root, ignore_errors=True)
    write(root + "/report.ini",
          "[report]\nyear = 2025\nregion = 测试县\nissuer = 测试县人民政府\ndate = 2026-03-20\n\n[chapters]\n" +
          "".join("%s = yes\n" % chapter for chapter in CHAPTERS) +
          "\n[limits]\nmegabytes = %d\nfiles = %d\n" % (4096 + 1024 * options.sparse, 5000 + options.small))
    write(root + "/frame.md", "测试县各项工作情况如下：\n\n{{{chapters}}}\n")
    write(root + "/departments.ini", "".join(
        "[dept%02d]\nname = 第%d单位\nchapters = %s\n\n" % (n, n, ", ".join(CHAPTERS)) for n in range(1, options.departments + 1)))
    for number in range(1, options.departments + 1):
        rng = random.Random("department %d" % number)
        if options.small:
            files = small_files(rng, options.small // options.departments)
        else:
            files = attachments(rng, options.megabytes * 1048576 // options.departments)
        folder = "%s/mail/dept%02d" % (root, number)
        if options.sparse and number == 1:
            files = list(files) + [("attachments/录像.bin", "录像", b"")]
        hand_in(rng, folder, number, files)
        if options.sparse and number == 1:
            os.truncate(folder + "/attachments/录像.bin", options.sparse << 30)
        elif number % 3 == 0:
            pack(folder)


main()
