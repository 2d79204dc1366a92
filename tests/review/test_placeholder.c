/* Places that nobody filled in; anonymous names, codes and set phrases are none. */
#include "reviewed.h"

static const struct reviewer reviewer = { .year = 2025 };

static const struct {
	const char *text, *found;
} cases[] = {
	/* Signs for a number. */
	{ "挽回损失XX万元。", "a:1:5 text.placeholder\n" },
	{ "办理案件XX件，罚款××元。", "a:1:5 text.placeholder\na:1:11 text.placeholder\n" },
	{ "覆盖X个乡镇，办理X 件。", "a:1:3 text.placeholder\na:1:10 text.placeholder\n" },
	{ "合格率XX%，整改***项。", "a:1:4 text.placeholder\na:1:10 text.placeholder\n" },
	{ "ＸＸ件", "a:1:1 text.placeholder\n" },
	{ "培训XXX人次，同比增长XX.X%。", "a:1:3 text.placeholder\na:1:13 text.placeholder\n" },
	{ "于X月X日召开会议，××月××日结束。", "a:1:2 text.placeholder\na:1:11 text.placeholder\n" },
	/* Lines to write on. */
	{ "办理案件____件。", "a:1:5 text.placeholder\n" },
	{ "办理案件__件，培训＿＿人次。", "a:1:5 text.placeholder\na:1:11 text.placeholder\n" },
	{ "县委主要负责人是___。", "a:1:9 text.placeholder\n" },
	/* Words. */
	{ "办理案件12件（待核实）。", "a:1:8 text.placeholder\n" },
	{ "（此处补充典型案例）（待补充）", "a:1:1 text.placeholder\na:1:11 text.placeholder\n" },
	{ "(数据待补充)，（待补充数据）", "a:1:1 text.placeholder\na:1:9 text.placeholder\n" },
	{ "【待填】【填写本单位数据】【请补充】",
	    "a:1:1 text.placeholder\na:1:5 text.placeholder\na:1:14 text.placeholder\n" },
	{ "开展执法检查。TODO：补数据。（TBD）",
	    "a:1:8 text.placeholder\na:1:18 text.placeholder\n" },
	{ "普法覆盖率数据待补充。", "a:1:6 text.placeholder\n" },
};

static const char *const ordinary[] = {
	"",
	"申请人张××、李XX、王**不服，某某公司败诉。",
	"张××个人信息，王XX项目部。",
	"公布典型案例：赵××诉××县公安局行政处罚案。",
	"7×24小时服务，3×5米，1+X个平台，“1+X”项机制。",
	"型号XX-3、XXL、XXXX型、MXX件、WXX12，电话138****0000，证号6222***件。",
	"使用“XX”件，《××办法》，“XX万元”字样。",
	"文件名a__b.csv、__init__、file__3，http://a.cn/__x。",
	"__重点工作__推进，__“重点”__项。",
	"**“重点”**项推进。",
	"签字：______　日期：____",
	"________",
	"*重点*工作，**要点**，5*8小时。",
	"问题线索（待核实）12件，待核实线索3件，待补充证据的案件2件。",
	"（待核实的线索12件）（待办结案件）（待补充侦查的2件）",
	"时间待定，待补短板，有待核实。",
	"【填补空白】【补充说明】【填写说明】",
	"（请群众监督）（此处为县政府驻地）（填写率100%）",
	"使用TODOS、MyTODO软件。",
	"二十世纪XX年代，第XX届。",
	"X光检查，X射线，Xianyang。",
};

Test(review, placeholder_cases, SCRATCH)
{
	for (size_t i = 0; i < COUNT(cases); i++)
		SAME_TEXT(reviewed(placeholder_check, reviewer, PASSAGE_TEXT, cases[i].text),
		    cases[i].found, cases[i].text);
}

Test(review, placeholder_ordinary, SCRATCH)
{
	expect_nothing(placeholder_check, reviewer, PASSAGE_TEXT, ordinary, COUNT(ordinary));
	/* A column's head. */
	SAME_TEXT(reviewed(placeholder_check, reviewer, PASSAGE_CELL, "（待核实）"), "", "cell");
}

Test(review, placeholder_messages, SCRATCH)
{
	static const char text[] = "全年为农民挽回损失XX万元，成效明显。";
	struct findings f = review(placeholder_check, reviewer, PASSAGE_TEXT, text);

	SAME_TEXT(messages(&f),
	    "'XX万元' looks like a place that nobody filled in: "
	    "'年为农民挽回损失XX万元，成效明显。'\n",
	    text);
}

/* A megabyte of anything. */
Test(review, placeholder_hostile, SCRATCH)
{
	static const char *const again[] = { "X", "XX", "XX件", "X月X", "___ ", "___", "__项 ",
		"甲___ ", "×", "*", "_", "__", "__件", "_ ", "（", "（待", "（待补充）", "【",
		"TODO", "TODO ", "此处待补充", "X ", "《", "\"", "_\n", "甲__" };

	expect_patience(placeholder_check, reviewer, again, COUNT(again));
}
