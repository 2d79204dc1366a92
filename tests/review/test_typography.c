/* Lost brackets, doubled marks, stray blanks, document numbers: found where they are faults. */
#include "reviewed.h"

static const struct reviewer reviewer = { .year = 2025 };
static const struct reviewer widened = { .year = 2025, .full_width = 1 };

static const struct {
	const char *text, *found;
} cases[] = {
	/* Brackets. */
	{ "一)加强领导", "a:1:2 text.bracket\n" },
	{ "十二）加强领导", "a:1:3 text.bracket\n" },
	{ "（一加强领导", "a:1:1 text.bracket\n" },
	{ "全县（含乡镇开展检查。", "a:1:3 text.bracket\n" },
	{ "印发《工作方案，明确任务。", "a:1:3 text.bracket\n" },
	{ "印发工作方案》，明确任务。", "a:1:7 text.bracket\n" },
	{ "推进“放管服改革。", "a:1:3 text.bracket\n" },
	{ "推进放管服”改革。", "a:1:6 text.bracket\n" },
	{ "推进\"放管服改革。", "a:1:3 text.bracket\n" },
	{ "推进“放管服\"改革。", "a:1:3 text.bracket\n" },
	{ "沁政发〔2021号", "a:1:4 text.bracket\n" },
	{ "（《办法）》", "a:1:2 text.bracket\na:1:6 text.bracket\n" },
	{ "《甲》、《乙、《丙》", "a:1:5 text.bracket\n" },
	{ "【要闻 ‘甲", "a:1:1 text.bracket\na:1:5 text.bracket\n" },
	{ "开展检查)，整改", "a:1:5 text.bracket\n" },
	{ "（（（（（（（", "a:1:1 text.bracket\na:1:2 text.bracket\na:1:3 text.bracket\n"
	                    "a:1:4 text.bracket\na:1:5 text.bracket\n" },
	/* A pair of two widths. */
	{ "全县（含乡镇)开展检查。", "a:1:3 text.punctuation\n" },
	/* Marks. */
	{ "工作落实。。下一步，，推进。", "a:1:5 text.punctuation\na:1:10 text.punctuation\n" },
	{ "甲，。乙、，丙；。丁！！", "a:1:2 text.punctuation\na:1:5 text.punctuation\n"
	                              "a:1:8 text.punctuation\na:1:11 text.punctuation\n" },
	{ "甲,，乙：:丙", "a:1:2 text.punctuation\na:1:5 text.punctuation\n" },
	{ "甲,,乙", "a:1:2 text.punctuation\n" },
	{ "等等。。。。。。", "a:1:3 text.punctuation\n" },
	{ "开展工作.加强领导", "a:1:5 text.punctuation\n" },
	{ "完成任务.。", "a:1:5 text.punctuation\n" },
	/* Blanks. */
	{ "2021年 7月，召开会议。", "a:1:6 text.blank\n" },
	{ "全县 开展检查，整改 到位。 问题清零。", "a:1:3 text.blank\n" },
	{ "　　全县　开展检查，整改到位。", "a:1:5 text.blank\n" },
	{ "检查 ，整改。", "a:1:3 text.blank\n" },
	{ "检查\u00A0整改，到位。", "a:1:3 text.blank\n" },
	/* Document numbers. */
	{ "收缴不合格的的农药，的确严格。", "a:1:6 text.slip\n" },
	{ "收缴不合格，的农药。", "a:1:6 text.slip\n" },
	{ "岚政发[2025]28号", "a:1:4 text.document-number\n" },
	{ "岚政发(2025)28号", "a:1:4 text.document-number\n" },
	{ "岚政发（2025）28号", "a:1:4 text.document-number\n" },
	{ "岚政发【2025】28号", "a:1:4 text.document-number\n" },
	{ "岚政发﹝2025﹞28号", "a:1:4 text.document-number\n" },
	{ "岚政发〔2025〕第28号", "a:1:4 text.document-number\n" },
	{ "岚政发〔2025〕028号", "a:1:4 text.document-number\n" },
	{ "岚政发〔25〕8号", "a:1:4 text.document-number\n" },
	{ "岚政发〔2025〕 28 号", "a:1:4 text.document-number\n" },
	{ "岚政发〔２０２７〕２８号", "a:1:4 text.document-number\n" },
};

/* With punctuation that the report mends itself. */
static const struct {
	const char *text, *found;
} mended[] = {
	{ "全县（含乡镇)开展检查。", "" },
	{ "全县(含乡镇）开展检查。", "" },
	{ "岚政发[2025]28号", "" },
	{ "岚政发 [2025]28号", "" },
	{ "No [2025]28号", "a:1:4 text.document-number\n" },
	{ "岚政发[2025]第28号", "a:1:4 text.document-number\n" },
	{ "岚政发[2025]028号", "a:1:4 text.document-number\n" },
	{ "岚政发（2025）28号", "a:1:4 text.document-number\n" },
	{ "岚政发(2025)28号", "a:1:4 text.document-number\n" },
	{ "推进\"放管服改革。", "a:1:3 text.bracket\n" },
	{ "一)加强领导", "a:1:2 text.bracket\n" },
	{ "（一)加强领导", "" },
};

static const char *const ordinary[] = {
	"",
	"目的的实现，标的的数额，有的的确如此，的确不易，的士停放，众矢之的的问题。",
	"一、压实各级责任，健全法治工作机制",
	"（一）强化组织领导。全面依法治县委员会召开会议2次，审议《年度工作要点》等文件。",
	"(一)强化组织领导",
	"1）加强领导；2)落实责任；a）公开。",
	"重点任务（包括：1）清理文件；2）公开结果；3）评查案卷），均已完成。",
	"主要有：1）清理；2）公开。",
	"印发《关于贯彻落实〈纲要〉的通知》（岚政发〔2025〕28号），明确“谁执法谁普法”责任。",
	"印发《关于学习《条例》的通知》。",
	"推行“双随机、一公开”监管，实现“进一次门、查多项事”。",
	"他说：“坚持‘有件必备’，做到‘有错必纠’。”",
	"\"一网通办\"和\"一次办\"",
	"显示屏15\"以上，约占30\"。",
	"f(x)为公式，a[i]为数组，（得分[60,80)为合格）。",
	"don’t和O’Brien",
	"得分[60,80)为合格，(0,60]为不合格，[80,100]为优秀。",
	"全县开展检查……整改到位——无一遗漏。",
	"是否合法？！能不能办?! 怎么办！？",
	"1.5亿元、10:05、3:2、1,234件、A.B、No.5、等.",
	"7×24小时，1+1+N，www.example.gov.cn，司法部.政务",
	"一.加强领导",
	"二十.加强领导",
	"等等...",
	"，",
	"他问“是吗？”，“是。”",
	"2021年7月1日，县政府办公室、县司法局联合开展检查；各乡镇配合：县城、园区。",
	"　　全县开展检查，\n　　整改到位。",
	"全县开展检查， \n整改到位。",
	"第一条 为了规范行政行为，制定本办法。",
	"一、 加强领导，落实责任。",
	"（一） 加强领导，落实责任。",
	"附件 名单，共3份。",
	"目　录",
	"张　三、李小四",
	"参加人：王小五,陈　浩、李　四；列席人：张　三。",
	"岚山县人民政府　2025年3月1日",
	"使用 Word 编写，共 12 件，2025 年印发。",
	"与GB/T 9704 相符，见 A 表。",
	"岚政办发〔2025〕28号、国务院令第713号、〔2026〕1号、国发〔1999〕23号",
	"（2025）晋05行终12号、(2025)晋0521行初3号",
	"共(2025)件，附件（1）28号楼，（12）3号楼，2025年第28号公告，[2025]年",
	"岚政发〔2025〕28、29号",
};

static void expect_cases(struct reviewer as, const char *text, const char *wanted)
{
	SAME_TEXT(reviewed(typography_check, as, PASSAGE_TEXT, text), wanted, text);
}

Test(review, typography_cases, SCRATCH)
{
	for (size_t i = 0; i < COUNT(cases); i++)
		expect_cases(reviewer, cases[i].text, cases[i].found);
	for (size_t i = 0; i < COUNT(mended); i++)
		expect_cases(widened, mended[i].text, mended[i].found);
}

Test(review, typography_ordinary, SCRATCH)
{
	static const char *const cells[] = { "公安局 司法局", "张　三，李　四" };

	expect_nothing(typography_check, reviewer, PASSAGE_TEXT, ordinary, COUNT(ordinary));
	expect_nothing(typography_check, widened, PASSAGE_TEXT, ordinary, COUNT(ordinary));
	expect_nothing(typography_check, reviewer, PASSAGE_CELL, cells, COUNT(cells));
}

/* What is said of it: the mark, where it stands, and what is right. */
Test(review, typography_messages, SCRATCH)
{
	static const struct {
		const char *text, *messages;
	} said[] = {
		{ "一）加强领导", "） has no partner before it: '一）加强'\n" },
		{ "全县各部门（含乡镇街道认真开展执法检查。",
		    "（ has no partner behind it: '部门（含乡镇街道认真开'\n" },
		{ "全县\n（甲", "（ has no partner behind it: '（甲'\n" },
		{ "岚政发[21]第028 号",
		    "the document number '[21]第028 号' is written '〔2021〕28号' in official "
		    "documents\n" },
		{ "国发〔2030〕1号",
		    "the year of the document number '〔2030〕1号' is still to come "
		    "in a report on 2025\n" },
		{ "工作落实，，推进有力",
		    "'，，': one mark is enough here: '工作落实，，推进有力'\n" },
		{ "2025年 7月，召开 会议。", "stray blanks within Chinese text (2 in this "
		                             "passage), the first in '2025年 7月，召开 '\n" },
	};

	for (size_t i = 0; i < COUNT(said); i++) {
		struct findings f = review(typography_check, reviewer, PASSAGE_TEXT, said[i].text);

		SAME_TEXT(messages(&f), said[i].messages, said[i].text);
	}
}

/* Without a year of the report none is to come. */
Test(review, typography_unknown_year, SCRATCH)
{
	expect_cases((struct reviewer){ 0 }, "国发〔2030〕1号", "");
}

/* A megabyte of anything. */
Test(review, typography_hostile, SCRATCH)
{
	static const char *const again[] = { "（", "）", "(", ")", "“", "”", "\"", "《》", "（)",
		"[", "[1)", "1）", "（1）", "《（", "。", "，，甲", ".", "甲.乙", ",", " ", "　",
		"甲 ", "甲 ，", "年 1", "[2021]28号", "甲[2021]1", "甲的的", "，的", "甲[2021]",
		"〔", "[2021", "1", "\n", "甲，\n 乙", "(((((((((((((((((((((((((((((((((", "’",
		"a’" };

	expect_patience(typography_check, reviewer, again, COUNT(again));
	expect_patience(typography_check, widened, again, COUNT(again));
}
