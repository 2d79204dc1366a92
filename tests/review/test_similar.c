/*
 * Text that stands elsewhere already. A case is a few texts, one a line: whose it is ("last": last
 * year's report, "own": the report's own), headline, and passages between bars.
 */
#include "review/similar.h"

#include "../base/found.h"

#define DISPUTES                                                                                                                         \
	"各乡镇依托综治中心设立联合调处室，法官、民警和人民调解员按周轮流坐班，"                      \
	"对婚姻家庭、相邻关系、土地边界等常见纠纷先行调解，调解不成的当场告知仲裁和诉讼途径。" \
	"全年登记纠纷1268件，当场化解903件，其余案件均已指定专人跟进并逐件回访。"
#define DISPUTES_ONE_WORD                                                                                                                \
	"各乡镇依托综治中心设立联合调处室，法官、民警和人民调解员按周轮流坐班，"                      \
	"对婚姻家庭、相邻关系、土地边界等常见纠纷优先调解，调解不成的当场告知仲裁和诉讼途径。" \
	"全年登记纠纷1268件，当场化解903件，其余案件均已指定专人跟进并逐件回访。"
#define DISPUTES_NUMBERS                                                                                                                 \
	"各乡镇依托综治中心设立联合调处室，法官、民警和人民调解员按周轮流坐班，"                      \
	"对婚姻家庭、相邻关系、土地边界等常见纠纷先行调解，调解不成的当场告知仲裁和诉讼途径。" \
	"全年登记纠纷１４１５件，当场化解1,102件，其余案件均已指定专人跟进并逐件回访。"
#define FILES                                                                                                                   \
	"执法案卷由法制机构按季度抽查，重点核对立案时间、取证程序、裁量理由和送达回证，" \
	"发现问题的逐卷填写反馈单，承办人须在十日内说明原因并补正材料。"                         \
	"抽查结果与年度评先挂钩，连续两次不合格的暂停办案资格并重新参加考试。"
#define TRAINEES                                                                                                       \
	"新进执法人员先到司法所跟岗一个月，参与文书送达、现场勘验和询问笔录制作，" \
	"期满由带教人员写出评语，评语不合格的延长跟岗，跟岗期间不得单独承办案件。" \
	"带教人员由从事执法工作五年以上、近三年案件无一撤销的骨干担任。"
#define LIGHTS                                                                                                                     \
	"老旧路段的路灯、护栏和排水设施由属地街道登记造册，养护单位按照缺损程度排出次序，" \
	"资金不足的列入下一年度预算草案，经人大审查后向沿线居民张榜公布开工日期。"
#define SET_PHRASES                                                                                                 \
	"以习近平新时代中国特色社会主义思想为指导，深入学习贯彻习近平法治思想，" \
	"坚持党的全面领导，认真落实法治政府建设实施纲要各项部署，"
#define SET_SENTENCE "坚持和加强党对法治政府建设工作的全面领导，切实履行第一责任人职责。"
#define POLICY                                                                                                                              \
	"“坚持依法治国、依法执政、依法行政共同推进，坚持法治国家、法治政府、法治社会一体建设，" \
	"全面推进科学立法、严格执法、公正司法、全民守法”"
#define TITLE "《岚川县关于进一步规范乡镇综合行政执法协调联动和案件移送工作的实施意见》"

static const struct {
	const char *of;
	const char *texts;
	const char *expected; /* place, code, share or words, second place */
} cases[] = {
	/* Texts much like others. */
	{ "last year's text, word for word", "last 纠纷化解|" DISPUTES "\nsfj 纠纷化解|" DISPUTES,
	    "sfj:2 text.last-year 100% last:1\n" },
	{ "one word changed", "last 纠纷化解|" DISPUTES "\nsfj 多元解纷|" DISPUTES_ONE_WORD,
	    "sfj:2 text.last-year 80% last:1\n" },
	{ "only numbers changed", "last 纠纷化解|" DISPUTES "\nsfj 纠纷化解|" DISPUTES_NUMBERS,
	    "sfj:2 text.last-year 100% last:1\n" },
	{ "paragraphs in another order, numbered",
	    "last 规范执法|" FILES "|" TRAINEES "|" DISPUTES "\nsfj 规范执法|1." DISPUTES
	    "|2." FILES "|3." TRAINEES,
	    "sfj:2 text.last-year 100% last:1\n" },
	{ "the report's own text", "last |" LIGHTS "\nown |" LIGHTS,
	    "own:2 text.last-year 100% last:1\n" },
	{ "last year's after this year's", "sfj 纠纷化解|" DISPUTES "\nlast 纠纷化解|" DISPUTES,
	    "sfj:1 text.last-year 100% last:2\n" },
	{ "another department's", "gaj 多元解纷|" DISPUTES "\nsfj 纠纷化解|" DISPUTES_ONE_WORD,
	    "sfj:2 text.similar 80% gaj:1\n" },
	{ "its own", "sfj 纠纷化解|" DISPUTES "\nsfj 多元解纷|" DISPUTES_ONE_WORD,
	    "sfj:2 text.repeated 80% sfj:1\n" },
	{ "last year's goes before another's, and one finding is enough",
	    "gaj 多元解纷|" DISPUTES "\nlast 纠纷化解|" DISPUTES_ONE_WORD
	    "\nsfj 纠纷化解|" DISPUTES,
	    "gaj:1 text.last-year 90% last:2\nsfj:3 text.last-year 90% last:2\n" },
	{ "the likest of several",
	    "gaj 多元解纷|" FILES DISPUTES_ONE_WORD "\nnync 纠纷化解|" DISPUTES
	    "\nsfj 纠纷化解|" DISPUTES,
	    "nync:2 text.similar 90% gaj:1\nsfj:3 text.similar 100% nync:2\n" },
	{ "a short text within a long one, and the other way round",
	    "last 规范执法|" FILES TRAINEES LIGHTS "\nsfj 案卷评查|" FILES "\nlast 设施|" DISPUTES
	    "\nnync 设施|" DISPUTES FILES,
	    "sfj:2 text.last-year 100% last:1\nnync:4 text.last-year 50% last:3\n" },
	{ "one old paragraph does not make a long text old",
	    "last 路灯|养护单位按照缺损程度排出次序，资金不足的列入下一年度预算草案，"
	    "经人大审查后向沿线居民张榜公布开工日期。"
	    "\nsfj 规范执法|" DISPUTES FILES TRAINEES LIGHTS,
	    "" },
	{ "half of last year's", "last 规范执法|" FILES LIGHTS "\nsfj 规范执法|" FILES TRAINEES,
	    "" },
	{ "half of another's: its sentences are told",
	    "gaj 规范执法|" FILES LIGHTS "\nsfj 规范执法|" TRAINEES FILES,
	    "sfj:2:104 text.repeated 执法案卷由法制机构按季度抽查，重点核对立… gaj:1\n"
	    "sfj:2:174 text.repeated 抽查结果与年度评先挂钩，连续两次不合格的… gaj:1\n" },
	{ "nothing alike", "last 纠纷化解|" DISPUTES "\ngaj 执法|" FILES "\nsfj 跟岗|" TRAINEES,
	    "" },
	{ "too short to tell",
	    "last 法治|全年举办法治专题讲座，参加干部覆盖全县各个乡镇。"
	    "\nsfj 法治|全年举办法治专题讲座，参加干部覆盖全县各个乡镇。",
	    "" },
	{ "nothing at all", "", "" },
	{ "texts without text", "last 甲|\nsfj 甲|\nown |", "" },

	/* What is not the writer's own. */
	{ "set phrases of three departments, own texts beside them",
	    "gaj 领导|" SET_PHRASES FILES "\nnync 领导|" SET_PHRASES TRAINEES
	    "\nsfj 领导|" SET_PHRASES LIGHTS,
	    "" },
	{ "quoted policy", "gaj 学习|深刻领会" POLICY "的要求。\nsfj 落实|对照" POLICY "找差距。",
	    "" },
	{ "a document's title", "gaj 制度|印发" TITLE "。\nsfj 执行|对照" TITLE "抓落实。", "" },
	{ "two titles are two sentences",
	    "sfj "
	    "制度|县政府印发《岚川县行政规范性文件管理办法》，明确起草单位、审核机构的责任分工。"
	    "县政府印发《岚川县重大行政决策程序规定》，明确起草单位、审核机构的责任分工。",
	    "sfj:1:61 text.repeated 明确起草单位、审核机构的责任分工 sfj:1\n" },
	{ "two quotations as well",
	    "gaj 服务|推行“一件事一次办”和容缺受理，企业办事材料平均减少一半。"
	    "\nsfj 服务|推行“一张清单管到底”和容缺受理，企业办事材料平均减少一半。",
	    "" },
	{ "a title in a title, and quotation marks without partner",
	    "gaj "
	    "制度|转发《关于印发《案卷评查办法》的通知》，并将评查结果逐卷反馈办案单位限期整改。"
	    "学习“关键少数的要求。县级建立重大案件集体讨论和法制审核双重把关机制。"
	    "\nsfj 制度|贯彻《若干规定，另行安排。县级建立重大案件集体讨论和法制审核双重把关机制。",
	    "sfj:2:14 text.repeated 县级建立重大案件集体讨论和法制审核双重把… gaj:1\n" },

	/* Sentences. */
	{ "the same sentence with two departments",
	    "gaj 培训|对调离执法岗位的人员，由主管部门及时收回执法证件。"
	    "\nsfj 证件|新申领证件已经全部发放。对调离执法岗位的人员，由主管部门及时收回执法证件！",
	    "sfj:2:13 text.repeated 对调离执法岗位的人员，由主管部门及时收回… gaj:1\n" },
	{ "set another way: widths, blanks, marks, capitals",
	    "gaj 平台|依托ABC平台３.０版归集执法数据，每月向社会公布检查结果。"
	    "\nsfj 平台|依托“abc”平台 3.0 版归集执法数据,每月向社会公布检查结果",
	    "sfj:2:1 text.repeated 依托“abc”平台3.0版归集执法数据,… gaj:1\n" },
	{ "other numbers make other sentences",
	    "gaj 培训|全年组织执法人员参加线上培训6期，考试合格率稳步提高。"
	    "\nsfj 培训|全年组织执法人员参加线上培训8期，考试合格率稳步提高。",
	    "" },
	{ "too short a sentence",
	    "gaj 培训|全年举办执法人员培训班两期。\nsfj 培训|全年举办执法人员培训班两期。", "" },
	{ "last year's sentences are no repeats",
	    "last 培训|对调离执法岗位的人员，由主管部门及时收回执法证件。"
	    "\nsfj 证件|对调离执法岗位的人员，由主管部门及时收回执法证件。" LIGHTS,
	    "" },
	{ "one told is enough, and three a text",
	    "gaj 甲|行政检查计划于每年一月底前向社会公布；现场检查一律出示证件并全程录音录像；"
	    "检查结果于七个工作日内上传监管平台；对同一企业的检查一年不超过两次；" LIGHTS
	    "\nsfj 乙|行政检查计划于每年一月底前向社会公布；行政检查计划于每年一月底前向社会公布；"
	    "现场检查一律出示证件并全程录音录像；" DISPUTES
	    "检查结果于七个工作日内上传监管平台；对同一企业的检查一年不超过两次；",
	    "sfj:2:1 text.repeated 行政检查计划于每年一月底前向社会公布 gaj:1\n"
	    "sfj:2:39 text.repeated 现场检查一律出示证件并全程录音录像 gaj:1\n"
	    "sfj:2:173 text.repeated 检查结果于七个工作日内上传监管平台 gaj:1\n" },
	{ "the fifth repeat tells nothing new",
	    "a 一|" SET_SENTENCE "\nb 二|" SET_SENTENCE "\nc 三|" SET_SENTENCE
	    "\nd 四|" SET_SENTENCE "\ne 五|" SET_SENTENCE "\nf 六|" SET_SENTENCE
	    "\ng 七|" SET_SENTENCE,
	    "b:2:1 text.repeated 坚持和加强党对法治政府建设工作的全面领导… a:1\n"
	    "c:3:1 text.repeated 坚持和加强党对法治政府建设工作的全面领导… a:1\n"
	    "d:4:1 text.repeated 坚持和加强党对法治政府建设工作的全面领导… a:1\n"
	    "e:5:1 text.repeated 坚持和加强党对法治政府建设工作的全面领导… a:1\n" },

	/* Clauses. */
	{ "a clause again in one department's texts",
	    "sfj 领导|县政府常务会议先后三次专题研究行政复议工作，帮助解决办公场所。"
	    "\nsfj 复议|县政府常务会议先后三次专题研究行政复议工作，推动案件繁简分流。",
	    "sfj:2:1 text.repeated 县政府常务会议先后三次专题研究行政复议工… sfj:1\n" },
	{ "but not in two departments'",
	    "gaj 领导|县政府常务会议先后三次专题研究行政复议工作，帮助解决办公场所。"
	    "\nsfj 复议|县政府常务会议先后三次专题研究行政复议工作，推动案件繁简分流。",
	    "" },
	{ "unless it is so long that one had it from the other",
	    "gaj 领导|县政府常务会议先后三次专题研究行政复议和行政应诉工作，帮助解决办公场所。"
	    "\nsfj 复议|县政府常务会议先后三次专题研究行政复议和行政应诉工作，推动案件繁简分流。",
	    "sfj:2:1 text.repeated 县政府常务会议先后三次专题研究行政复议和… gaj:1\n" },
	{ "a shorter one in one point",
	    "sfj "
	    "平台|"
	    "完善“扫码入企”平台各项功能，统一检查流程，完善“扫码入企”平台各项功能，方便企业评价。",
	    "sfj:1:23 text.repeated 完善“扫码入企”平台各项功能 sfj:1\n" },
	{ "but not in two",
	    "sfj 平台|完善“扫码入企”平台各项功能，统一检查流程。"
	    "\nsfj 评价|完善“扫码入企”平台各项功能，方便企业评价。",
	    "" },
	{ "one of a sentence, whose other clauses are as old",
	    "sfj 甲|由承办单位主要负责同志当面答复代表，办理结果于年底前在门户网站公开，接受监督。"
	    "\nsfj "
	    "乙|由承办单位主要负责同志当面答复代表，办理结果于年底前在门户网站公开，形成闭环。",
	    "sfj:2:1 text.repeated 由承办单位主要负责同志当面答复代表 sfj:1\n" },
	{ "the guiding thought is named as it must be",
	    "sfj 甲|以习近平新时代中国特色社会主义思想为指导，完善机制。"
	    "\nsfj 乙|以习近平新时代中国特色社会主义思想为指导，压实责任。",
	    "" },
	{ "what three departments say is a set phrase",
	    "a 一|全面落实行政执法责任制和责任追究制度，抓评查。"
	    "\nb 二|全面落实行政执法责任制和责任追究制度，抓培训。"
	    "\nc 三|全面落实行政执法责任制和责任追究制度，抓监督。"
	    "\na 四|全面落实行政执法责任制和责任追究制度，抓考核。",
	    "" },
};

/* ---- telling a case ------------------------------------------------------- */

/* Adds the texts of a case; "sfj 标题|段落|段落" in line 3 has the place sfj:3. */
static void add_texts(struct similar *similar, struct arena *arena, const char *lines)
{
	char *rest = arena_strdup(arena, lines);

	for (uint32_t number = 1; *rest; number++) {
		char *line = rest, *end = strchr(rest, '\n');

		rest = end ? end + 1 : line + strlen(line);
		if (end)
			*end = '\0';
		char *headline = strchr(line, ' '), *passage = strchr(line, '|');

		*headline++ = *passage++ = '\0';
		struct similar_text text = { .department = strcmp(line, "own") ? line : NULL,
			.headline = headline,
			.place = { line, number, 0 },
			.last_year = strcmp(line, "last") == 0 };

		similar_begin(similar, &text);
		while (passage) {
			char *bar = strchr(passage, '|');

			if (bar)
				*bar++ = '\0';
			struct passage p =
			    passage_plain(arena, PASSAGE_TEXT, passage, line, number, 1);

			similar_add(similar, &p);
			passage = bar;
		}
	}
}

static const char *shown(struct arena *arena, const struct findings *findings)
{
	struct buf out = { 0 };

	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *f = &findings->items[i];

		buf_addf(&out, "%s:%u", f->at.file, f->at.line);
		if (f->at.column)
			buf_addf(&out, ":%u", f->at.column);
		buf_addf(&out, " %s %s %s:%u\n", f->code, f->args[0], f->also.file, f->also.line);
		cr_expect(f->severity == NB_WARNING);
	}
	const char *text = arena_strdup(arena, buf_str(&out));

	buf_release(&out);
	return text;
}

static struct findings compare(struct arena *arena, const char *lines)
{
	struct findings findings;
	struct similar *similar = similar_new();

	findings_init(&findings, arena);
	add_texts(similar, arena, lines);
	similar_report(similar, &findings);
	similar_free(similar);
	return findings;
}

Test(review, similar)
{
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct arena arena = { 0 };
		struct findings findings = compare(&arena, cases[i].texts);

		SAME_TEXT(shown(&arena, &findings), cases[i].expected, cases[i].of);
		arena_release(&arena);
	}
	similar_free(NULL);
}

/* Ten departments, every point three quarters set phrases: none is told, and a copy still is. */
Test(review, similar_set_phrases)
{
	static const char *const own[] = { "专题学法六次", "修订清单两份", "集中培训三期",
		"评查案卷百卷", "下访接访四轮", "清理文件五件", "公开目录一批", "调解纠纷千件",
		"入企检查减半", "考核述法并行" };
	struct arena arena = { 0 };
	struct buf lines = { 0 };

	for (size_t i = 0; i < COUNT(own); i++)
		buf_addf(&lines, "dept%zu 组织领导|%s%s。\n", i, SET_PHRASES, own[i]);
	struct findings findings = compare(&arena, buf_str(&lines));

	SAME_TEXT(shown(&arena, &findings), "", "set phrases alone");
	buf_adds(&lines, "gaj 执法|" SET_PHRASES FILES "\nsfj 执法|" SET_PHRASES FILES "\n");
	findings = compare(&arena, buf_str(&lines));
	SAME_TEXT(shown(&arena, &findings), "sfj:12 text.similar 100% gaj:11\n", "and a copy");
	buf_release(&lines);
	arena_release(&arena);
}

Test(review, similar_messages, SCRATCH)
{
	struct findings findings = compare(&scratch_arena,
	    "last |" LIGHTS "\nown 设施|" LIGHTS "\ngaj 解纷|" DISPUTES "\nsfj 调解|" DISPUTES
	    "\nnync 甲|" FILES TRAINEES "\nnync 乙|" FILES TRAINEES "\na 一|" SET_SENTENCE
	    "\nb 二|" SET_SENTENCE
	    "\nc 三|检查结果于七个工作日内上传监管平台；检查结果于七个工作日内上传监管平台。"
	    "\nc 四|检查结果于七个工作日内上传监管平台。");

	SAME_TEXT(messages(&findings),
	    "'设施' is almost word for word '老旧路段的路灯、护栏和排水设施由属地街道…' in "
	    "last "
	    "year's report (see last:1)\n"
	    "'调解' is almost word for word '解纷' of gaj (see gaj:3)\n"
	    "'乙' is almost word for word '甲' (see nync:5)\n"
	    "'坚持和加强党对法治政府建设工作的全面领导…' stands in '一' of a as well (see a:7)\n"
	    "'检查结果于七个工作日内上传监管平台' stands in this text twice (see c:9)\n"
	    "'检查结果于七个工作日内上传监管平台' stands in '三' already (see c:9)\n",
	    "messages");
}

/* What was accepted once stays accepted when lines above it come and go. */
Test(review, similar_fingerprint)
{
	struct arena arena = { 0 };
	struct findings a = compare(&arena, "gaj 解纷|" DISPUTES "\nsfj 调解|" DISPUTES_ONE_WORD
	                                    "\na 一|" SET_SENTENCE "\nb 二|" SET_SENTENCE);
	struct findings b = compare(&arena,
	    "nync 跟岗|" TRAINEES "\ngaj 解纷|" DISPUTES "|" LIGHTS "\nsfj 调解|" DISPUTES_ONE_WORD
	    "\na 一|" SET_SENTENCE "\nb 二|本单位实际如下。" SET_SENTENCE);

	cr_assert_eq(a.count, 2);
	cr_assert_eq(b.count, 2);
	for (size_t i = 0; i < 2; i++) {
		cr_expect_neq(a.items[i].at.line, b.items[i].at.line);
		cr_expect_str_eq(a.items[i].fingerprint, b.items[i].fingerprint);
	}
	arena_release(&arena);
}

/* ---- passages ------------------------------------------------------------- */

/* Headlines and cells say nothing; printed figures are what they are, not digits. */
Test(review, similar_passages)
{
	static const char sentence[] = "全年办理行政复议案件36件，全部在法定期限内审结并送达。";
	struct arena arena = { 0 };
	struct findings findings;
	struct similar *similar = similar_new();
	size_t at = (size_t)(strstr(sentence, "36") - sentence);
	struct passage_figure received = { at, at + 2, "sfj.supervision.received" },
	                      concluded = { at, at + 2, "sfj.supervision.concluded" };

	findings_init(&findings, &arena);
	for (uint32_t line = 1; line <= 6; line++) {
		struct passage p = passage_plain(&arena, PASSAGE_TEXT, sentence, "sfj.md", line, 1);

		p.kind = line == 1 ? PASSAGE_HEADLINE : line == 2 ? PASSAGE_CELL : PASSAGE_TEXT;
		p.figures = line == 5 ? &concluded : &received;
		p.figure_count = line > 3;
		similar_begin(similar,
		    &(struct similar_text){
		        .department = "sfj", .name = "县司法局", .place = AT("sfj.md", line, 1) });
		similar_add(similar, &p);
	}
	similar_report(similar, &findings);
	similar_free(similar);
	SAME_TEXT(shown(&arena, &findings),
	    "sfj.md:6:1 text.repeated 全年办理行政复议案件36件，全部在法定期… sfj.md:4\n",
	    "figures");
	arena_release(&arena);
}

/* A sentence's place is that of its first character, over spans and line breaks. */
Test(review, similar_places)
{
	static const char first[] = "对调离执法岗位的人员，由主管部门及时收回执法证件。"
	                            "行政检查计划于每年一月底前向社会公布。";
	static const char second[] = "另查。对调离执法岗位的人员，\n由主管部门及时收回执法证件。\n"
	                             "此外，已公开。行政检查计划于每年一月底前向社会公布。";
	const struct passage_span spans[] = { { 0, 3, 5 },
		{ (size_t)(strstr(second, "，已") - second), 20, 7 } };
	struct arena arena = { 0 };
	struct findings findings;
	struct similar *similar = similar_new();
	struct passage a = passage_plain(&arena, PASSAGE_TEXT, first, "a.md", 9, 0);
	struct passage b = passage_plain(&arena, PASSAGE_TEXT, second, "b.md", 0, 0);

	b.spans = spans;
	b.span_count = 2;
	findings_init(&findings, &arena);
	similar_begin(similar, &(struct similar_text){ .department = "a" });
	similar_add(similar, &a);
	similar_begin(similar, &(struct similar_text){ .department = "b" });
	similar_add(similar, &b);
	similar_report(similar, &findings);
	similar_free(similar);
	SAME_TEXT(shown(&arena, &findings),
	    "b.md:3:8 text.repeated 对调离执法岗位的人员，由主管部门及时收回… a.md:9\n"
	    "b.md:20:12 text.repeated 行政检查计划于每年一月底前向社会公布 a.md:9\n",
	    "places");
	for (size_t i = 0; i < findings.count; i++) {
		size_t offset = (size_t)(strstr(second, i ? "行政" : "对调") - second);

		cr_expect_eq(findings.items[i].at.line, passage_place(&b, offset).line);
		cr_expect_eq(findings.items[i].at.column, passage_place(&b, offset).column);
	}
	arena_release(&arena);
}

/* ---- hostile sizes -------------------------------------------------------- */

/* `times` texts of the same words, by so many departments; and how many findings there may be. */
static void endure(const char *of, const char *words, size_t times, size_t departments, size_t most)
{
	struct arena arena = { 0 };
	struct findings findings;
	struct similar *similar = similar_new();
	double start = spent();

	findings_init(&findings, &arena);
	for (size_t i = 0; i < times; i++) {
		const char *department = arena_printf(&arena, "%zu", i % departments);
		struct passage p =
		    passage_plain(&arena, PASSAGE_TEXT, words, "a.md", (uint32_t)i + 1, 1);

		similar_begin(similar, &(struct similar_text){ .department = department,
		                           .headline = "标题",
		                           .place = AT("a.md", (uint32_t)i + 1, 1) });
		similar_add(similar, &p);
	}
	similar_report(similar, &findings);
	similar_free(similar);
	cr_expect_leq(findings.count, most, "%s: %zu findings", of, findings.count);
	cr_expect_lt(spent() - start, PATIENCE, "%s: took %.1f s", of, spent() - start);
	arena_release(&arena);
}

Test(review, similar_hostile)
{
	static const struct {
		const char *of, *words;
		size_t repeat, times, departments, most;
	} hostile[] = {
		{ "one sentence in 100,000 points of one department", LIGHTS, 1, 100000, 1,
		    100000 },
		{ "of three", LIGHTS, 1, 100000, 3, 100000 },
		{ "of all", LIGHTS, 1, 100000, 100000, 4 },
		{ "a hundred thousand times in one point", LIGHTS, 100000, 1, 1, 1 },
		{ "one character", "法", 1000000, 2, 2, 2 },
		{ "a megabyte without a stop", "依法行政，执法为民；公正", 30000, 3, 3, 3 },
		{ "marks that never close", "“《", 300000, 2, 2, 0 },
		{ "titles in titles", "《法》", 200000, 2, 2, 0 },
		{ "stops", "。，", 300000, 2, 2, 0 },
		{ "lines", "法\n", 300000, 2, 2, 2 },
	};

	for (size_t i = 0; i < COUNT(hostile); i++) {
		struct buf words = repeat(hostile[i].words, hostile[i].repeat);

		endure(hostile[i].of, buf_str(&words), hostile[i].times, hostile[i].departments,
		    hostile[i].most);
		buf_release(&words);
	}
}

/* A line of many sentences, each of which is a point of its own as well: places are not counted
 * anew. */
Test(review, similar_long_line)
{
	enum { SENTENCES = 30000 };
	struct arena arena = { 0 };
	struct findings findings;
	struct similar *similar = similar_new();
	struct buf line = { 0 };
	double start = spent();

	findings_init(&findings, &arena);
	for (int i = 0; i < SENTENCES; i++)
		buf_addf(&line, "第%d号案件由承办单位依法办理并按期送达当事人。", i);
	struct passage p = passage_plain(&arena, PASSAGE_TEXT, buf_str(&line), "a.md", 1, 1);

	similar_begin(similar, &(struct similar_text){ .department = "a" });
	similar_add(similar, &p);
	for (int i = 0; i < SENTENCES; i++) {
		p = passage_plain(&arena, PASSAGE_TEXT,
		    arena_printf(&arena, "第%d号案件由承办单位依法办理并按期送达当事人。", i),
		    "b.md", 1, 1);
		similar_begin(similar, &(struct similar_text){ .department = "b" });
		similar_add(similar, &p);
	}
	similar_report(similar, &findings);
	similar_free(similar);
	buf_release(&line);
	cr_expect_eq(findings.count, SENTENCES);
	cr_expect_lt(spent() - start, PATIENCE, "took %.1f s", spent() - start);
	arena_release(&arena);
}
