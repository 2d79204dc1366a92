/*
 * test_docx.c: the report as a Word document. NAME.document beside NAME.in is the text that must
 * come of it, word/document.xml with each paragraph and row on a line. REGEN=1 rewrites them.
 */
#include "archive/store.h"
#include "chapters/charts.h"

#include "inputs.h"

TestSuite(docx, SCRATCH, .timeout = 120);

static const char *const pieces[] = { "<w:p>", "<w:p/>", "<w:tbl>", "<w:tr>", "<w:sectPr>" };

/* One part of a .docx. */
static const char *part_of(const struct buf *docx, const char *name)
{
	struct buf bytes = { 0 }, text = { 0 };
	struct err err = { 0 };
	struct store *store;

	buf_add(&bytes, docx->data, docx->len);
	cr_assert_eq(store_open_bytes(&store, "docx", &bytes, NULL, &scratch_arena, &err), 0, "%s",
	    err.text);
	const struct store_file *file = store_find(store, name);
	cr_assert_not_null(file, "%s", name);
	cr_assert_eq(store_read(store, file, 64 << 20, &text, &err), 0, "%s", err.text);
	store_close(store);
	const char *copy = arena_strdup(&scratch_arena, buf_str(&text));
	buf_release(&text);
	return copy;
}

/* Each paragraph and row on a line of its own. */
static const char *in_lines(const char *xml)
{
	struct buf out = { 0 };

	for (; *xml; xml++) {
		for (size_t i = 0; i < COUNT_OF(pieces); i++)
			if (strncmp(xml, pieces[i], strlen(pieces[i])) == 0)
				buf_addc(&out, '\n');
		buf_addc(&out, *xml);
	}
	const char *copy = arena_strdup(&scratch_arena, buf_str(&out));
	buf_release(&out);
	return copy;
}

static int render(
    const struct report *report, const struct buf *look, struct buf *out, struct err *err)
{
	struct setting setting = { .look = look ? look->data : "",
		.look_size = look ? look->len : 0,
		.arena = &arena,
		.findings = &findings };
	return format_find("docx")->render(report, &setting, out, err);
}

static struct buf rendered(const struct report *report)
{
	struct buf out = { 0 };
	struct err err = { 0 };
	cr_assert_eq(render(report, NULL, &out, &err), 0, "%s", err.text);
	return out;
}

static void well_formed(const char *name)
{
	cr_assert_eq(try_sh("rm -rf parts && mkdir parts && cd parts && unzip -q ../%s && "
	                    "find . -type f ! -name '*.png' ! -name '*.jpeg' -print0 | "
	                    "xargs -0 xmllint --huge --noout",
	                 name),
	    0, "%s: a part is no XML", name);
}

/* Puts the report into the scratch folder as r.docx, and its plain text beside it. */
static void put_report(const struct report *report)
{
	struct buf out = rendered(report), text = { 0 };
	struct setting none = { .look = "", .arena = &arena, .findings = &findings };
	struct err err = { 0 };

	put("r.docx", out.data, out.len);
	cr_assert_eq(format_find("txt")->render(report, &none, &text, &err), 0, "%s", err.text);
	put("r.txt", text.data, text.len);
	well_formed("r.docx");
	buf_release(&out);
	buf_release(&text);
}

/* Debian's own python has the readers; one found first on the PATH may not. */
static void python(const char *script)
{
	static const char head[] =
	    "import docx, re\n"
	    "from docx.oxml.ns import qn\n"
	    "d = docx.Document('r.docx')\n"
	    /* Its own text leaves links out before 1.0. */
	    "def said(q):\n"
	    "    return ''.join({qn('w:t'): e.text or '', qn('w:br'): '\\n', qn('w:tab'): "
	    "'\\t'}[e.tag]\n"
	    "        for e in q._p.iter(qn('w:t'), qn('w:br'), qn('w:tab')) if e.getparent().tag "
	    "== "
	    "qn('w:r'))\n"
	    "p = [(q.style.style_id, said(q)) for q in d.paragraphs]\n"
	    "x = d.element.xml\n"
	    "text = open('r.txt', encoding='utf-8').read()\n";
	char *whole = arena_printf(&scratch_arena, "%s%s", head, script);
	put("look.py", whole, strlen(whole));
	sh("PATH=/usr/bin:/bin python3 look.py");
}

Test(docx, golden_documents)
{
	for (size_t i = 0; i < COUNT_OF(inputs); i++) {
		struct report report = input(inputs[i].name, inputs[i].report);
		const char *path = arena_printf(&arena, HERE "%s.document", inputs[i].name);
		struct buf out = rendered(&report);
		const char *got = in_lines(part_of(&out, "word/document.xml"));
		struct err err;

		buf_release(&out);
		if (getenv("REGEN")) {
			cr_assert_eq(file_write(path, got, strlen(got), &err), 0, "%s", err.text);
			continue;
		}
		cr_expect(strcmp(got, text_of(path)) == 0,
		    "%s differs; REGEN=1 writes what was got:\n%s", path, got);
	}
	forget();
}

/* Every paragraph is one for others, too: run-in headlines, lists, quotations. */
Test(docx, reads_as_plain_text)
{
	for (size_t i = 0; i < COUNT_OF(inputs); i++) {
		struct report report = input(inputs[i].name, inputs[i].report);
		put_report(&report);
		python("from docx.table import Table\n"
		       "from docx.text.paragraph import Paragraph\n"
		       "got = []\n"
		       "for e in d.element.body.iterchildren():\n"
		       "    if e.tag.endswith('}p'):\n"
		       "        got += said(Paragraph(e, d)).split('\\n')\n"
		       "    elif e.tag.endswith('}tbl'):\n"
		       "        got += ['\\t'.join(''.join(said(q) for q in c.paragraphs) for c in "
		       "r.cells).strip('\\t') for r in "
		       "Table(e, d).rows]\n"
		       "def bare(lines):\n"
		       "    return [b for b in (re.sub(r'\\s', '', l) for l in lines) if b]\n"
		       "a, b = bare(got), bare(text.split('\\n'))\n"
		       "assert ''.join(a) == ''.join(b), (a, b)\n");
	}
	forget();
}

/* A headline that runs in has the letters of its level, its text those of the body. */
Test(docx, headlines_have_their_letters)
{
	struct chapter_text chapter = { .id = "reform",
		.title = "改革",
		.markdown = "## 规范执法\n\n文甲。\n\n### 细则\n\n文乙。\n\n## 只有下级\n\n### "
		            "下级\n\n文丙。\n" };
	struct report report = build("# 举措\n\n{{chapter.reform}}\n", &chapter, 1, NULL, 0);
	put_report(&report);
	python("assert p == [('Title', '报告'), ('Heading1', '一、举措'), ('Heading2', "
	       "'（一）改革'),\n"
	       "    ('Normal', '1.规范执法。文甲。'), ('Normal', '（1）细则。文乙。'),\n"
	       "    ('Heading3', '2.只有下级'), ('Normal', '（1）下级。文丙。')], p\n"
	       "runs = [(r.text, r.style and r.style.style_id) for r in d.paragraphs[3].runs]\n"
	       "assert ''.join(t for t, s in runs if s == 'Heading3Char') == '1.规范执法', runs\n"
	       "s = d.styles.element.xml\n"
	       "for level in '1', '2', '3', '4':\n"
	       "    assert '<w:link w:val=\"Heading%sChar\"/>' % level in s\n"
	       "    assert '<w:link w:val=\"Heading%s\"/>' % level in s\n"
	       "for style in d.styles:\n"
	       "    if style.style_id in ('Heading1', 'Heading2', 'NbCaption', 'NbPicture'):\n"
	       "        assert style.paragraph_format.keep_with_next, style.name\n"
	       "assert 'w:firstLineChars=\"200\"' in d.styles['Normal'].element.xml\n");
	forget();
}

static struct node *node(struct node *parent, enum node_kind kind, const char *text)
{
	struct node *made = arena_alloc(&arena, sizeof *made);
	made->kind = kind;
	made->number = "";
	made->text = text;
	made->parent = parent;
	if (parent && parent->last)
		parent->last->next = made;
	else if (parent)
		parent->first = made;
	if (parent)
		parent->last = made;
	return made;
}

static struct node *titled(struct node *parent, enum node_kind kind, const char *number,
    const char *title, const char *anchor)
{
	struct node *made = node(parent, kind, NULL);
	made->number = number;
	made->anchor = anchor;
	made->title = node(NULL, NODE_PARAGRAPH, NULL);
	node(made->title, NODE_TEXT, title);
	return made;
}

static void fill_table(struct node *table, int rows, int columns)
{
	for (int r = 0; r < rows; r++) {
		struct node *row = node(table, NODE_ROW, NULL);
		row->header = r == 0;
		for (int c = 0; c < columns; c++)
			node(node(row, NODE_CELL, NULL), NODE_TEXT,
			    arena_printf(&arena, "%d·%d", r, c));
	}
}

/* What has a place of its own: contents, captions, charts, pictures, links, annex. */
static struct report furnished(void)
{
	static const struct chart_bar bars[] = { { "维持", { { 5, "5" } } },
		{ "撤销", { { 2, "2" } } } };
	static const struct chart chart = { .id = "supervision.outcomes",
		.title = "复议结果",
		.unit = "件",
		.series_count = 1,
		.bars = bars,
		.bar_count = 2 };
	static const unsigned char png[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0, 0, 0,
		0x0D, 'I', 'H', 'D', 'R', 0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0, 0x3A, 0x7E, 0x9B,
		0x55, 0, 0, 0, 0x0A, 'I', 'D', 'A', 'T', 'x', 0x9C, 'c', 0xF8, 0x0F, 0, 1, 1, 1, 0,
		0x1B, 0xB6, 0xEE, 'V', 0, 0, 0, 0, 'I', 'E', 'N', 'D', 0xAE, 'B', '`', 0x82 };
	static struct picture picture = { .size = sizeof png, .width = 3000, .height = 1000 };
	struct report report =
	    build("# 举措\n\n见[表1](https://a.cn/x?y=1&z=2)。\n\n# 打算\n\n## 一步\n", NULL, 0,
	        &plain_report, 0);
	struct node *body = report.body;

	picture.bytes = (const char *)png;
	fill_table(titled(body, NODE_TABLE, "表1", "事项", "table-1"), 3, 3);
	titled(body, NODE_CHART, "图1", "复议结果", "chart-1")->chart = &chart;
	node(body, NODE_PICTURE, "大厅 \"照片\"")->picture = &picture;
	struct node *link = node(node(body, NODE_PARAGRAPH, NULL), NODE_LINK, NULL);
	link->target = "#table-1";
	node(link, NODE_TEXT, "见表1");
	report.annex = titled(NULL, NODE_SECTION, "", "主要指标", "annex");
	fill_table(node(report.annex, NODE_TABLE, NULL), 2, 4);
	report.contents = 1;
	return report;
}

Test(docx, what_leads_to_a_table_stands_on_a_page_with_it)
{
	struct report report =
	    build("# 举措\n\n一段。\n\n## 二\n\n要点如下：\n", NULL, 0, &plain_report, 0);
	fill_table(node(report.body->first->last, NODE_TABLE, NULL), 20, 2);
	struct node *lead = node(report.body, NODE_PARAGRAPH, NULL);
	node(lead, NODE_TEXT, "情况如下：");
	fill_table(node(report.body, NODE_TABLE, NULL), 3, 2);
	put_report(&report);
	python("kept = {q.text for q in d.paragraphs if '<w:keepNext/>' in q._p.xml}\n"
	       "assert '情况如下：' in kept and any(t.endswith('要点如下：') for t in kept), kept\n"
	       "assert '一段。' not in kept, kept\n"
	       "rows = [r._tr.xml.count('<w:keepNext/>') > 0 for r in d.tables[0].rows]\n"
	       "assert rows[-2:] == [True, False] and not any(rows[1:-2]), rows\n");
}

Test(docx, tables_charts_and_pictures_have_their_place)
{
	struct report report = furnished();
	put_report(&report);
	python(
	    "i = [t for s, t in p].index('表1　事项')\n"
	    "assert p[i] == ('NbCaption', '表1　事项'), p\n"
	    "assert ('NbLegend', '图1　复议结果') in p and ('NbMark', '附表') in p, p\n"
	    "assert ('NbLegend', '大厅 \"照片\"') in p, p\n"
	    "assert ('NbAnnexTitle', '主要指标') in p, p\n"
	    "mark = d.paragraphs[[t for s, t in p].index('附表')]\n"
	    "assert mark.paragraph_format.page_break_before\n"
	    "assert 'w:anchor=\"_nbref_table_1\"' in x and 'w:name=\"_nbref_table_1\"' in x\n"
	    "for t in d.tables:\n"
	    "    columns = [int(w) for w in re.findall('gridCol w:w=\"(\\\\d+)\"', t._tbl.xml)]\n"
	    "    assert sum(columns) == 8844, columns\n"
	    "    assert t._tbl.xml.count('<w:tblHeader/>') == 1\n"
	    "    assert t._tbl.xml.count('<w:cantSplit/>') == len(t.rows)\n"
	    "    kept = [r._tr.xml.count('<w:keepNext/>') > 0 for r in t.rows]\n"
	    "    assert kept == [True] * (len(t.rows) - 1) + [False], kept\n"
	    "r = d.part.rels\n"
	    "web = [v.target_ref for v in r.values() if v.reltype.endswith('/hyperlink')]\n"
	    "assert web == ['https://a.cn/x?y=1&z=2'], web\n"
	    "kinds = sorted(v.target_part.content_type for v in r.values() if "
	    "v.reltype.endswith('/image'))\n"
	    "assert kinds == ['image/png', 'image/png', 'image/svg+xml'], kinds\n"
	    "assert x.count('asvg:svgBlip') == 1\n"
	    "assert 'descr=\"大厅 &quot;照片&quot;\"' in x or \"descr='大厅 \\\"照片\\\"'\" in x\n"
	    "assert '维持 5件' in x, 'the chart has no words'\n"
	    "wide = [s.width.mm for s in d.inline_shapes]\n"
	    "assert all(w <= 156.01 for w in wide) and len(wide) == 2, wide\n");
	forget();
}

/* A chart that compares all towns of a county. */
Test(docx, a_chart_is_no_higher_than_its_page)
{
	enum { BARS = 60 };
	struct chart_bar bars[BARS];
	struct chart chart = {
		.title = "各乡镇", .series_count = 1, .bars = bars, .bar_count = BARS
	};
	struct report report = build("文。\n", NULL, 0, NULL, 0);
	for (size_t i = 0; i < BARS; i++)
		bars[i] = (struct chart_bar){ "乡镇", { { (double)i, "57" } } };
	titled(report.body, NODE_CHART, "图1", "各乡镇", "chart-1")->chart = &chart;
	put_report(&report);
	python("s = d.inline_shapes[0]\n"
	       "assert 199 <= s.height.mm <= 200.01 and 50 <= s.width.mm <= 156, (s.width.mm, "
	       "s.height.mm)\n");
	forget();
}

/* The field holds what it would show; Word asks nothing when it opens the file. */
Test(docx, contents_are_a_field_with_its_lines)
{
	struct report report = furnished();
	put_report(&report);
	python("toc = [t for s, t in p if s.startswith('TOC')]\n"
	       "assert toc == ['一、举措', '二、打算', '（一）一步', '主要指标'], toc\n"
	       "assert 'TOC \\\\o' in x and 'PAGEREF' not in x\n"
	       "begin, separate, end = (x.count('fldCharType=\"%s\"' % k) for k in ('begin', "
	       "'separate', "
	       "'end'))\n"
	       "assert begin == separate == end == 1, (begin, separate, end)\n"
	       "names = re.findall('w:anchor=\"([^\"]*)\"', x)\n"
	       "assert len(names) == 5 and all('w:name=\"%s\"' % n in x for n in names), names\n"
	       "title = [q for q in d.paragraphs if q.style.style_id == 'Title'][0]\n"
	       "assert title.paragraph_format.page_break_before\n"
	       "assert 'updateFields' not in d.settings.element.xml and 'w:dirty' not in x\n");
	forget();
}

/* GB/T 9704-2012, 7.3.4 and 7.3.5. */
Test(docx, attachments_and_signature)
{
	static const struct {
		const char *issuer, *date;
		int issuer_right, date_right;
	} cases[] = {
		{ "沁水县人民政府", "2022-03-09", 350, 400 },
		{ "岚桥县", "2022-12-31", 600, 400 },
		{ "中共岚桥县委全面依法治县委员会办公室", "2022-03-09", 200, 800 },
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct report given = plain_report;
		given.issuer = cases[i].issuer;
		given.date = cases[i].date;
		struct report report = build(
		    "文。\n\n{{report.attachments}}\n\n{{report.signature}}\n", NULL, 0, &given, 0);
		put_report(&report);
		python(arena_printf(&arena,
		    "n = [q for q in d.paragraphs if q.style.style_id == 'NbAttachment']\n"
		    "assert n[0].text == '附件：2021年行政复议案件台账', n[0].text\n"
		    "assert 'w:leftChars=\"500\"' in n[0]._p.xml and 'w:hangingChars=\"300\"' in "
		    "n[0]._p.xml\n"
		    "s = [q for q in d.paragraphs if q.style.style_id == 'NbSignature']\n"
		    "assert s[0].text == '%s'\n"
		    "right = [int(re.search('rightChars=\"(\\\\d+)\"', q._p.xml).group(1)) for q "
		    "in s]\n"
		    "assert right == [%d, %d], right\n"
		    "assert n[-1].paragraph_format.keep_with_next\n"
		    "assert s[0].paragraph_format.keep_with_next\n",
		    cases[i].issuer, cases[i].issuer_right, cases[i].date_right));
	}
	forget();
}

/* A page that holds nothing but the signature is none: what it follows comes along. */
Test(docx, a_signature_is_not_left_alone)
{
	static const struct {
		const char *text, *kept;
	} cases[] = {
		{ "甲。\n\n乙。\n\n{{report.signature}}\n", "乙。" },
		{ "# 一\n\n甲。\n\n## 二\n\n乙。\n\n{{report.signature}}\n", "乙。" },
		{ "甲。\n\n- 乙\n\n{{report.signature}}\n", "" },
		{ "甲。\n\n{{report.signature}}\n\n乙。\n", "甲。" },
		{ "甲。\n", "" },
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct report given = plain_report;
		given.attachment_count = 0;
		struct report report = build(cases[i].text, NULL, 0, &given, 0);
		put_report(&report);
		python(arena_printf(&arena,
		    "kept = [q.text for q in d.paragraphs if q.style.style_id == 'Normal' and "
		    "q.paragraph_format.keep_with_next]\n"
		    "assert ''.join(kept) == '%s', kept\n",
		    cases[i].kept));
	}
	forget();
}

/* Addresses that Office cannot parse would make it call the whole file damaged. */
Test(docx, links_are_links_only_if_they_can_be)
{
	static const struct {
		const char *target, *link; /* NULL: words alone */
	} cases[] = {
		{ "https://a.cn/", "https://a.cn/" },
		{ "https://a.cn:8080/a%20b?c#d", "https://a.cn:8080/a%20b?c#d" },
		{ "http://政府.cn/公开", "http://政府.cn/公开" },
		{ "http://a.cn:99999/", NULL },
		{ "http://a.cn:/", "http://a.cn:/" },
		{ "http://", NULL },
		{ "http://a@b@c/", NULL },
		{ "mailto:a@b@c", NULL },
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct report report = build("x\n", NULL, 0, NULL, 0);
		struct node *link = node(node(report.body, NODE_PARAGRAPH, NULL), NODE_LINK, NULL);
		link->target = cases[i].target;
		node(link, NODE_TEXT, "见此");
		struct buf out = rendered(&report);
		const char *text = part_of(&out, "word/document.xml");
		const char *relations = part_of(&out, "word/_rels/document.xml.rels");
		buf_release(&out);
		cr_expect(strstr(text, "见此") != NULL);
		cr_expect_eq(strstr(text, "<w:hyperlink") != NULL, cases[i].link != NULL, "%s",
		    cases[i].target);
		if (cases[i].link)
			cr_expect(strstr(relations,
			              arena_printf(&arena, "Target=\"%s\"", cases[i].link)) != NULL,
			    "%s: %s", cases[i].target, relations);
	}
	forget();
}

/* A table may be named as its office likes: Word takes names that differ in case alone for one. */
Test(docx, each_caption_has_a_place_of_its_own)
{
	struct report report =
	    build("表：甲 {#a-b}\n\n|a|\n|---|\n\n表：乙 {#A-b}\n\n|a|\n|---|\n\n"
	          "表：丙 {#a_b}\n\n|a|\n|---|\n\n表：丁 {#许可 事项!}\n\n|a|\n|---|\n\n"
	          "见{{table.a-b}}、{{table.A-b}}、{{table.a_b}}、{{table.许可 事项!}}。\n",
	        NULL, 0, NULL, 0);
	put_report(&report);
	python("names = re.findall('bookmarkStart[^>]* w:name=\"(.*?)\"', x)\n"
	       "links = re.findall('w:anchor=\"(.*?)\"', x)\n"
	       "assert names == links and len(names) == 4, (names, links)\n"
	       "assert len(set(n.lower() for n in names)) == 4, names\n"
	       "assert all(re.fullmatch('[A-Za-z0-9_]{1,40}', n) for n in names), names\n");
	forget();
}

/* What nobody means to write, and what somebody will. */
Test(docx, any_text_makes_a_whole_file)
{
	struct buf text = { 0 };
	struct report given = plain_report;

	buf_adds(&text, "# ");
	for (int i = 0; i < 200; i++)
		buf_adds(&text, "长");
	buf_adds(&text, "\n\n");
	for (int i = 0; i < 100000; i++)
		buf_adds(&text, "字");
	buf_adds(&text, "\n\n𠮷䶮 😀👨‍👩‍👧 שלום عربي "
	                "\x01\x02\x1B\x7F\xEF\xBF\xBE\xEF\xBF\xBF "
	                "]]> &#0; "
	                "{{decision.window}}\n\n");
	for (int columns = 40; columns <= 70; columns += 30) {
		for (int row = 0; row < 3; row++) {
			for (int i = 0; i < columns; i++)
				buf_addf(&text, row == 1 ? "|---" : "|列%d", i);
			buf_adds(&text, "|\n");
		}
		buf_adds(&text, "\n");
	}
	buf_adds(&text, "|空|\n|---|\n\n| |\n|---|\n| |\n");
	given.title = "题\x01\xEF\xBF\xBF<&>\"";
	given.issuer = "\x02";
	struct report report = build(buf_str(&text), NULL, 0, &given, 1);
	report.contents = 1;
	put_report(&report);
	python(
	    "assert max(len(t) for s, t in p) == 100000\n"
	    "assert p[0][0] == 'NbContentsTitle'\n"
	    "assert any('𠮷䶮 😀👨‍👩‍👧 שלום عربي' in t for s, t in p)\n"
	    "assert [len(t.columns) for t in d.tables] == [40, 63, 1, 1]\n"
	    "assert d.tables[1].rows[1].cells[62].text == '　'.join('列%d' % i for i in range(62, "
	    "70))\n"
	    "for t in d.tables:\n"
	    "    w = [int(w) for w in re.findall('gridCol w:w=\"(\\\\d+)\"', t._tbl.xml)]\n"
	    "    assert sum(w) == 8844 and min(w) > 0, w\n");
	buf_release(&text);
	forget();
}

/* With the character behind them, if there is one: see figure_mark.h. */
Test(docx, figures_are_marked_where_they_stand)
{
	struct report report =
	    build("共{{decision.documents_passed}}件，{{sfj.decision.documents_passed}}件。\n\n"
	          "# 审查{{decision.documents_passed}}件\n\n|a|b|\n|---|---|\n"
	          "|{{decision.adviser_visits}}次|{{decision.villages}}|\n",
	        NULL, 0, NULL, 0);
	report.contents = 1;
	report.annex = titled(NULL, NODE_SECTION, "", "附", "annex");
	put_report(&report);
	python("marks = re.findall('w:name=\"(_nb_[^\"]*)\"', x)\n"
	       "assert [m.split('_', 3)[3] for m in marks] == ['u6_1', 'u4_2', 'u6_3', 'u2500y_4', "
	       "'ts_5'], "
	       "marks\n"
	       "assert len({m.split('_')[2] for m in marks}) == 4\n"
	       "assert all(len(m) <= 40 for m in marks)\n");
	forget();
}

Test(docx, a_draft_says_so)
{
	struct report given = plain_report;
	given.draft = 1;
	struct report report = build("文。\n", NULL, 0, &given, 0);
	put_report(&report);
	python("assert p[0] == ('NbNotice', '（草稿：存在未处理的校核错误，不得公开发布）'), p\n"
	       "c = d.core_properties\n"
	       "assert (c.title, c.author, c.last_modified_by, c.language) == "
	       "('沁水县2021年度法治政府建设情况的报告', '沁水县人民政府', '沁水县人民政府', "
	       "'zh-CN')\n"
	       "assert c.subject == '沁水县2021年度法治政府建设年度报告' and str(c.created) == "
	       "'2022-03-09 00:00:00'\n");
	forget();
}

/* GB/T 9704-2012, 7.3.1: the lines of a title stand evenly; it gets no break, which would be text.
 */
Test(docx, lines_of_a_title_are_of_one_length)
{
	static const struct {
		size_t letters;
		unsigned inset; /* 8844 twips between the margins, 440 a letter */
	} cases[] = { { 20, 0 }, { 21, 1892 }, { 30, 1012 }, { 39, 0 }, { 40, 0 }, { 41, 1232 },
		{ 200, 0 } };

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct buf title = { 0 };
		for (size_t k = 0; k < cases[i].letters; k++)
			buf_adds(&title, "题");
		struct report given = { .title = buf_str(&title), .region = "", .issuer = "" };
		struct report report = build("文。\n", NULL, 0, &given, 0);
		put_report(&report);
		python(arena_printf(&arena,
		    "i = re.search('w:ind w:left=\"(\\d+)\" w:right=\"(\\d+)\"', "
		    "d.paragraphs[0]._p.xml)\n"
		    "assert (i and i.groups()) == (('%u',) * 2 if %u else None), i\n"
		    "assert len(d.paragraphs[0].text) == %zu\n",
		    cases[i].inset, cases[i].inset, cases[i].letters));
		buf_release(&title);
	}
	forget();
}

/* A paper that is no part of a report, as `render` sets it. */
Test(docx, a_paper_of_its_own_claims_no_subject)
{
	struct report given = {
		.title = "通知", .region = "", .issuer = "", .date = "2022-03-09", .year = 2022
	};
	struct report report = build("文。\n", NULL, 0, &given, 0);
	put_report(&report);
	python(
	    "c = d.core_properties\n"
	    "assert (c.title, c.subject, c.author) == ('通知', '', ''), (c.subject, c.author)\n");
	forget();
}

/* ---- the office's own template ------------------------------------------------------- */

static const char template_script[] =
    "import docx, sys, zipfile, re\n"
    "from docx.shared import Mm\n"
    "d = docx.Document()\n"
    "d.sections[0].page_width, d.sections[0].left_margin, d.sections[0].right_margin = Mm(210), "
    "Mm(30), Mm(20)\n"
    "d.sections[0].header.paragraphs[0].text = '页眉'\n"
    "d.add_paragraph('红头')\n"
    "%s\n"
    "d.add_paragraph('版记')\n"
    "d.save('t.docx')\n"
    "def change(part, old, new):\n"
    "    z = zipfile.ZipFile('t.docx'); parts = {n: z.read(n) for n in z.namelist()}; z.close()\n"
    "    assert old in parts[part].decode(), old\n"
    "    parts[part] = parts[part].decode().replace(old, new).encode()\n"
    "    z = zipfile.ZipFile('t.docx', 'w')\n"
    "    for n in parts: z.writestr(n, parts[n])\n"
    "    z.close()\n"
    "%s\n";

static struct buf template_of(const char *body, const char *after)
{
	char *script = arena_printf(&scratch_arena, template_script, body, after);
	struct buf out = { 0 };
	struct err err = { 0 };
	put("t.py", script, strlen(script));
	sh("PATH=/usr/bin:/bin python3 t.py");
	cr_assert_eq(file_read(in("t.docx"), 1 << 24, &out, &err), 0, "%s", err.text);
	return out;
}

/* The office's paper around the report; {{report}} in pieces, as Word may leave it; or none. */
Test(docx, an_office_has_its_own_paper)
{
	static const struct {
		const char *body, *first, *last;
	} cases[] = {
		{ "d.add_paragraph('{{re').add_run('port}}').bold = True", "红头", "版记" },
		{ "d.add_heading('前言', 1)", "红头", "沁水县人民政府" },
		{ "d.add_paragraph('{{report}}'); d.add_section(); "
		  "d.sections[1].left_margin = Mm(50)",
		    "红头", "版记" },
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct buf look = template_of(cases[i].body, ""), out = { 0 };
		struct report report = furnished();
		struct err err = { 0 };

		report.date = NULL;
		node(report.body, NODE_SIGNATURE, NULL);
		report.annex = NULL;
		put_report(&report);
		cr_assert_eq(render(&report, &look, &out, &err), 0, "%s", err.text);
		put("r.docx", out.data, out.len);
		well_formed("r.docx");
		python(arena_printf(&arena,
		    "words = [t for s, t in p if t]\n"
		    "assert (words[0], words[-1]) == ('%s', '%s'), words\n"
		    "assert not any('{{' in t for t in words), words\n"
		    "assert d.sections[0].header.paragraphs[0].text == '页眉'\n"
		    "assert ('Heading1', '一、举措') in p and d.styles['表题'].base_style.name == "
		    "'Normal'\n"
		    "body = [q for q in d.paragraphs if q.text.startswith('见')][0]\n"
		    "assert body.style.name == '报告正文' and body.style.base_style.name == "
		    "'Normal'\n"
		    "assert 'w:tblW w:w=\"9071\"' in d.tables[0]._tbl.xml, d.tables[0]._tbl.xml\n"
		    "assert len(d.inline_shapes) == 2\n"
		    "ids = re.findall('bookmarkStart w:id=\"(\\\\d+)\"', x)\n"
		    "assert len(ids) == len(set(ids))\n"
		    "assert d.core_properties.author == '沁水县人民政府'\n",
		    cases[i].first, cases[i].last));
		buf_release(&look);
		buf_release(&out);
	}
	forget();
}

/* Text in the office's own style for it; headings not numbered once more; letters of headings. */
Test(docx, an_office_has_its_own_styles)
{
	struct buf look = template_of("from docx.oxml import OxmlElement\n"
	                              "d.styles.add_style('报告正文', 1)\n"
	                              "h = d.styles['Heading 2'].element\n"
	                              "h.get_or_add_pPr().append(OxmlElement('w:numPr'))\n"
	                              "h.remove(h.find(docx.oxml.ns.qn('w:link')))\n"
	                              "d.styles['Heading 2'].font.italic = True",
	               ""),
	           out = { 0 };
	struct chapter_text chapter = { .id = "reform",
		.title = "",
		.markdown = "## 甲\n\n文。\n\n## 乙\n\n### 丙\n\n文。\n" };
	struct report report = build("{{chapter.reform}}\n", &chapter, 1, NULL, 0);
	struct err err = { 0 };

	put_report(&report);
	cr_assert_eq(render(&report, &look, &out, &err), 0, "%s", err.text);
	put("r.docx", out.data, out.len);
	well_formed("r.docx");
	python("q = {q.text: q for q in d.paragraphs}\n"
	       "run_in, alone = q['（一）甲。文。'], q['（二）乙']\n"
	       "assert run_in.style.name == '报告正文' and alone.style.name == 'Heading 2'\n"
	       "assert 'w:numId w:val=\"0\"' in alone._p.xml and 'numId' not in run_in._p.xml\n"
	       "letters = [r.style for r in run_in.runs if r.text == '甲'][0]\n"
	       "assert letters.font.italic and letters.type == 2, letters\n"
	       "s = d.styles['Heading 2'].element\n"
	       "assert [e.tag.split('}')[1] for e in s][:4] == ['name', 'basedOn', 'next', "
	       "'link'], s\n"
	       "assert 'w:link w:val=\"%s\"' % letters.style_id in s.xml\n"
	       "assert 'w:link w:val=\"Heading2\"' in letters.element.xml\n");
	buf_release(&look);
	buf_release(&out);
	forget();
}

/* An earlier report of ours, with names that we gave then. */
Test(docx, a_report_can_be_the_next_ones_template)
{
	struct report report = furnished();
	struct buf first = rendered(&report), second = { 0 };
	struct err err = { 0 };
	put_report(&report);
	cr_assert_eq(render(&report, &first, &second, &err), 0, "%s", err.text);
	put("r.docx", second.data, second.len);
	well_formed("r.docx");
	python("assert [t for s, t in p].count('附表') == 2\n"
	       "assert len(d.inline_shapes) == 4\n"
	       "ids = re.findall('bookmarkStart w:id=\"(\\\\d+)\"', x)\n"
	       "assert len(ids) == len(set(ids))\n"
	       "names = [s.name for s in d.styles]\n"
	       "assert len(names) == len(set(names)), names\n");
	buf_release(&first);
	buf_release(&second);
	forget();
}

Test(docx, a_template_that_cannot_be_used_says_why)
{
	static const struct {
		const char *body, *after, *why;
	} cases[] = {
		{ "d.add_paragraph('{{report}}'); d.add_paragraph('{{report}}')", "",
		    "more than once" },
		{ "d.add_table(1, 1).rows[0].cells[0].text = '{{report}}'", "",
		    "outside of tables" },
		{ "d.add_paragraph('正文：{{report}}')", "", "a paragraph of its own" },
		{ "d.add_paragraph('{{report}}'); d.add_paragraph('见{{report}}。')", "",
		    "a paragraph of its own" },
		{ "",
		    "change('word/document.xml', '<w:sectPr', "
		    "'<w:p><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>{{report}}</w:t></w:r></w:p>"
		    "</w:txbxContent></w:pict></w:r></w:p><w:sectPr')",
		    "tables and boxes" },
		{ "",
		    "change('word/document.xml', '<w:body>', "
		    "'<w:body><!-- <?nianbao-report?> -->')",
		    "not as Word" },
		{ "", "change('_rels/.rels', 'docProps/core.xml', 'word/document.xml')",
		    "not as Word" },
		{ "", "change('_rels/.rels', 'docProps/core.xml', 'word/styles.xml')",
		    "not as Word" },
		{ "",
		    "change('word/document.xml', '<w:sectPr', '<w:p><w:del w:id=\"1\" "
		    "w:author=\"甲\"><w:r><w:delText>密</w:delText></w:r></w:del></w:p><w:sectPr')",
		    "tracked changes" },
		{ "",
		    "change('word/document.xml', '<w:sectPr', '<w:p><w:r><w:commentReference "
		    "w:id=\"0\"/></w:r></w:p><w:sectPr')",
		    "comments" },
		{ "",
		    "change('word/document.xml', "
		    "'http://schemas.openxmlformats.org/wordprocessingml/"
		    "2006/main', 'http://purl.oclc.org/ooxml/wordprocessingml/main')",
		    "strict" },
		{ "", "change('word/document.xml', '<w:body>', '<w:body><w:p>')", "no proper XML" },
		{ "", "change('word/document.xml', '?>', '?><!DOCTYPE w [<!ENTITY a \"a\">]>')",
		    "no proper XML" },
		{ "", "change('word/document.xml', 'w:body', 'w:bodies')", "not as Word" },
		{ "", "change('word/styles.xml', 'w:styles', 'w:stiles')",
		    "styles are not as Word" },
		{ "",
		    "change('word/styles.xml', '<w:docDefaults', '<!-- </w:styles> "
		    "--><w:docDefaults')",
		    "styles are not as Word" },
		{ "", "change('word/_rels/document.xml.rels', '/styles\"', '/stiles\"')",
		    "no styles" },
		{ "",
		    "change('[Content_Types].xml', 'wordprocessingml.document.main', "
		    "'ms-word.document.macroEnabled.main')",
		    "macros" },
		{ "", "zipfile.ZipFile('t.docx', 'a').writestr('_xmlsignatures/sig1.xml', '<a/>')",
		    "signed" },
		{ "", "open('t.docx', 'w').write('{\\\\rtf1}')", "RTF" },
		{ "", "open('t.docx', 'w').write('nonsense')", "" },
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct buf look = template_of(cases[i].body, cases[i].after), out = { 0 };
		struct report report = build("文。\n", NULL, 0, NULL, 0);
		struct err err = { 0 };

		cr_expect_neq(render(&report, &look, &out, &err), 0, "%s", cases[i].why);
		cr_expect(
		    strstr(err.text, "templates/report.docx") && strstr(err.text, cases[i].why),
		    "'%s' is not in: %s", cases[i].why, err.text);
		cr_expect_eq(out.len, 0);
		buf_release(&look);
		buf_release(&out);
	}
	forget();
}
