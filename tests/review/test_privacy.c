/* What must not be published is found, masked; ordinary numbers and words are left alone. */
#include "reviewed.h"

static const struct reviewer reviewer = { .year = 2025 };

/* Numbers that pass the checks, of nobody. */
static const struct {
	const char *text, *found;
} cases[] = {
	/* Identity numbers. */
	{ "当事人身份证号110101199003070011。", "a:1:8 privacy.citizen-id\n" },
	{ "当事人身份证号110101199003070012。", "a:1:8 privacy.citizen-id\n" }, /* a slip in it */
	{ "身份证：11010519491231002Y，", "" },
	{ "公民身份号码为 991010519491231002，", "a:1:9 privacy.citizen-id\n" },
	{ "身份证号码：110105491231002。", "a:1:7 privacy.citizen-id\n" },
	{ "14052119550306005X", "a:1:1 privacy.citizen-id\n" },
	{ "14052119550306005x和14052119550306005Ｘ",
	    "a:1:1 privacy.citizen-id\na:1:20 privacy.citizen-id\n" },
	{ "公民身份号码：１４０５２１１９６５１１２０００３７", "a:1:8 privacy.citizen-id\n" },
	{ "440300199912310001，", "a:1:1 privacy.citizen-id\n" },
	{ "110101 19900307 0011", "a:1:1 privacy.citizen-id\n" },
	{ "甲\n乙110101199003070011", "a:2:2 privacy.citizen-id\n" },
	{ "620102198501011235", "a:1:1 privacy.citizen-id\n" },
	/* Mobile numbers. */
	{ "联系电话：13800000000", "a:1:6 privacy.mobile\n" },
	{ "138 0000 0000、138-0000-0000、138　0000　0000",
	    "a:1:1 privacy.mobile\na:1:15 privacy.mobile\na:1:29 privacy.mobile\n" },
	{ "+8613800000000，+86 13800000000，86-13800000000，+86-138-0000-0000，008613800000000",
	    "a:1:2 privacy.mobile\na:1:20 privacy.mobile\na:1:35 privacy.mobile\n"
	    "a:1:51 privacy.mobile\na:1:65 privacy.mobile\n" },
	{ "（１３９００００１１１１）", "a:1:2 privacy.mobile\n" },
	{ "13800000000,13900000000 15900000000",
	    "a:1:1 privacy.mobile\na:1:13 privacy.mobile\na:1:25 privacy.mobile\n" },
	{ "0356-7000000/13800000000", "a:1:14 privacy.mobile\n" },
	{ "张三/19900000000", "a:1:4 privacy.mobile\n" },
	{ "手机号码13800000000号码有误", "a:1:5 privacy.mobile\n" },
	{ "13800000000.", "a:1:1 privacy.mobile\n" },
	/* Bank cards. */
	{ "开户行账号6222021234567890128", "a:1:6 privacy.bank-card\n" },
	{ "6222 0212 3456 7890 128", "a:1:1 privacy.bank-card\n" },
	{ "6217-0000-1234-5670", "a:1:1 privacy.bank-card\n" },
	{ "622202 1234567890128", "a:1:1 privacy.bank-card\n" },
	{ "4000001234567899，5100001234567895",
	    "a:1:1 privacy.bank-card\na:1:18 privacy.bank-card\n" },
	/* Mail addresses. */
	{ "邮箱：zhang.san_1@163.com。", "a:1:4 privacy.email\n" },
	{ "请发至abc＠example.gov.cn邮箱", "a:1:4 privacy.email\n" },
	{ "13800000000@example.com", "a:1:1 privacy.email\n" },
	/* Marks of secrecy. */
	{ "秘密★", "a:1:1 privacy.secret\n" },
	{ "机密★20年\n关于印发工作要点的通知", "a:1:1 privacy.secret\n" },
	{ "关于某事的请示（绝密 ☆ 长期）", "a:1:9 privacy.secret\n" },
	{ "秘　密", "a:1:1 privacy.secret\n" },
	{ "【机密】", "a:1:2 privacy.secret\n" },
	{ "密级：机密  份号：0001", "a:1:4 privacy.secret\n" },
	{ "密级: 秘 密", "a:1:5 privacy.secret\n" },
	{ "机密\n关于某事的请示", "a:1:1 privacy.secret\n" },
	/* Words that forbid publication. */
	{ "内部资料", "a:1:1 privacy.internal\n" },
	{ "内部资料　注意保存", "a:1:1 privacy.internal\n" },
	{ "内部文件，请勿外传。各单位要认真学习，抓好落实，有关情况及时报告。",
	    "a:1:1 privacy.internal\n" },
	{ "全县矛盾纠纷排查情况（内部资料）", "a:1:12 privacy.internal\n" },
	{ "注意保存", "a:1:1 privacy.internal\n" },
	{ "严禁外传！", "a:1:1 privacy.internal\n" },
	{ "（仅供内部参考）", "a:1:2 privacy.internal\n" },
	{ "（此件不公开）", "a:1:4 privacy.internal\n" },
	{ "信息公开属性：不予公开", "a:1:8 privacy.internal\n" },
	{ "不予公开", "a:1:1 privacy.internal\n" },
	{ "本资料未经批准不得公开。", "a:1:4 privacy.internal\n" },
};

/* As reports and their tables have them. */
static const char *const ordinary[] = {
	"",
	"全县执法人员持证率为100%，办理12345热线工单13862件。",
	"岚政办发〔2025〕28号、国务院令第713号、沪公告2025年第13800000000号",
	"办理案件13800000000件，投资13800000000元，合15000000000 元、￥13800000000。",
	"比率0.13800000000，编号GF-13800000000，代码A13800000000，1380000000000。",
	"http://example.gov.cn/art13800000000.html",
	"138****0000，110101********0011，622202*********0128",
	"138 0000 0000 0000",
	"电话：0356-7022345，传真：0356 7022346，统一服务热线12348。",
	"23800000000，12800000000，1380000000，138000000000",
	/* Eighteen digits that are no identity number: checksum, region, birth date. */
	"110101199003070012 990101199003070015 110101199013070015 110101180003070011",
	"统一社会信用代码11140521012345678X，91140500MA0ABCDE1F",
	"1101011990030700111，A110101199003070011，110101199003070011B",
	/* Long numbers that are no card: check digit, issuer, a count. */
	"6222021234567890127、3528001234567894、1234567890123456、项目编码2025140521000001234",
	"620102198501011237 6222021234567890128元",
	/* Not an address. */
	"@所有人，微博@岚山发布，a@b，@example.com，7×24@",
	/* Secrets in running text. */
	"依法保守国家秘密、工作秘密和商业秘密，严格保密审查。",
	"开展保密法宣传，查处泄露国家机密行为2起，涉密人员全部签订承诺书。",
	"政府信息公开申请中，涉及国家秘密不予公开3件。",
	"不得泄露案件秘密。",
	"对机密级、秘密级载体开展检查。",
	"商业秘密",
	"秘密件管理",
	/* Words that tell what is done. */
	"依法不予公开3件，部分公开2件，无法提供1件。",
	"依法不予公开情况",
	"提醒当事人注意保存证据",
	"教育执法人员不得外传执法音像资料。",
	"对内部资料、内部文件和会议纪要进行清理，明确专人管理。",
	"建立内部资料管理制度，资料未经批准不得公开传播。",
	"明确涉案信息未经批准不得公开，案卷专柜存放。",
	"（此件公开发布）",
	"（此件依申请公开）",
	"该系统仅供内部人员查询使用，对外数据接口已全部关闭，运行平稳。",
	"内部资料汇编工作",
};

Test(review, privacy_cases, SCRATCH)
{
	for (size_t i = 0; i < COUNT(cases); i++)
		SAME_TEXT(reviewed(privacy_check, reviewer, PASSAGE_TEXT, cases[i].text),
		    cases[i].found, cases[i].text);
}

Test(review, privacy_ordinary, SCRATCH)
{
	static const char *const cells[] = { "不予公开", "（三）不予公开", "国家秘密" };

	expect_nothing(privacy_check, reviewer, PASSAGE_TEXT, ordinary, COUNT(ordinary));
	expect_nothing(privacy_check, reviewer, PASSAGE_CELL, cells, COUNT(cells));
}

/* Findings go into bundles: what they name is covered, and stays the same from run to run. */
Test(review, privacy_masked, SCRATCH)
{
	static const struct {
		const char *text, *shown;
	} masks[] = {
		{ "110101199003070011", "110101**********11" },
		{ "１１０１０１１９９００３０７００１１", "110101**********11" },
		{ "14052119550306005x", "140521**********5X" },
		{ "8613812345678", "138****5678" },
		{ "138-1234-5678", "138****5678" },
		{ "6222 0212 3456 7890 128", "622202***********28" },
		{ "zhang.san@163.com", "z***@163.com" },
		{ "x@example.com", "x***@example.com" },
	};

	for (size_t i = 0; i < COUNT(masks); i++) {
		struct findings f = review(privacy_check, reviewer, PASSAGE_TEXT, masks[i].text);

		cr_assert_eq(f.count, 1, "%s", masks[i].text);
		cr_expect_str_eq(f.items[0].args[0], masks[i].shown);
		cr_expect_str_eq(f.items[0].subject, masks[i].shown);
	}
}

/* Errors before publication, notes where nothing is published. */
Test(review, privacy_severity, SCRATCH)
{
	static const char text[] = "机密★ 110101199003070011 13800000000 a@example.com 内部资料★";

	for (int internal = 0; internal <= 1; internal++) {
		struct findings f = review(privacy_check,
		    (struct reviewer){ .department = "sfj", .internal = internal }, PASSAGE_TEXT,
		    text);

		cr_expect_eq(f.count, 4, "%s", found(&f));
		for (size_t i = 0; i < f.count; i++) {
			cr_expect_eq(f.items[i].severity, internal ? NB_NOTE : NB_ERROR);
			cr_expect_str_eq(f.items[i].department, "sfj");
		}
	}
}

/* A megabyte of anything. */
Test(review, privacy_hostile, SCRATCH)
{
	static const char *const again[] = { "1", "1 ", "1234 ", "1234-", "138 0000 0000 ",
		"13800000000 ", "110101199003070011 ", "6222 0212 3456 7890 128 ", "a@", "@",
		"a@b.", "a", ".", "a@example.com ", "秘", "秘 ", "秘密 ", "秘密★", " ", "　", "（",
		"内部资料", "内部资料 ", "不予公开", "未经批准不得公开", "１", "\n", "秘密\n" };

	expect_patience(privacy_check, reviewer, again, COUNT(again));
}
