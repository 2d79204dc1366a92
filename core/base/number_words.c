/* number_words.c: tables of measure words and set phrases, longest match. */
#include "base/number_words.h"

#include "base/length.h"
#include "base/numeral.h"
#include "base/utf8.h"

#include <string.h>

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
	{ "个多月", UNIT_TIME, 1 },
	{ "个多小时", UNIT_TIME, 1 },
	{ "个多星期", UNIT_TIME, 1 },
	{ "个星期", UNIT_TIME, 1 },
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
	/* Places whose names go on like a count. */
	"三门峡",
	"三门县",
	"三台县",
	"三元区",
	"五家渠",
	"五台县",
	"五台山",
	"五大连池",
	"七台河",
	"九台区",
};

static const char *const idioms[] = { "一心一意", "一五一十", "一举两得", "一分为二", "一日三餐",
	"两全其美", "两面三刀", "三番五次", "三番两次", "三令五申", "三言两语", "三天两头",
	"三三两两", "三五成群", "三年五载", "三六九等", "四面八方", "四通八达", "四平八稳",
	"五花八门", "五湖四海", "五光十色", "七上八下", "七嘴八舌", "九牛一毛", "百家争鸣",
	"百花齐放", "百年大计", "千家万户", "千辛万苦", "千方百计", "千篇一律", "千人一面",
	"万家灯火" };

/* Counted things that begin like a phrase. */
static const char *const no_phrases[] = { "三公里", "三公斤", "三公顷", "三公分", "三公尺",
	"两会场", "两会员", "一门课", "一门类", "一门学", "一门功", "一窗口" };

size_t phrase_at(const char *text)
{
	for (size_t i = 0; i < LENGTH(no_phrases); i++)
		if (begins(text, no_phrases[i]))
			return 0;
	for (size_t i = 0; i < LENGTH(phrases); i++)
		if (begins(text, phrases[i]))
			return strlen(phrases[i]);
	return 0;
}

size_t idiom_at(const char *text)
{
	for (size_t i = 0; i < LENGTH(idioms); i++)
		if (begins(text, idioms[i]))
			return strlen(idioms[i]);
	return 0;
}

int word_follows(const char *after)
{
	const char *at = after, *word, *end = after + strnlen(after, 4);
	enum unit_kind kind;
	return utf8_is_han(utf8_next(&at, end)) && unit_at(after, &kind) == 0 &&
	       numeral_run(after, 1) == 0 && numeral_after(&after, &word) == SIDE_EXACT;
}

const char *past_pair(const char *at)
{
	/* Between two numbers these make no phrase: 三月二日, 三至五, 三是四川. */
	static const char *const others[] = { "月", "点", "是", "第", "至", "到", "和", "与", "或",
		"及", "加", "比", "分", "大", "届", "期", "号", "级", "成", "季", "来", "几",
		"中" };
	if (numeral_figure(at) < 2) /* 统一由四川 */
		return NULL;
	for (int i = 0; i < 2; i++) {
		if (numeral_figure(at) < 1)
			return NULL;
		at += 3;
		if (!word_follows(at))
			return NULL;
		for (size_t k = 0; k < LENGTH(others); k++)
			if (begins(at, others[k]))
				return NULL;
		utf8_next(&at, at + strnlen(at, 4));
	}
	return at;
}

int makes_one_count(const char *text, const char *at)
{
	static const char *const words[] = { "仅", "只", "共", "计", "达", "仅有", "只有", "保留",
		"新增" };
	for (size_t i = 0; i < LENGTH(words); i++)
		if (ends(text, at, words[i]))
			return 1;
	return 0;
}

int is_part_of_word(const char *text, const char *at)
{
	static const char *const words[] = { "几", "若", "每", "某", "之", "接" };
	for (size_t i = 0; i < LENGTH(words); i++)
		if (ends(text, at, words[i]))
			return 1;
	if (begins(at, "四处"))
		return 1;
	return ends(text, at, "数") && numeral_figure(at) < 0; /* 件数三件 is none of these */
}

int is_numbered_thing(const char *after)
{
	static const char *const things[] = { "楼", "院", "线", "桥", "门", "机组", "机井", "井",
		"厂", "馆", "站", "台", "仓", "房", "库", "柜", "窗", "路", "公路", "车间", "地块",
		"宗地", "工程", "池", "炉", "矿", "渠" };
	for (size_t i = 0; i < LENGTH(things); i++)
		if (begins(after, things[i]))
			return 1;
	return 0;
}
