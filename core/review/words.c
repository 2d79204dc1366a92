/* words.c: short lists of set words, matched greedily. */
#include "review/words.h"

#include "base/length.h"

#include <stdint.h>
#include <string.h>

/* Longer ones before those that begin them. */
static const char *const neutral[] = { "一年来", "本年度", "年度内", "年度", "全系统", "县政府",
	"市政府", "区政府", "各单位", "各部门", "各乡镇", "各级", "各类", "各项", "各种",
	"截至目前", "截至", "截止", "年底", "年末", "目前", "现有", "现已", "共计", "累计", "总计",
	"合计", "先后", "已经", "依法", "依规", "及时", "积极", "认真", "严格", "扎实", "有序",
	"深入", "持续", "全面", "不断", "组织", "开展", "举办", "召开", "进行", "完成", "实现",
	"作出", "做出", "实行", "落实", "推行", "配备", "建立", "成立", "设立", "组建", "发放",
	"提供", "出具", "办理", "公布", "发布", "梳理", "制定", "印发", "出台", "推出", "审查",
	"审核", "处理", "集中", "县级", "市级", "区级", "镇级", "乡级", "村级", "全部", "主动",
	"规范", "统一", "继续", "首次", "新增", "收到", "办结", "参加", "参与", "全年", "全县",
	"全市", "全区", "全镇", "全乡", "全局", "我县", "我市", "我区", "我局", "我镇", "我乡",
	"我委", "我办", "本县", "本市", "本区", "本局", "本级", "今年", "当年", "年内", "分别",
	"其中", "同时", "以及", "另有", "工作", "任务", "事项", "情况", "案件", "共", "总", "已",
	"并", "均", "也", "还", "有", "为", "是", "达", "的", "了", "和", "与", "及", "对", "将",
	"把", "在", "全", "各", "年", "月", "日", "县", "市", "区", "局", "镇", "乡", "现", "、",
	"（", "）", "“", "”", "《", "》", " " };

static const char *const joining[] = { "数量为", "总数为", "分别为", "数量", "总数", "人数", "件数",
	"共计", "累计", "总计", "合计", "增至", "达到", "完成", "保持在", "稳定在", "决定", "案件",
	"事项", "工作", "任务", "活动", "清单", "共", "达", "为", "是", "有", "了", "的", "数",
	"计", "：", ":", "（", "“", "”", " " };

static const char *const comparing[] = { "同比", "相比", "较", "比", "增长", "增加", "上升", "下降",
	"减少", "提高", "压减", "缩短", "提升", "占", "平均", "人均", "每", "以来", "五年", "三年",
	"历年", "近年", "目标", "计划", "不少于", "力争", "至少", "超过", "余额", "首批", "第",
	"季度", "上半年", "下半年", "月份", "全省", "全国", "上级", "国务院", "全球" };

static const char *const last_year[] = { "上年", "去年", "上一年" };

static const char *const county[] = { "全县", "全市", "全区", "全州", "全旗", "全域" };

/* Longer ones before those that begin or end them. */
static const char *const joined[] = { "以及", "、", "和", "与", "及" };

static const char *const not_joined[] = { "参与", "涉及", "普及", "惠及", "提及", "给与", "总和",
	"调和" };

static const char *const sum[] = { "共", "合计", "总计", "总数", "总共" };

static const char *const each[] = { "分别", "各" };

static const char *const others[] = { "其他单位", "其他部门", "其他执法", "其他机关", "其他乡镇",
	"其他案件", "其余单位", "其余部门", "各单位", "各部门", "各乡镇", "各镇", "各执法单位",
	"自行", "民商事", "民事", "刑事", "两级", "三级", "县乡", "进驻", "新任职", "新提拔",
	"新录用", "拟任", "任前", "兄弟", "巡察", "巡视", "环保督察", "中级人民法院", "中院",
	"高院" };

/* Ends of what stands before a noun to narrow it. */
static const char *const narrowing[] = { "部门", "单位", "乡镇", "企业", "领域", "方面", "系统",
	"行业", "党内", "村级", "镇级", "乡级", "类", "型", "性", "专项", "重点", "网上", "线上",
	"涉企", "简易", "一般", "普通" };

/* Whether the text is nothing but words of the list, digits and signs of dates. */
static int consists_of(const char *text, size_t n, const char *const *words, size_t count)
{
	for (size_t at = 0; at < n;) {
		size_t step = text[at] >= '0' && text[at] <= '9' ? 1 : 0;
		for (size_t i = 0; i < count && !step; i++) {
			size_t size = strlen(words[i]);
			if (size <= n - at && memcmp(words[i], text + at, size) == 0)
				step = size;
		}
		if (!step)
			return 0;
		at += step;
	}
	return 1;
}

/* One pass: a character that begins no word is passed over by its last byte. */
static int holds(const char *text, size_t n, const char *const *words, size_t count)
{
	uint64_t begins = 0;
	for (size_t i = 0; i < count; i++)
		begins |= UINT64_C(1) << (words[i][2] & 0x3F);
	for (size_t at = 0; at + 3 <= n; at++) {
		if ((unsigned char)text[at] < 0xE0 || !(begins >> (text[at + 2] & 0x3F) & 1))
			continue;
		for (size_t i = 0; i < count; i++) {
			if (words[i][1] != text[at + 1] || words[i][2] != text[at + 2])
				continue;
			size_t size = strlen(words[i]);
			if (size <= n - at && memcmp(words[i], text + at, size) == 0)
				return 1;
		}
	}
	return 0;
}

int words_are_neutral(const char *text, size_t n)
{
	return consists_of(text, n, neutral, LENGTH(neutral));
}

static int ends_with(const char *text, size_t n, const char *word)
{
	size_t size = strlen(word);
	return size <= n && memcmp(text + n - size, word, size) == 0;
}

int words_narrow(const char *text, size_t n)
{
	for (size_t i = 0; i < LENGTH(narrowing); i++)
		if (ends_with(text, n, narrowing[i]))
			return 1;
	return 0;
}

size_t words_begin_joined(const char *text, size_t n)
{
	for (size_t i = 0; i < LENGTH(joined); i++) {
		size_t size = strlen(joined[i]);
		if (size <= n && memcmp(text, joined[i], size) == 0)
			return size;
	}
	return 0;
}

size_t words_end_joined(const char *text, size_t n)
{
	for (size_t i = 0; i < LENGTH(not_joined); i++)
		if (ends_with(text, n, not_joined[i]))
			return 0;
	for (size_t i = 0; i < LENGTH(joined); i++)
		if (ends_with(text, n, joined[i]))
			return strlen(joined[i]);
	return 0;
}

int words_hold_joined(const char *text, size_t n)
{
	for (size_t at = 0; at + 3 <= n; at += ((unsigned char)text[at] >= 0xE0 ? 3 : 1))
		if (words_begin_joined(text + at, n - at) || memcmp(text + at, "等", 3) == 0)
			return 1;
	return 0;
}

int words_of_sum(const char *text, size_t n)
{
	return holds(text, n, sum, LENGTH(sum));
}

int words_of_each(const char *text, size_t n)
{
	return holds(text, n, each, LENGTH(each));
}

int words_of_others(const char *text, size_t n)
{
	return holds(text, n, others, LENGTH(others));
}

int words_join(const char *text, size_t n)
{
	return consists_of(text, n, joining, LENGTH(joining));
}

int words_compare(const char *text, size_t n)
{
	return holds(text, n, comparing, LENGTH(comparing));
}

int words_of_last_year(const char *text, size_t n)
{
	return holds(text, n, last_year, LENGTH(last_year));
}

int words_of_county(const char *text, size_t n)
{
	return holds(text, n, county, LENGTH(county));
}

int words_of_other_year(const char *text, size_t n, int year)
{
	for (size_t at = 0; at + 7 <= n; at++) {
		int value = 0;
		size_t digits = 0;
		while (digits < 4 && text[at + digits] >= '0' && text[at + digits] <= '9')
			value = value * 10 + (text[at + digits++] - '0');
		if (digits == 4 && memcmp(text + at + 4, "年", 3) == 0 && value != year)
			return 1;
		at += digits ? digits - 1 : 0;
	}
	return 0;
}
