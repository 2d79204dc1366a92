/*
 * parks.c: the smallest chapter that uses everything a plugin can do: figures, a list, a topic, a
 * rule, check() and compose(). docs/plugin-guide.md explains it part by part.
 */
#include <nianbao/plugin.h>

enum { COLUMN_NAME, COLUMN_AREA };

static const struct nb_column columns[] = {
	[COLUMN_NAME] = { .id = "name", .label = "公园名称", .kind = NB_TEXT, .required = 1 },
	[COLUMN_AREA] = { .id = "area", .label = "面积（公顷）", .kind = NB_AMOUNT },
};

static const struct nb_list lists[] = {
	{ .id = "register", .label = "公园名录", .columns = NB_TABLE(columns) },
};

static const struct nb_figure figures[] = {
	{ .id = "total",
	    .label = "公园",
	    .unit = "个",
	    .kind = NB_COUNT,
	    .combine = NB_SUM,
	    .flags = NB_EXPECTED,
	    .note = "年底已建成开放的公园，一个公园一行列入名录",
	    .aliases = "建成公园|城市公园" },
	{ .id = "always_open", .label = "全天开放公园", .unit = "个" }, /* a count, added up */
	{ .id = "open_rate",
	    .label = "全天开放率",
	    .unit = "%",
	    .kind = NB_PERCENT,
	    .combine = NB_RATIO,
	    .ratio = "always_open / total" },
};

static const struct nb_topic topics[] = { { .id = "building", .label = "建设开放" } };

static const struct nb_rule rules[] = {
	{ .code = "register-rows",
	    .relation = "total = rows(register)",
	    .message = NB_N("parks should equal the rows of their register") },
};

static const struct nb_claim claims[] = {
	{ .subject = "公园",
	    .words = "全部全天开放|均全天开放",
	    .relation = "always_open = total" },
};

static const struct nb_code codes[] = {
	{ .code = "area-missing",
	    .severity = NB_WARNING,
	    .meaning = NB_N("a park in the register without its area"),
	    .advice = NB_N("fill in the area in hectares") },
};

/* What a column cannot ask for: an area is wanted, but a park without one still counts. */
static void parks_check(const struct nb_host *host, const struct nb_part *part)
{
	const struct nb_rows *parks = nb_part_list(part, "register");

	for (size_t i = 0; i < parks->count; i++) {
		const struct nb_row *row = &parks->rows[i];
		const struct nb_finding finding = {
			.code = "area-missing",
			.severity = NB_WARNING,
			.place = row->place,
			.subject = row->cells[COLUMN_NAME],
			.message = NB_N("the park '%s' has no area"),
			.args = { row->cells[COLUMN_NAME] },
		};

		if (!*row->cells[COLUMN_AREA])
			nb_report(host, &finding);
	}
}

static const struct nb_chart charts[] = {
	{ .id = "open",
	    .title = "公园开放情况",
	    .kind = NB_YEARS,
	    .figures = "total|always_open" },
};

/* Gives the template {{park_names}}: the names of all parks with 、 between them. */
static void parks_compose(const struct nb_host *host, const struct nb_county *county)
{
	const struct nb_rows *parks = nb_part_list(county->whole, "register");
	size_t size = 1;

	for (size_t i = 0; i < parks->count; i++)
		size += strlen("、") + strlen(parks->rows[i].cells[COLUMN_NAME]);

	char *names = host->alloc(host->self, size), *end = names;

	for (size_t i = 0; i < parks->count; i++) {
		end = stpcpy(end, i ? "、" : "");
		end = stpcpy(end, parks->rows[i].cells[COLUMN_NAME]);
	}
	host->put(host->self, "park_names", names);
}

__attribute__((visibility("default"))) const struct nb_chapter nianbao_chapter = {
	NB_CHAPTER_HEAD,
	.id = "parks",
	.title = "建好公园绿地，增进民生福祉",
	.version = "1.0",
	.figures = NB_TABLE(figures),
	.lists = NB_TABLE(lists),
	.topics = NB_TABLE(topics),
	.rules = NB_TABLE(rules),
	.check = parks_check,
	.compose = parks_compose,
	.claims = NB_TABLE(claims),
	.codes = NB_TABLE(codes),
	.charts = NB_TABLE(charts),
};
