#!/usr/bin/env python3
"""measure.py PDF TXT: the pages of a report by GB/T 9704-2012, as poppler sees them."""
import re
import subprocess
import sys
from xml.etree import ElementTree

MM = 72 / 25.4
LEFT, RIGHT, TOP, BOTTOM = 28 * MM, 184 * MM, 37 * MM, 262 * MM
ROW, CELL, SIZE = 225 * MM / 22, 156 * MM / 28, 16
NUMBER = re.compile(r"— ?(\d+) ?—$")
CLOSING = "，。、；：？！）》”’〕】"
passed, failed = 0, 0


def expect(holds, *words):
    global passed, failed
    if holds:
        passed += 1
    else:
        failed += 1
        print("pages:", *words, file=sys.stderr)


def run(*command):
    return subprocess.run(command, check=True, capture_output=True).stdout.decode()


def squeezed(text):
    return re.sub(r"[\s　]+", "", text)


# ---- the text -------------------------------------------------------------------

def heads(lines):
    """Rows of tables that a page may begin with."""
    return {squeezed(line) for line in lines if "\t" in line}


def page_text(page, known):
    """A page's words without its number and the head of a table that goes on."""
    lines = [line for line in page.split("\n") if not NUMBER.match(line.strip())]
    for n in range(1, 8):
        if squeezed("".join(lines[:n])) in known:
            return squeezed("".join(lines[n:])), squeezed("".join(lines[:n]))
    return squeezed("".join(lines)), ""


def check_text(pdf, txt):
    """All of the report stands in the PDF, in its order, and before the annex nothing else."""
    lines = open(txt, encoding="utf-8").read().split("\n")
    known = heads(lines)
    got = ""
    for page in run("pdftotext", "-raw", pdf, "-").split("\f"):
        text, head = page_text(page, known)
        # A row that only looks like a head, because it is the first of its table there.
        rest = squeezed("\n".join(lines))[len(got):]
        got += head + text if head and rest.startswith(head) else text
    annex = next((i for i, line in enumerate(lines) if line == "附表"), len(lines))
    main = squeezed("".join(lines[:annex]))
    same = next((i for i, (a, b) in enumerate(zip(got, main)) if a != b), min(len(got), len(main)))
    expect(got[:len(main)] == main, "the text differs at", got[same - 20:same + 20], "|",
           main[same - 20:same + 20])
    at = len(main)
    for line in lines[annex:]:
        want = squeezed(line)
        found = got.find(want, at)
        expect(found >= 0, "not in the annex:", line)
        at = found + len(want) if found >= 0 else at


# ---- the layout ------------------------------------------------------------------

class Line:
    def __init__(self, words):
        self.words = words
        self.text = "".join(w.text for w in words)
        self.left = min(float(w.get("xMin")) for w in words)
        self.right = max(float(w.get("xMax")) for w in words)
        self.top = min(float(w.get("yMin")) for w in words)
        self.bottom = max(float(w.get("yMax")) for w in words)
        self.height = max(float(w.get("yMax")) - float(w.get("yMin")) for w in words)


def lines_of(page):
    rows = {}
    for word in page.iter("{http://www.w3.org/1999/xhtml}word"):
        middle = (float(word.get("yMin")) + float(word.get("yMax"))) / 2
        row = next((r for r in rows if abs(r - middle) < 6), middle)
        rows.setdefault(row, []).append(word)
    return [Line(sorted(rows[r], key=lambda w: float(w.get("xMin")))) for r in sorted(rows)]


def check_number(number, line):
    expect(line is not None, "page", number, "has no number")
    if line is None:
        return
    where = "page %d: its number" % number
    expect(NUMBER.match(line.text).group(1) == str(number), where, "is", line.text)
    if number % 2:
        expect(abs(line.right - (RIGHT - 14)) < 1.5, where, "ends at", line.right / MM)
    else:
        expect(abs(line.left - (LEFT + 14)) < 1.5, where, "begins at", line.left / MM)
    dash = (line.top + line.bottom) / 2
    expect(abs(dash - (BOTTOM + 7 * MM)) < 1.5 * MM, where, "stands at", dash / MM)


def usual_height(pages):
    """Of a line of the text: what poppler takes its font to reach above and below."""
    heights = [round(line.height, 1) for page in pages for line in page]
    return max(set(heights), key=heights.count)


def check_lines(number, lines, height):
    """Nothing outside the type area; text on the grid's lines. Returns how many of those there are."""
    body = [line for line in lines if abs(line.height - height) < 0.1]
    for line in lines:
        where = "page %d, %s:" % (number, line.text[:12])
        hang = SIZE / 2 if line.text[-1] in CLOSING else 0
        if abs(line.height - height) > 0.1:
            hang += MM  # of a chart, whose words are placed before their font is known
        expect(line.left > LEFT - 0.5 and line.right < RIGHT + hang + 0.5, where,
               "from", line.left / MM, "to", line.right / MM)
        expect(line.top > TOP - 0.5 and line.bottom < BOTTOM + 0.5, where,
               "from", line.top / MM, "down to", line.bottom / MM)
    for a, b in zip(body, body[1:]):
        rows = (b.top - a.top) / ROW
        # Poppler takes a word to be as high as the font of its first letter, and digits are in another.
        close = 0.06 if a.text[0].isascii() or b.text[0].isascii() else 0.04
        expect(rows > 0.9 and abs(rows - round(rows)) < close, "page", number, b.text[:12],
               "stands", rows, "lines below", a.text[:12])
    return len(body)


def check_width(lines, height, seen):
    """Lines of Chinese characters and marks alone that are full from edge to edge."""
    for line in lines:
        if re.fullmatch(r"[一-鿿，。、；：？！（）《》“”]+", line.text) and abs(line.height - height) < 0.1 \
                and line.left < LEFT + 1 and line.right > RIGHT - 2:
            seen.append(len(line.text))


def check_layout(pdf):
    root = ElementTree.fromstring(re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "",
                                         run("pdftotext", "-bbox-layout", pdf, "-")))
    counts, widths = [], []
    pages = list(root.iter("{http://www.w3.org/1999/xhtml}page"))
    height = usual_height(map(lines_of, pages))
    for number, page in enumerate(pages, 1):
        expect(abs(float(page.get("width")) - 210 * MM) < 0.1 and
               abs(float(page.get("height")) - 297 * MM) < 0.1, "page", number, "is not A4")
        lines = lines_of(page)
        numbers = [line for line in lines if NUMBER.match(line.text) and line.top > BOTTOM]
        check_number(number, numbers[0] if len(numbers) == 1 else None)
        rest = [line for line in lines if line not in numbers]
        counts.append(check_lines(number, rest, height))
        check_width(rest, height, widths)
    expect(max(counts) == 22, "the fullest page has", max(counts), "lines")
    expect(counts.count(22) * 4 > len(pages), "only", counts.count(22), "pages are full")
    # One fewer where a mark must not be parted from its word, more where marks give way.
    expect(widths and all(27 <= n <= 30 for n in widths) and widths.count(28) * 3 > len(widths) * 2,
           "full lines of Chinese characters hold", sorted(widths))


check_text(sys.argv[1], sys.argv[2])
check_layout(sys.argv[1])
print("pages: %d passed, %d failed" % (passed, failed))
sys.exit(failed > 0)
