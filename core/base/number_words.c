/* number_words.c: tables of measure words and set phrases, longest match. */
#include "base/number_words.h"

#include "base/numeral.h"
#include "base/utf8.h"

#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof *(array))

struct unit {
	const char *text;
	enum unit_kind kind;
	int chinese; /* counts behind a Chinese numeral, too */
};

/* A unit that begins with another stands before it. */
static const struct unit units[] = {
	{ "个工作日", UNIT_TIME, 1 },
	{ "工作日", UNIT_TIME, 1 },
	{ "个小时", UNIT_TIME, 1 },
	{ "个月", UNIT_TIME, 1 },
	{ "个", UNIT_COUNT, 1 },
	{ "人次", UNIT_COUNT, 1 },
	{ "人", UNIT_COUNT, 1 },
	{ "件次", UNIT_COUNT, 1 },
	{ "件", UNIT_COUNT, 1 },
	{ "项次", UNIT_COUNT, 1 },
	{ "项", UNIT_COUNT, 1 },
	{ "次", UNIT_COUNT, 1 },
	{ "名", UNIT_COUNT, 1 },
	{ "家次", UNIT_COUNT, 1 },
	{ "家", UNIT_COUNT, 1 },
	{ "户次", UNIT_COUNT, 1 },
	{ "户", UNIT_COUNT, 1 },
	{ "支", UNIT_COUNT, 1 },
	{ "批次", UNIT_COUNT, 1 },
	{ "批", UNIT_COUNT, 1 },
	{ "期", UNIT_COUNT, 0 },
	{ "场次", UNIT_COUNT, 1 },
	{ "场", UNIT_COUNT, 1 },
	{ "份", UNIT_COUNT, 1 },
	{ "条", UNIT_COUNT, 1 },
	{ "卷", UNIT_COUNT, 1 },
	{ "宗", UNIT_COUNT, 1 },
	{ "起", UNIT_COUNT, 1 },
	{ "例", UNIT_COUNT, 1 },
	{ "部", UNIT_COUNT, 1 },
	{ "篇", UNIT_COUNT, 1 },
	{ "所", UNIT_COUNT, 1 },
	{ "处", UNIT_COUNT, 1 },
	{ "座", UNIT_COUNT, 1 },
	{ "辆", UNIT_COUNT, 1 },
	{ "台", UNIT_COUNT, 1 },
	{ "套", UNIT_COUNT, 1 },
	{ "张", UNIT_COUNT, 1 },
	{ "册", UNIT_COUNT, 1 },
	{ "本", UNIT_COUNT, 1 },
	{ "幅", UNIT_COUNT, 1 },
	{ "块", UNIT_COUNT, 1 },
	{ "间", UNIT_COUNT, 1 },
	{ "亩", UNIT_COUNT, 1 },
	{ "平方公里", UNIT_COUNT, 1 },
	{ "平方米", UNIT_COUNT, 1 },
	{ "公里", UNIT_COUNT, 1 },
	{ "千米", UNIT_COUNT, 1 },
	{ "公顷", UNIT_COUNT, 1 },
	{ "吨", UNIT_COUNT, 1 },
	{ "米", UNIT_COUNT, 0 },
	{ "元", UNIT_MONEY, 0 },
	{ "倍", UNIT_COUNT, 1 },
	{ "位", UNIT_COUNT, 1 },
	{ "对", UNIT_COUNT, 0 },
	{ "类", UNIT_COUNT, 1 },
	{ "种", UNIT_COUNT, 1 },
	{ "级", UNIT_GRADE, 0 },
	{ "层", UNIT_COUNT, 0 },
	{ "轮", UNIT_COUNT, 1 },
	{ "届", UNIT_COUNT, 0 },
	{ "门", UNIT_COUNT, 1 },
	{ "节", UNIT_COUNT, 0 },
	{ "课时", UNIT_COUNT, 1 },
	{ "学时", UNIT_COUNT, 1 },
	{ "笔", UNIT_COUNT, 1 },
	{ "封", UNIT_COUNT, 1 },
	{ "枚", UNIT_COUNT, 1 },
	{ "款", UNIT_COUNT, 0 },
	{ "道", UNIT_COUNT, 0 },
	{ "班", UNIT_COUNT, 0 },
	{ "周", UNIT_TIME, 1 },
	{ "年", UNIT_TIME, 1 },
	{ "日", UNIT_TIME, 1 },
	{ "‰", UNIT_COUNT, 0 },
	{ "天", UNIT_TIME, 1 },
	{ "小时", UNIT_TIME, 1 },
	{ "分钟", UNIT_TIME, 1 },
	{ "秒", UNIT_TIME, 0 },
	{ "分", UNIT_COUNT, 0 },
};

size_t unit_at(const char *text, enum unit_kind *kind)
{
	*kind = UNIT_NONE;
	if ((unsigned char)*text < 0x80)
		return 0;
	for (size_t i = 0; i < LENGTH(units); i++)
		if (begins(text, units[i].text)) {
			*kind = units[i].kind;
			return strlen(units[i].text);
		}
	return 0;
}

int unit_counts_chinese(const char *text, size_t n)
{
	for (size_t i = 0; i < LENGTH(units); i++)
		if (begins(text, units[i].text) && strlen(units[i].text) == n)
			return units[i].chinese;
	return 0;
}

/* The numeral that is at hand begins the phrase; longer ones before those that begin them. */
static const char *const phrases[] = {
	"一件事一次办",
	"一次办好",
	"一次办成",
	"一次办",
	"一件事",
	"一网通办",
	"一网统管",
	"一网办",
	"一窗通办",
	"一窗受理",
	"一窗",
	"一门办理",
	"一门",
	"一站式",
	"一号通办",
	"一号通",
	"一号响应",
	"一照通",
	"一证通",
	"一码通",
	"一业一证",
	"一业一查",
	"一枚印章管审批",
	"一枚印章",
	"一把手",
	"一盘棋",
	"一张网",
	"一张蓝图",
	"一老一小",
	"一村一法律顾问",
	"一村一",
	"一企一策",
	"一事一议",
	"一案一",
	"一岗双责",
	"一带一路",
	"一条龙",
	"一公里",
	"一公开",
	"一支笔",
	"一人一",
	"一户一",
	"一县一",
	"一乡一",
	"一镇一",
	"一事一档",
	"一事一",
	"一案三书",
	"一案双查",
	"两人以上",
	"两条线",
	"两手抓",
	"两个维护",
	"两个确立",
	"两个结合",
	"两个毫不动摇",
	"两个清单",
	"两法衔接",
	"两会",
	"两高",
	"两优一先",
	"两新",
	"两山",
	"三位一体",
	"四位一体",
	"三项制度",
	"三重一大",
	"三会一课",
	"三农",
	"三公",
	"三中全会",
	"三个代表",
	"三个清单",
	"三个规定",
	"三调联动",
	"三级联动",
	"四个意识",
	"四个自信",
	"四个全面",
	"四个一律",
	"四议两公开",
	"四不两直",
	"四中全会",
	"五位一体",
	"五中全会",
	"五级书记",
	"六中全会",
	"六稳",
	"六保",
	"七五普法",
	"七中全会",
	"八五普法",
	"八项规定",
	"九五普法",
	"十二五",
	"十三五",
	"十四五",
	"十五五",
	"十八大",
	"十九大",
	"二十大",
	"二十一大",
	"二维码",
	"二次供水",
};

size_t phrase_at(const char *text)
{
	for (size_t i = 0; i < LENGTH(phrases); i++)
		if (begins(text, phrases[i]))
			return strlen(phrases[i]);
	return 0;
}

/* Whether a word follows that is no unit, nor makes a number larger or approximate: 接听. */
static int goes_on_in_words(const char *after)
{
	const char *at = after, *word, *end = after + strnlen(after, 3);
	enum unit_kind kind;
	if (begins(after, "、"))
		return 1;
	return utf8_is_han(utf8_next(&at, end)) && unit_at(after, &kind) == 0 &&
	       numeral_run(after, 1) == 0 && numeral_after(&after, &word) == SIDE_EXACT;
}

int is_hotline(const char *digits, size_t n, const char *after)
{
	static const char *const behind[] = { "热线", "市长热线", "政务", "便民", "举报", "平台",
		"投诉", "营商", "”", "\"", "公共法律", "法律服务", "法律援助", "检察服务", "消费",
		"报警", "接警", "指挥", "急救", "联动", "中心" };
	int short_number = n == 5 && strncmp(digits, "12", 2) == 0;
	int emergency = n == 3 && digits[0] == '1' && (digits[1] == '1' || digits[1] == '2');
	if (!short_number && !emergency)
		return 0;
	for (size_t i = 0; i < LENGTH(behind); i++)
		if (begins(after, behind[i]))
			return 1;
	/* 12348接听: all of 123xx are hotlines, and nothing that is counted follows. */
	return short_number && digits[2] == '3' && goes_on_in_words(after);
}
