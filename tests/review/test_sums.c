/* Arithmetic inside a sentence: found where it is wrong, silent where it may mean something else.
 */
#include "reviewed.h"

#include "review/sums.h"

static const struct reviewer reviewer = { .year = 2025 };

static void check(const struct reviewer *as, const struct passage *passage)
{
	sums_check(as, passage, 1, 0, 0);
}

static const struct {
	const char *text, *found, *message;
} cases[] = {
	/* 共, 合计: the parts before it. */
	{ "召开会议3次、座谈5次，共9次。", "a:1:14 number.sum\n",
	    "3＋5 = 8, not the total in the text, 9次\n" },
	{ "维持48件、驳回3件、终止9件，合计58件。", "a:1:19 number.sum\n",
	    "48＋3＋9 = 60, not the total in the text, 58件\n" },
	{ "办理代表建议58件、政协提案74件，共142件，办复率100%。", "a:1:20 number.sum\n",
	    "58＋74 = 132, not the total in the text, 142件\n" },
	{ "累计创建国家级示范村（社区）3个、省级9个、市级34个，共48个，全年复核40个。",
	    "a:1:30 number.sum\n", "3＋9＋34 = 46, not the total in the text, 48个\n" },
	{ "书记清单13项、县长清单15项，两项合计27项，逐项明确。", "a:1:21 number.sum\n",
	    "13＋15 = 28, not the total in the text, 27项\n" },
	{ "公布事项156项，全年新增27项、取消19项、变更64项，共调整120项。", "a:1:33 number.sum\n",
	    "27＋19＋64 = 110, not the total in the text, 120项\n" },
	{ "开展检查12次，开展督导3次，共16次。", "a:1:17 number.sum\n",
	    "12＋3 = 15, not the total in the text, 16次\n" },
	{ "发放手册200余份、折页100份，共500份。", "a:1:19 number.sum\n",
	    "200余＋100 = 300余, not the total in the text, 500份\n" },
	{ "一句。\n建议5件、提案6件，共１３件。", "a:2:12 number.sum\n",
	    "5＋6 = 11, not the total in the text, １３件\n" },
	/* 其余, 其他: the rest of a whole. */
	{ "收到文件286件，保留231件、废止41件，其余15件正在修改。", "a:1:5 number.sum\n",
	    "231＋41＋15 = 287, not the total in the text, 286件\n" },
	{ "审核规范性文件9件，经集体讨论通过6件，其余2件因依据不足退回。", "a:1:8 number.sum\n",
	    "6＋2 = 8, not the total in the text, 9件\n" },
	{ "发现问题48个，已整改45个，整改率为93.75%，剩余5个计划于明年完成。", "a:1:5 number.sum\n",
	    "45＋5 = 50, not the total in the text, 48个\n" },
	{ "承担的整改事项8项，已完成7项，剩余2项正按序时推进。", "a:1:8 number.sum\n",
	    "7＋2 = 9, not the total in the text, 8项\n" },
	{ "新收16件中，土地征收类7件、劳动保障类4件、其他6件。", "a:1:3 number.sum\n",
	    "7＋4＋6 = 17, not the total in the text, 16件\n" },
	/* 其中 and 分别为. */
	{ "研究议题7次，其中县委常委会3次、县政府常务会议5次。", "a:1:5 number.sum\n",
	    "the parts 3＋5 = 8 are more than the whole, 7次\n" },
	{ "研究议题7次，分别为县委常委会3次、县政府常务会议3次。", "a:1:5 number.sum\n",
	    "3＋3 = 6, not the total in the text, 7次\n" },
	{ "办理处罚301宗，其中罚款310宗。", "a:1:5 number.sum\n",
	    "the part 310宗 is more than the whole, 301宗\n" },
	/* Shares. */
	{ "办理处罚301宗，罚没金额212.6万元，其中罚款205宗，占86.1%，移送4件。",
	    "a:1:32 number.share\n", "205宗 of 301宗 is 68.11%, not 86.1%\n" },
	{ "12个乡镇中有5个尚未配备专职人员，占14.7%。", "a:1:20 number.share\n",
	    "5个 of 12个 is 41.67%, not 14.7%\n" },
	{ "适用告知承诺3218件，占同类办件3576件的95%。", "a:1:24 number.share\n",
	    "3218件 of 3576件 is 89.99%, not 95%\n" },
	{ "组织考试6次，1462人参加考试，合格1451人，合格率99.8%。", "a:1:29 number.share\n",
	    "1451人 of 1462人 is 99.25%, not 99.8%\n" },
	{ "收到意见216条，采纳87条，采纳率43.0%。", "a:1:19 number.share\n",
	    "87条 of 216条 is 40.28%, not 43.0%\n" },
	{ "考试2批，参考216人，通过198人，通过率97.1%。", "a:1:23 number.share\n",
	    "198人 of 216人 is 91.67%, not 97.1%\n" },
	/* Rates. */
	{ "1462人参加考试，合格1451人，合格率992%。", "a:1:22 number.impossible-rate\n", NULL },
	{ "合格率992%。", "a:1:4 number.impossible-rate\n",
	    "合格率 of 992%: no share is more than the whole\n" },
	{ "群众满意率达到198.2%，办复率、满意率均为101%。",
	    "a:1:8 number.impossible-rate\na:1:24 number.impossible-rate\n", NULL },
};

static const char *const ordinary[] = {
	"",
	/* Sums that come out. */
	"召开会议3次、座谈5次，共8次。",
	"办理代表建议58件、政协提案74件，共132件，办复率、满意率均为100%。",
	"创建国家级示范村3个、省级9个、市级34个，共46个，全年复核40个、新申报4个。",
	"创建国家级示范村3个，省级9个、市级34个，共46个。",
	"公布县级清单3412项、乡镇清单118项、公共服务事项156项，全年新增27项、取消19项、变更64项，共"
	"调整"
	"110项。",
	"书记清单13项、县长清单15项，两项合计28项。",
	"发放手册200余份、折页100份，共300余份。",
	"发放手册近200份、折页100份，共280份。",
	/* 共 that adds up something else. */
	"共开展培训5期，培训3100人次。",
	"办理建议58件、提案74件，共办结130件。",
	"受理51件，加上上年结转4件，共审结49件。",
	"收到62件，受理51件，加上上年结转4件，共54件。",
	"受理58件、办结58件，共58件。",
	"检查企业30家、处罚5家，共涉及金额12万元。",
	"发放手册1.2万份、折页0.8万份，共2.1万份。",
	"举办专题培训1期、综合培训2期。共12期。",
	"开展法治讲座3场、培训2期等，共6场。",
	"各乡镇开展宣传3场、各部门开展5场，共96场。",
	"其中部门3件、乡镇5件，共涉及9个单位。",
	"三年来办理A类3件、B类5件，三年共12件。",
	"交通领域3件、消防领域5件、其他若干，共12件。",
	"上半年检查5次，下半年检查3次，查处案件2件，共8次。",
	"各乡镇宣讲70场；县直宣讲12场、讲座8场，共90场。",
	"县局办理48件。乡镇办理维持3件、驳回9件，共60件。",
	"此外，办理维持3件、驳回9件，共60件。",
	"维持48件、\n驳回3件、终止9件，共60件。",
	"维持48件（含撤回2件）、驳回3件、终止9件，共60件。",
	"维持48件（含撤回2件），驳回3件、终止9件，共60件。",
	"维持48件，驳回3件、终止9件，确认违法2件、变更1件，共63件。",
	"维持48件，占80%，驳回3件、终止9件，共60件。",
	"维持48件、驳回3件以及终止9件、变更2件，共62件。",
	"手册1.2万份、折页300份、海报200份，共12500份。",
	"罚款5人、立案3件、移送4件，共19件。",
	"行政机关、法院办理A类3件、B类5件，共19件。",
	"议题7次，分别为县委3次、县政府3次；党组1次。",
	"检查企业30家，其中民营企业20家、小微企业25家。",
	"述法56家，其中现场述法8家、书面述法56家。",
	"全县56个。发现问题48个，已整改45个，其余8个已验收。",
	"评查案卷180卷，发现问题48卷，已整改45卷，其余132卷未发现问题。",
	/* Rests: of what was said before, with more that belongs to it. */
	"收到文件286件，保留231件、废止41件，其余14件正在修改。",
	"通过6件，退回2件，其余3件撤回。",
	"审核通过6件，退回2件，其余3件撤回。",
	"食品领域118宗、药品领域32宗、价格领域27宗、其他124宗。",
	"首违不罚案件88件，其他轻微违法不罚38件。",
	"首违不罚88件，轻微不罚30件，其他38件。",
	"受理的51件中，涉及自然资源领域23件、公安领域18件、其他10件。",
	"受理51件，审结49件，调解13件，其余2件正在办理。",
	"发现问题48个，涉及22个单位，已整改45个，剩余3个。",
	"发现问题48个，涉及22个单位，剩余3个。",
	"检查发现问题48个，已整改45个，其余5个乡镇均无问题。",
	"收到申请62件，上年结转4件，已办结49件，剩余17件。",
	"收到286件，保留231件、废止41件、宣布失效10件，其余4件。",
	"收到300余件，已办结280件，剩余30件。",
	"渔政执法办理行政处罚11宗、种子执法9宗、其他18宗。",
	/* 其中 names some, or some twice. */
	"受理130件，其中办结98件，不予受理9件，网上受理80件。",
	"政务服务事项1520项，其中网上可办1502项、掌上可办936项、一次可办1496项。",
	"办理处罚2410宗，其中警告860宗、罚款1840宗、行政拘留276宗。",
	"评查案卷180卷，其中合格177卷、优秀46卷、不合格3卷。",
	"设立主体2864户，其中企业682户、个体工商户2115户、合作社31户。",
	"示范村34个，其中国家级3个、省级9个、市级34个。",
	"收到申请40件，其中维持30件、撤销14件。",
	"受理51件，其中审结53件。",
	"办理案件3件，其中查扣物品20件。",
	"开展督察2次，其中综合督察、专项督察各1次，发现问题48个。",
	"审结125件，近三年分别为31件、45件、49件。",
	"明确清单2项，分别为书记13项、县长15项。",
	"3个乡镇，分别为甲镇2个、乙镇3个。",
	"县公安局、县市场监管局、县农业农村局分别办理行政处罚2410宗、301宗、38宗。",
	/* Shares: right, of something else, or of a whole that is not there. */
	"办理处罚301宗，其中罚款205宗，占68.1%。",
	"12个乡镇中有5个尚未配备专职人员，占41.7%。",
	"12个乡镇中有5个尚未配备专职人员，占全县的4.7%。",
	"适用告知承诺3218件，占同类办件3576件的90%。",
	"县局办理12件，乡镇办理8件，占40%。",
	"县局办理12件，乡镇办理8件，占5%。",
	"经调解、撤回结案21件，占审结案件的42.9%。",
	"行政复议申请中线上提交19件，占30.6%。",
	"受理51件，审结49件，审结率89.1%，未审结6件。",
	"报名230人，通过198人，通过率91.7%。",
	"办理处罚301宗，其中罚款205宗，占比提高12.3个百分点，占58%。",
	"收到62件，同比上升12.7%，受理51件，不予受理5件。",
	"发现问题48个，已整改45个，整改率为93.75%。",
	"办理工单731件，按期办结728件，按期办结率99.6%，群众满意率98.2%。",
	"近300人参加，合格280余人，合格率95%。",
	"应诉案件16件，审结14件，其中胜诉11件、败诉1件、撤诉2件，败诉率7.1%。",
	"审核9件，通过6件，备案率100%。",
	"1462人参加考试，合格1451人，补考后全部过关，合格率100%。",
	"1462人参加考试，合格1451人，复评合格率100%。",
	"办理处罚301宗，其中罚款205宗，移送线索较少，占1.3%。",
	"上年结转1件。今年收到46件，办结45件，其余2件正在办理。",
	/* Rates that may be more. */
	"受理50件，办结52件，办结率104%。",
	"参保覆盖率达到101.2%。",
	"完成率120%，增长率150%，同比增长130%。",
	"目标任务完成率达112%，合格率100%，满意率100.0%。",
	"办结率较上年提高120%。",
	"审结率（含上年结转）达到103%。",
	"合格率提高到98%，问题整改率由90%提升至100%。",
};

Test(review, sums_cases, SCRATCH)
{
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct findings f = review(check, reviewer, PASSAGE_TEXT, cases[i].text);

		SAME_TEXT(found(&f), cases[i].found, cases[i].text);
		if (cases[i].message)
			SAME_TEXT(messages(&f), cases[i].message, cases[i].text);
	}
}

Test(review, sums_ordinary, SCRATCH)
{
	expect_nothing(check, reviewer, PASSAGE_TEXT, ordinary, COUNT(ordinary));
	/* A cell says too little. */
	SAME_TEXT(reviewed(check, reviewer, PASSAGE_CELL, cases[0].text), "", "cell");
}

/* A figure that has no value, or whose value is no number. */
Test(review, sums_unknown_figures, SCRATCH)
{
	static const char text[] =
	    "召开会议3次、座谈〔缺〕次、调研5次，共9次。建议3件、提案5件，共9件。";
	struct passage passage = passage_plain(&scratch_arena, PASSAGE_TEXT, text, "a", 1, 1);
	struct passage_figure figure = { .name = "sfj.plan.meetings" };
	struct findings findings;
	struct reviewer as = reviewer;

	figure.start = (size_t)(strstr(text, "〔") - text);
	figure.end = (size_t)(strstr(text, "〕") - text) + strlen("〕");
	passage.figures = &figure;
	passage.figure_count = 1;
	findings_init(&findings, &scratch_arena);
	as.arena = &scratch_arena;
	as.findings = &findings;
	check(&as, &passage);
	SAME_TEXT(found(&findings), "a:1:35 number.sum\n", text);
}

/* A megabyte of anything. */
Test(review, sums_hostile, SCRATCH)
{
	static const char *const again[] = { "3件、", "3件，", "3件", "，共3件",
		"3件、5件，共9件，", "，两项合计3件", "，其余3件", "、其他3件",
		"发现3件，已办结2件、3件，其余3件", "，其中3件", "，其中企业3件、", "，占3%",
		"3件，其中2件，占3%，", "合格率992%，", "件、", "，", "其余", "占", "3%", "（",
		"分别为3件、", "3件，占3件的9%" };

	expect_patience(check, reviewer, again, COUNT(again));
}
