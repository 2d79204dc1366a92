"""template.py FILE: paper of an office, with a place for the report."""
import sys

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

document = docx.Document()
section = document.sections[0]
section.page_width, section.page_height = Mm(210), Mm(297)
section.left_margin, section.right_margin = Mm(30), Mm(20)
section.different_first_page_header_footer = True
section.first_page_header.paragraphs[0].text = "首页页眉"
section.header.paragraphs[0].text = "页眉"
heading = document.styles["Heading 1"]
heading.font.color.rgb = RGBColor(0xC0, 0, 0)
heading.element.rPr.rFonts.set(qn("w:eastAsia"), "黑体")
head = document.add_paragraph()
head.alignment = WD_ALIGN_PARAGRAPH.CENTER
run = head.add_run("某某县人民政府文件")
run.font.size, run.font.color.rgb = Pt(40), RGBColor(0xFF, 0, 0)
document.add_paragraph("某政发〔2026〕5号").alignment = WD_ALIGN_PARAGRAPH.CENTER
place = document.add_paragraph("{{re")
place.add_run("port").bold = True
place.add_run("}} ")
document.add_paragraph("（此件公开发布）")
cells = document.add_table(1, 2).rows[0].cells
cells[0].text, cells[1].text = "抄送", "县委"
document.save(sys.argv[1])
