/* Numbers in prose: what each is, and what it may mean. Reads as a list of examples. */
#include "base/number.h"

#include "base/quantity.h"
#include "base/utf8.h"
#include "found.h"

/* "quantity:20余万元=200000..300000 元", "date:2021年", one a line. */
static const char *numbers(struct arena *arena, const char *text, size_t n)
{
	struct buf out = { 0 };
	struct number *list;
	size_t count = numbers_find(arena, text, n, &list);

	for (size_t i = 0; i < count; i++) {
		const struct number *number = &list[i];
		const struct nb_quantity *q = &number->quantity;

		buf_addf(&out, "%s%s:%.*s", i ? "\n" : "", number_kind_id(number->kind),
		    (int)(number->end - number->start), text + number->start);
		if (number->kind != NUMBER_QUANTITY)
			continue;
		buf_addf(&out, "=%s", quantity_print(arena, q->low, 6));
		if (q->state == NB_APPROXIMATE)
			buf_addf(&out, "..%s",
			    q->high == NB_UNBOUNDED ? "" : quantity_print(arena, q->high, 6));
		if (*number->unit)
			buf_addf(&out, " %s", number->unit);
	}
	const char *lines = arena_strdup(arena, buf_str(&out));
	buf_release(&out);
	return lines;
}

struct example {
	const char *text, *numbers;
};

static void check(const struct example *examples, size_t count)
{
	struct arena arena = { 0 };

	for (size_t i = 0; i < count; i++) {
		const char *text = examples[i].text;
		SAME_TEXT(numbers(&arena, text, strlen(text)), examples[i].numbers, text);
	}
	arena_release(&arena);
}

Test(base, number_of_a_table_or_picture)
{
	static const struct example examples[] = {
		{ "审理结果见图1和表12。", "ordinal:1\nordinal:12" },
		{ "图1　办理情况", "ordinal:1" },
		{ "如图3所示，（表4）、附件5。", "ordinal:3\nordinal:4\nordinal:5" },
		{ "绘制示意图3幅，报表2份", "quantity:3幅=3 幅\nquantity:2份=2 份" },
		{ "邀请人大代表12", "quantity:12=12" },
		{ "见表3份", "quantity:3份=3 份" },
	};
	check(examples, COUNT(examples));
}

Test(base, number_quantity_in_digits)
{
	static const struct example examples[] = {
		{ "", "" },
		{ "没有数字的一段话。", "" },
		{ "办理14件", "quantity:14件=14 件" },
		{ "14", "quantity:14=14" },
		{ "办理0件", "quantity:0件=0 件" },
		{ "印发2,500件", "quantity:2,500件=2500 件" },
		{ "印发1,234,567份", "quantity:1,234,567份=1234567 份" },
		{ "537个事项网上办,327个", "quantity:537个=537 个\nquantity:327个=327 个" },
		{ "受理537,327件", "quantity:537,327件=537327 件" },
		{ "受理12,34件", "quantity:12=12\nquantity:34件=34 件" },
		{ "受理1234,567件", "quantity:1234=1234\nquantity:567件=567 件" },
		{ "2,500 件", "quantity:2,500 件=2500 件" },
		{ "办理 14 件，其中 3 件", "quantity:14 件=14 件\nquantity:3 件=3 件" },
		{ "约 800 余", "quantity:约 800=700..900" },
		{ "不超20户、未逾3件、最多5次", "quantity:不超20户=0..20 户\nquantity:未逾3件=0..3 "
		                                "件\nquantity:最多5次=0..5 次" },
		{ "96.3 %", "quantity:96.3 %=96.3 %" },
		{ "12 34件", "quantity:12=12\nquantity:34件=34 件" },
		{ "3.5倍", "quantity:3.5倍=3.5 倍" },
		{ "人均1.1234567元", "quantity:1.1234567元=1.123456 元" },
		{ "共3。", "quantity:3=3" },
		{ "共3.", "quantity:3=3" },
		{ "１４件", "quantity:１４件=14 件" },
		{ "共１４件，另２０余件", "quantity:１４件=14 件\nquantity:２０余件=20..30 件" },
		{ "９６．３％", "quantity:９６．３％=96.3 %" },
		{ "１，２３４件", "quantity:１，２３４件=1234 件" },
		{ "办１４，结３", "quantity:１４=14\nquantity:３=3" },
		{ "近８００件约1万", "quantity:近８００件=700..800 件\nquantity:约1万=0..20000" },
		{ "开发APP3个、UPS2台", "quantity:3个=3 个\nquantity:2台=2 台" },
		{ "5千人、3百户、2千万元", "quantity:5千人=5000 人\nquantity:3百户=300 户\n"
		                           "quantity:2千万元=20000000 元" },
		{ "12千米", "quantity:12千米=12 千米" },
		{ "1.5亿元", "quantity:1.5亿元=150000000 元" },
		{ "1.2万亿元", "quantity:1.2万亿元=1200000000000 元" },
		{ "20万元", "quantity:20万元=200000 元" },
		{ "20万件", "quantity:20万件=200000 件" },
		{ "300人次", "quantity:300人次=300 人次" },
	};
	check(examples, COUNT(examples));
}

Test(base, number_approximate)
{
	static const struct example examples[] = {
		{ "2500余次", "quantity:2500余次=2500..2600 次" },
		{ "20余万元", "quantity:20余万元=200000..300000 元" },
		{ "2万余件", "quantity:2万余件=20000..30000 件" },
		{ "2万多件", "quantity:2万多件=20000..30000 件" },
		{ "近800件", "quantity:近800件=700..800 件" },
		{ "将近800件", "quantity:将近800件=700..800 件" },
		{ "约800件", "quantity:约800件=700..900 件" },
		{ "大约800件", "quantity:大约800件=700..900 件" },
		{ "800件左右", "quantity:800件左右=700..900 件" },
		{ "800件以上", "quantity:800件以上=800.. 件" },
		{ "800余件以上", "quantity:800余件=800..900 件" },
		{ "不少于3次", "quantity:不少于3次=3.. 次" },
		{ "至少3次", "quantity:至少3次=3.. 次" },
		{ "超过300人", "quantity:超过300人=300.. 人" },
		{ "不超过300人", "quantity:不超过300人=0..300 人" },
		{ "不足10人", "quantity:不足10人=0..10 人" },
		{ "未超过3次", "quantity:未超过3次=0..3 次" },
		{ "高于90%", "quantity:高于90%=90.. %" },
		{ "不高于90%", "quantity:不高于90%=0..90 %" },
		{ "低于5%", "quantity:低于5%=0..5 %" },
		{ "逾300人", "quantity:逾300人=300.. 人" },
		{ "不到10件", "quantity:不到10件=0..10 件" },
		{ "十余件", "quantity:十余件=10..20 件" },
		{ "二十余万元", "quantity:二十余万元=200000..300000 元" },
		{ "近百件", "quantity:近百件=0..100 件" },
		{ "超千人次", "quantity:超千人次=1000.. 人次" },
		{ "附近百姓", "" },
		{ "上百名", "" },
		{ "12次多部门检查", "quantity:12次=12 次" },
		{ "百余人", "quantity:百余人=100..200 人" },
		{ "千余份", "quantity:千余份=1000..2000 份" },
		{ "三百多名", "quantity:三百多名=300..400 名" },
		/* The words in another word are none of these. */
		{ "最近3次", "quantity:3次=3 次" },
		{ "预约3次", "quantity:3次=3 次" },
		{ "签约3家", "quantity:3家=3 家" },
		{ "节约20万元", "quantity:20万元=200000 元" },
		/* From one to another. */
		{ "3至5名", "quantity:3至5名=3..5 名" },
		{ "3到5名", "quantity:3到5名=3..5 名" },
		{ "三至五名", "quantity:三至五名=3..5 名" },
		{ "10—15个", "quantity:10—15个=10..15 个" },
		{ "10-15个", "quantity:10-15个=10..15 个" },
		{ "3～5万元", "quantity:3～5万元=30000..50000 元" },
		{ "1,000-1,500件", "quantity:1,000-1,500件=1000..1500 件" },
		{ "5-3个", "quantity:5=5\nquantity:3个=3 个" },
		{ "200元至500元", "quantity:200元=200 元\nquantity:500元=500 元" },
	};
	check(examples, COUNT(examples));
}

Test(base, number_share)
{
	static const struct example examples[] = {
		{ "96.3%", "quantity:96.3%=96.3 %" },
		{ "96.3％", "quantity:96.3％=96.3 %" },
		{ "90余%", "quantity:90余%=90..100 %" },
		{ "95%以上", "quantity:95%以上=95.. %" },
		{ "近90%", "quantity:近90%=80..90 %" },
		{ "百分之九十五", "quantity:百分之九十五=95 %" },
		{ "百分之九十五点五", "quantity:百分之九十五点五=95.5 %" },
		{ "百分之零点五", "quantity:百分之零点五=0.5 %" },
		{ "百分之百", "quantity:百分之百=100 %" },
		{ "百分之八十以上", "quantity:百分之八十以上=80.. %" },
		{ "近百分之九十", "quantity:近百分之九十=80..90 %" },
		{ "三分之二", "quantity:三分之二=65.666666..67.666666 %" },
		{ "三分之二以上", "quantity:三分之二以上=66.666666.. %" },
		{ "三分之四", "" },
		{ "提高3个百分点", "quantity:3个百分点=3 百分点" },
		{ "下降0.5百分点", "quantity:0.5百分点=0.5 百分点" },
		{ "提高3个百分点以上", "quantity:3个百分点以上=3.. 百分点" },
	};
	check(examples, COUNT(examples));
}

Test(base, number_quantity_in_numerals)
{
	static const struct example examples[] = {
		{ "九大综合执法队", "quantity:九大=9" },
		{ "8大类35项", "quantity:8大=8\nquantity:35项=35 项" },
		{ "三个", "quantity:三个=3 个" },
		{ "两批", "quantity:两批=2 批" },
		{ "十四件", "quantity:十四件=14 件" },
		{ "二百零三人", "quantity:二百零三人=203 人" },
		{ "一万二千元", "quantity:一万二千元=12000 元" },
		{ "一百二十件", "quantity:一百二十件=120 件" },
		{ "一亿二千万元", "quantity:一亿二千万元=120000000 元" },
		{ "三十六个乡镇", "quantity:三十六个=36 个" },
		{ "合同三份、清单两份", "quantity:三份=3 份\nquantity:两份=2 份" },
		{ "会同三家单位", "quantity:三家=3 家" },
		{ "件数三件", "quantity:三件=3 件" },
		{ "整合三个平台", "quantity:三个=3 个" },
		/* 一 counts where it is meant to, only. */
		{ "一件", "" },
		{ "这是一件好事", "" },
		{ "仅一件", "quantity:一件=1 件" },
		{ "只有一件", "quantity:一件=1 件" },
		{ "共一批", "quantity:一批=1 批" },
		{ "统一", "" },
		{ "之一", "" },
		{ "一些", "" },
		{ "一方面", "" },
		{ "进一步", "" },
		{ "逐一、唯一、单一、一致、一律、一般、一定、一直、一旦、万一、一体化", "" },
		{ "数十", "" },
		{ "数十件", "" },
		{ "几百", "" },
		{ "几百人", "" },
		{ "十几件", "" },
		{ "若干", "" },
		{ "每三个月", "" },
		{ "四处宣传", "" },
		{ "十分重视", "" },
		{ "千方百计", "" },
		{ "二次供水", "name:二次供水" },
		{ "三四个", "" },
		{ "三番五次、五花八门、四面八方、五湖四海、七上八下", "" },
		{ "千家万户、三令五申、一心一意", "" },
	};
	check(examples, COUNT(examples));
}

Test(base, number_date)
{
	static const struct example examples[] = {
		{ "2021年", "date:2021年" },
		{ "2021年度", "date:2021年度" },
		{ "2021年底", "date:2021年底" },
		{ "21年", "date:21年" },
		{ "2021年10月30日", "date:2021年10月30日" },
		{ "2021年 7月", "date:2021年 7月" },
		{ "10月30日", "date:10月30日" },
		{ "12月3号", "date:12月3号" },
		{ "11月底", "date:11月底" },
		{ "3月", "date:3月" },
		{ "1—11月", "date:1—11月" },
		{ "1至11月", "date:1至11月" },
		{ "3月至5月", "date:3月\ndate:5月" },
		{ "30日", "date:30日" },
		{ "20至22日", "date:20至22日" },
		{ "2020—2025年", "date:2020—2025年" },
		{ "2020至2025年度", "date:2020至2025年度" },
		{ "2020、2021年", "date:2020、2021年" },
		{ "（2021）", "date:2021" },
		{ "2021-03-09", "date:2021-03-09" },
		{ "2021.3.9", "date:2021.3.9" },
		{ "2021/3/9", "date:2021/3/9" },
		{ "2021.03", "date:2021.03" },
		{ "20210309", "date:20210309" },
		{ "2021.5万元", "quantity:2021.5万元=20215000 元" },
		{ "2021-03-09 10:05:38", "date:2021-03-09\ndate:10:05:38" },
		{ "10:05", "date:10:05" },
		{ "14：30", "date:14：30" },
		{ "9:00—10:30", "date:9:00\ndate:10:30" },
		{ "14时30分", "date:14时30分" },
		{ "9点30分", "date:9点30分" },
		{ "二〇二一年", "date:二〇二一年" },
		{ "二〇三五年", "date:二〇三五年" },
		{ "二〇二一年十月三十日", "date:二〇二一年十月三十日" },
		{ "十月", "date:十月" },
		{ "十二月三日", "date:十二月三日" },
		{ "第三季度", "date:第三季度" },
		{ "第2季度", "date:第2季度" },
		{ "一季度", "date:一季度" },
		{ "２０２１年", "date:２０２１年" },
		/* How long. */
		{ "30日内", "date:30日" },
		{ "15个工作日", "date:15个工作日" },
		{ "5工作日", "date:5工作日" },
		{ "三个月内", "date:三个月" },
		{ "十五日内", "date:十五日" },
		{ "3年", "date:3年" },
		{ "三年", "date:三年" },
		{ "3—5年", "date:3—5年" },
		{ "24小时", "date:24小时" },
		{ "6个月", "date:6个月" },
		{ "1-3季度", "date:1-3季度" },
		{ "3个多月", "date:3个多月" },
		{ "三个多小时", "date:三个多小时" },
		{ "2025年1—11月", "date:2025年1—11月" },
		/* What is typed for 〇. */
		{ "二○二一年", "date:二○二一年" },
		{ "二零二一年十月", "date:二零二一年十月" },
		{ "二O二一年", "date:二O二一年" },
		{ "○三个", "quantity:三个=3 个" },
		{ "8点半", "date:8点半" },
	};
	check(examples, COUNT(examples));
}

Test(base, number_document)
{
	static const struct example examples[] = {
		{ "沁政办发〔2021〕28号", "document:〔2021〕28号" },
		{ "[2021]28号", "document:[2021]28号" },
		{ "（2021）28号", "document:（2021）28号" },
		{ "〔2021〕第28号", "document:〔2021〕第28号" },
		{ "令第713号", "document:第713号" },
		{ "国务院令713号", "document:713号" },
		{ "2021年第3号", "document:2021年第3号" },
		{ "（2021）晋05行终12号", "document:（2021）晋05行终12号" },
		{ "（2021）晋05行终，12号", "date:2021\ncode:05\nordinal:12号" },
		{ "第二十四条", "article:第二十四条" },
		{ "第24条第一款", "article:第24条\narticle:第一款" },
		{ "第三章", "article:第三章" },
		{ "第三至五条", "article:第三至五条" },
		{ "晋罚〔2021〕第12-1号", "document:〔2021〕第12-1号" },
		{ "第1-3条", "article:第1-3条" },
		{ "［2021］28 号", "document:［2021］28 号" },
		{ "〔2021〕 28号", "document:〔2021〕 28号" },
		{ "〔 2021 〕 第 28 号", "document:〔 2021 〕 第 28 号" },
		{ "（2021） 晋05行终 12 号", "document:（2021） 晋05行终 12 号" },
		{ "〔2021〕 3件", "date:2021\nquantity:3件=3 件" },
		{ "713号令", "document:713号" },
		{ "第713号令", "document:第713号" },
		{ "第3号公告", "document:第3号" },
	};
	check(examples, COUNT(examples));
}

Test(base, number_ordinal)
{
	static const struct example examples[] = {
		{ "第一批", "ordinal:第一批" },
		{ "第一", "ordinal:第一" },
		{ "第1名", "ordinal:第1名" },
		{ "首批", "ordinal:首批" },
		{ "一是加强；二是规范", "ordinal:一是\nordinal:二是" },
		{ "一、加强", "ordinal:一" },
		{ "十一、加强", "ordinal:十一" },
		{ "（一）加强", "ordinal:一" },
		{ "(1)加强", "ordinal:1" },
		{ "（1）加强。（2）规范", "ordinal:1\nordinal:2" },
		{ "立案（14）", "quantity:14=14" },
		{ "1.加强", "ordinal:1" },
		{ "  1. 加强\n2、规范", "ordinal:1\nordinal:2" },
		{ "1)加强", "ordinal:1" },
		{ "一期工程", "ordinal:一期" },
		{ "五一、十一期间", "" },
		{ "1-5号文件", "ordinal:1-5号" },
		{ "3号楼", "ordinal:3号" },
		{ "第3号楼", "ordinal:第3号" },
		{ "第三号机井", "ordinal:第三号" },
		{ "1.2021年是起步期", "ordinal:1\ndate:2021年" },
		{ "1.12月开展", "ordinal:1\ndate:12月" },
		{ "1.2021.3.9开展", "ordinal:1\ndate:2021.3.9" },
		{ "1.12345热线", "ordinal:1\ncode:12345" },
		{ "1.12件", "quantity:1.12件=1.12 件" },
		{ "1.5亿元", "quantity:1.5亿元=150000000 元" },
		{ "2.0版", "ordinal:2.0" },
	};
	check(examples, COUNT(examples));
}

Test(base, number_name)
{
	static const struct example examples[] = {
		{ "十四五规划", "name:十四五" },
		{ "“十四五”规划", "name:十四五" },
		{ "“八五”普法", "name:八五" },
		{ "八五普法", "name:八五普法" },
		{ "党的二十大", "name:二十大" },
		{ "十九届六中全会", "name:十九届六中全会" },
		{ "二十届三中全会", "name:二十届三中全会" },
		{ "三项制度", "name:三项制度" },
		{ "收支两条线", "name:两条线" },
		{ "一网通办", "name:一网通办" },
		{ "一件事一次办", "name:一件事一次办" },
		{ "三公经费", "name:三公" },
		{ "三公里、两会场、一门课", "quantity:三公里=3 公里" },
		{ "1+1+N", "name:1+1+N" },
		{ "“1+3+N”模式", "name:1+3+N" },
		{ "7×24小时", "name:7×24小时" },
		{ "7x24 小时", "name:7x24 小时" },
		{ "3·15、12·4宣传", "name:3·15\nname:12·4" },
		{ "3:1", "name:3:1" },
		{ "十五届三次全会", "name:十五届三次" },
		{ "三位一体", "name:三位一体" },
		{ "7*24", "name:7*24" },
		{ "“三无”“三可”", "name:三无\nname:三可" },
		{ "“三无三可”", "name:三无三可" },
		{ "《“十四五”规划》", "name:十四五" },
		{ "《第十四个五年规划和二〇三五年远景目标》", "name:十四\ndate:二〇三五年" },
		{ "《2021年度清单》", "date:2021年度" },
		{ "《清单（2021）28号》3件", "name:（2021）28号\nquantity:3件=3 件" },
		{ "《办理14件》14件", "name:14\nquantity:14件=14 件" },
		{ "《没有关上\n14件", "quantity:14件=14 件" },
		{ "《没有关上3件，结4件", "quantity:3件=3 件\nquantity:4件=4 件" },
		{ "《没有《关上》3件", "quantity:3件=3 件" },
		{ "《关于《清单》14件》3件", "name:14\nquantity:3件=3 件" },
		{ "12.4国家宪法日", "name:12.4" },
		{ "4.15全民国家安全教育日", "name:4.15" },
		{ "12·4国家宪法日", "name:12·4" },
		{ "“3.15”", "name:3.15" },
		{ "“12·4”", "name:12·4" },
		{ "增长3.15，全年", "quantity:3.15=3.15" },
		{ "“2.5倍”", "quantity:2.5倍=2.5 倍" },
		{ "N+1、A+B", "name:N+1" },
		{ "aN+1", "quantity:1=1" },
		{ "19大、党的20大精神", "name:19大\nname:20大" },
		{ "20大类", "quantity:20大=20" },
		{ "20届三中全会", "name:20届三中全会" },
		{ "举办3届运动会", "quantity:3届=3 届" },
		{ "三无三可标准", "name:三无三可" },
		{ "三纵三十横、三违三人、三月二日", "quantity:三人=3 人\ndate:三月二日" },
		{ "\"三无\"和\"三可\"，三个", "name:三无\nname:三可\nquantity:三个=3 个" },
		{ "5\"屏三个，6\"屏", "quantity:5=5\nquantity:三个=3 个\nquantity:6=6" },
		{ "95后、“95后”", "name:95后\nname:95后" },
		{ "95后续", "quantity:95=95" },
		{ "“1236体系”", "name:1236体系" },
		{ "“1236”体系", "name:1236" },
		{ "“14”件、“3至5名”、“查处3件”",
		    "quantity:14=14\nquantity:3至5名=3..5 名\nquantity:3件=3 件" },
		{ "三门峡、五台山", "name:三门峡\nname:五台山" },
	};
	check(examples, COUNT(examples));
}

Test(base, number_code)
{
	static const struct example examples[] = {
		{ "12345热线", "code:12345" },
		{ "“12345”热线", "code:12345" },
		{ "12345件", "quantity:12345件=12345 件" },
		{ "12345余件", "quantity:12345余件=12345..12346 件" },
		{ "12345", "quantity:12345=12345" },
		{ "12345、12348热线", "code:12345\ncode:12348" },
		{ "12348接听3件", "code:12348\nquantity:3件=3 件" },
		{ "拨打110报警平台", "code:110" },
		{ "拨打110", "code:110" },
		{ "拨打电话120次", "quantity:120次=120 次" },
		{ "电话：7021234", "code:7021234" },
		{ "电话0356-7022222", "code:0356-7022222" },
		{ "电话（0356）7021234", "code:0356）7021234" },
		{ "电话回访7021234人", "quantity:7021234人=7021234 人" },
		{ "热线12345件", "quantity:12345件=12345 件" },
		{ "1.1.2", "code:1.1.2" },
		{ "192.168.1.1", "code:192.168.1.1" },
		{ "0356-7022222", "code:0356-7022222" },
		{ "119指挥中心", "code:119" },
		{ "110件", "quantity:110件=110 件" },
		{ "0356—7028888", "code:0356—7028888" },
		{ "400-800-8888", "code:400-800-8888" },
		{ "13800000000", "code:13800000000" },
		{ "140521199001010011", "code:140521199001010011" },
		{ "14052119900101001X", "code:14052119900101001X" },
		{ "91140521MA0K12345X", "code:91140521MA0K12345X" },
		{ "GB/T 9704-2012", "code:GB/T 9704-2012" },
		{ "GB/T9704-2012", "code:GB/T9704-2012" },
		{ "CT 5台", "quantity:5台=5 台" },
		{ "5G", "code:5G" },
		{ "A4纸", "code:A4" },
		{ "PM2.5浓度", "code:PM2.5" },
		{ "http://www.qinshui.gov.cn/2021/t1.html",
		    "code:http://www.qinshui.gov.cn/2021/t1.html" },
		{ "见www.163.com。3件", "code:www.163.com\nquantity:3件=3 件" },
		{ "sfj2021@163.com", "code:sfj2021@163.com" },
		{ "123@qq.com", "code:123@qq.com" },
		{ "编号007", "code:007" },
		{ "99999999999999999999999999999999999999999999",
		    "code:99999999999999999999999999999999999999999999" },
		{ "9000万亿", "code:9000万亿" },
	};
	check(examples, COUNT(examples));
}

/* Appends the numbers of a line that count, each with where it stands, one a line. */
static void add_counted(struct buf *out, struct arena *arena, const char *line)
{
	struct number *list;
	size_t count = numbers_find(arena, line, strlen(line), &list);

	for (size_t i = 0; i < count; i++) {
		const struct nb_quantity *q = &list[i].quantity;
		if (list[i].kind != NUMBER_QUANTITY)
			continue;
		buf_addf(out, "%zu %.*s=%s", list[i].start, (int)(list[i].end - list[i].start),
		    line + list[i].start, quantity_print(arena, q->low, 6));
		if (q->state == NB_APPROXIMATE)
			buf_addf(out, "..%s",
			    q->high == NB_UNBOUNDED ? "" : quantity_print(arena, q->high, 6));
		buf_addf(out, " %s\n", list[i].unit);
	}
}

/*
 * Paragraphs as counties write them. What counts is marked ⟦2万余份=20000..30000 份⟧,
 * by hand; all other numbers are dates, names and the like.
 */
Test(base, number_in_county_reports, SCRATCH)
{
	struct buf file = { 0 };
	struct err err;
	unsigned line = 1;

	cr_assert_eq(file_read("tests/base/counties.txt", 1 << 20, &file, &err), 0);
	for (char *next, *p = file.data; *p; p = next, line++) {
		struct buf plain = { 0 }, marked = { 0 }, read = { 0 };
		next = p + strcspn(p, "\n");
		if (*next)
			*next++ = '\0';
		for (char *open; (open = strstr(p, "⟦")) != NULL;) {
			char *text = open + strlen("⟦"), *equals = strchr(text, '=');
			char *close = strstr(text, "⟧");

			cr_assert(equals && close && equals < close);
			*open = *equals = *close = '\0';
			buf_adds(&plain, p);
			buf_addf(&marked, "%zu %s=%s\n", plain.len, text, equals + 1);
			buf_adds(&plain, text);
			p = close + strlen("⟧");
		}
		buf_adds(&plain, p);
		add_counted(&read, &scratch_arena, buf_str(&plain));
		SAME_TEXT(buf_str(&read), buf_str(&marked),
		    arena_printf(&scratch_arena, "line %u", line));
		buf_release(&plain);
		buf_release(&marked);
		buf_release(&read);
	}
	buf_release(&file);
	cr_assert_gt(line, 20);
}

/* What holds for every number of every text. */
static void check_order(const char *text, size_t n, const char *of)
{
	struct arena arena = { 0 };
	struct number *list;
	size_t count = numbers_find(&arena, text, n, &list), last = 0;
	int valid = utf8_check(text, n) == n;

	for (size_t i = 0; i < count; i++) {
		const struct number *number = &list[i];
		const struct nb_quantity *q = &number->quantity;
		const size_t places[] = { number->start, number->digits, number->digits_end,
			number->end };
		int fine = last <= number->start && number->start <= number->digits &&
		           number->digits < number->digits_end &&
		           number->digits_end <= number->end && number->end <= n &&
		           q->low <= q->high && number->unit;

		for (size_t k = 0; k < COUNT(places) && fine && valid; k++)
			fine = places[k] == n || ((unsigned char)text[places[k]] & 0xC0) != 0x80;
		if (valid && fine)
			fine = utf8_check(q->text, strlen(q->text)) == strlen(q->text);
		cr_assert(fine, "%s: number %zu at %zu", of, i, number->start);
		last = number->end;
	}
	arena_release(&arena);
}

Test(base, number_takes_time_in_proportion)
{
	static const char *const units[] = { "1", "一", "〔", "“", "《", "（", "1+", "1-", "1,",
		"1.", "1/", "1:", "a1-", "a", "约", "近1", "百分之", "百分之一", "三分之二", "第",
		"第1", "第一至", "万", "1万", "十", "一千", "一百零", "一亿一万", "零", "１",
		"１，", " ", "\n", "\t", "\u3000", "（一", "（2021）", "〔2021〕字", "2021年",
		"1月", "1至", "一至", "12345、", "“一", "《1", "1 ", "1×", "0", "00-", "\xEF\xBC",
		"\x80", "\xF0", "1+1一〔“《约第万百分之１（一", "1a-", "N+", "\"", "\"一", "1.1",
		"〔 ", "《》", "《《》", "电话：", "3.1", "三无", "二○" };
	struct arena arena = { 0 };
	struct number *list;

	for (size_t i = 0; i < COUNT(units); i++) {
		struct buf text = repeat(units[i], 1000000 / strlen(units[i]));
		double start = spent();

		numbers_find(&arena, text.data, text.len, &list);
		cr_expect_lt(spent() - start, PATIENCE, "%s: %g s", units[i], spent() - start);
		check_order(text.data, text.len, units[i]);
		buf_release(&text);
		arena_release(&arena);
	}
}

/* Pieces of what numbers are made of, side by side as they never are. */
Test(base, number_of_any_text)
{
	static const char *const pieces[] = { "1", "23", "2021", "一", "二十", "两", "百", "万",
		"亿", "〇", "约", "近", "不少于", "余", "以上", "件", "万元", "%", "个百分点", "年",
		"月", "日", "季度", "第", "条", "号", "〔", "〕", "（", "）", "“", "”", "《", "》",
		"１", "２０", "，", "．", "：", ",", ".", ":", "-", "—", "至", "+", "×", "x", "/",
		"@", "a", "GB", " ", "\n", "分之", "点", "届", "大", "中全会", "热线", "统", "数",
		"仅", "、", "是", "○", "\"", "N", "后", "电话", "三无三可", "é", "😀", "\xE4",
		"\xEF\xBC", "\x80" };
	uint64_t z = 20250309;

	for (size_t round = 0; round < 20000; round++) {
		struct buf text = { 0 };
		/* Every other text is well-formed. */
		size_t choice = COUNT(pieces) - (round % 2 ? 0 : 3), length = 1 + round % 24;

		for (size_t i = 0; i < length; i++) {
			z = z * 6364136223846793005u + 1442695040888963407u;
			buf_adds(&text, pieces[(z >> 33) % choice]);
		}
		char *bare = mem_alloc(text.len); /* nothing behind it that may be read */
		memcpy(bare, text.data, text.len);
		check_order(bare, text.len, text.data);
		free(bare);
		buf_release(&text);
	}
	for (uint64_t seed = 1; seed < 200; seed++) {
		struct buf noise = { 0 };

		add_noise(&noise, 1000, seed);
		check_order(noise.data, noise.len, "noise");
		buf_release(&noise);
	}
	check_order("1\0002件", 6, "NUL");
}

/* The end of the bytes is the end of the text. */
Test(base, number_ends_with_the_text)
{
	struct arena arena = { 0 };
	const char *text = "办理14件，结13件";

	SAME_TEXT(numbers(&arena, text, strlen("办理14件")), "quantity:14件=14 件", text);
	SAME_TEXT(numbers(&arena, text, strlen("办理14")), "quantity:14=14", text);
	SAME_TEXT(numbers(&arena, text, strlen("办理1")), "quantity:1=1", text);
	SAME_TEXT(numbers(&arena, text, 0), "", text);
	arena_release(&arena);
}
