#!/bin/sh
# formats.sh PREFIX: one text in every format, against pandoc (docx, html) and
# LibreOffice (pdf out of our docx): median of five runs, of three for what takes
# a rival more than a few seconds; peak memory; how time grows with the text.
set -eu
prefix=$(cd "$1" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# prose BYTES: a paper in the shape of published reports: a headline for every two paragraphs, and the
# same ones again and again as departments have them, paragraphs of 90 characters, a table now and then.
prose() {
	awk -v bytes="$1" 'BEGIN {
		n = split("健全工作机制 压实主体责任 严格审核程序 规范执法行为 畅通救济渠道 加强宣传培训 完善配套制度 强化跟踪问效 优化办理流程 推进信息共享 组织专项检查 及时公开结果", words, " ")
		print "# 测试县2025年度法治政府建设情况的报告\n"
		seed = 7
		for (i = 1; written < bytes; i++) {
			text = ""
			if (i % 40 == 1)
				text = "## " words[int(i / 40) % n + 1] "\n\n"
			if (i % 2 == 1)
				text = text "### " words[i % n + 1] "\n\n"
			for (s = 0; s < 3; s++) {
				seed = (seed * 1103 + 12345) % 65536
				text = text words[seed % n + 1] "，" words[(seed + s) % n + 1] "，全年办理" seed "件，其中按期办结" int(seed / 2) "件。"
			}
			text = text "\n\n"
			if (i % 60 == 0)
				text = text "| 事项 | 件数 |\n|---|---:|\n| 办理 | " seed " |\n| 办结 | " int(seed / 2) " |\n\n"
			printf "%s", text
			written += length(text) * (length("中") == 1 ? 3 : 1)
		}
	}'
}

# measured RUNS LABEL COMMAND…: $ms, the median of wall clock, and $mb, the most memory of a run
measured() {
	runs=$1 label=$2
	shift 2
	i=0
	: > times
	while [ $i -lt "$runs" ]; do
		i=$((i + 1))
		start=$(date +%s%N)
		/usr/bin/time -f %M -o kb "$@" >/dev/null 2>err || { cat err; echo "$label: failed"; exit 1; }
		echo $((($(date +%s%N) - start) / 1000000)) >> times
	done
	ms=$(sort -n times | sed -n "$(((runs + 1) / 2))p")
	mb=$(($(tail -n 1 kb) / 1024))
	printf '%-46s %7d ms %5d MB\n' "$label" "$ms" "$mb"
}

ratio() { awk -v a="$1" -v b="$2" -v c="$3" -v d="$4" -v what="$5" 'BEGIN {
	printf "  %s takes %.1f times as long and %.1f times the memory\n", what, a / (b ? b : 1), c / (d ? d : 1) }'; }

# against RUNS SIZE FORMAT: ours and pandoc's
against() {
	measured 5 "$2 MB to $3: ours" "$prefix/bin/nianbao" -q render "$2.md" -f --format "$3" -o "ours.$3"
	our_ms=$ms our_mb=$mb
	measured "$1" "$2 MB to $3: pandoc" pandoc "$2.md" -s -o "theirs.$3"
	ratio "$ms" "$our_ms" "$mb" "$our_mb" pandoc
}

for size in 1 5; do
	prose $((size * 1048576)) > $size.md
done
if command -v pandoc >/dev/null; then
	pandoc --version | sed -n 1p
	against 5 1 docx
	one=$our_ms
	against 1 5 docx
	awk -v a="$our_ms" -v b="$one" 'BEGIN { printf "  5 MB take %.1f times as long as 1 MB\n", a / (b ? b : 1) }'
	against 3 1 html
	# The sample county's own report, annex and tables included, twelve times in a row.
	cp -R "$here/../../config/sample" sample
	bundle=$("$prefix/bin/nianbao" -q -C sample assemble --format md 2>/dev/null)
	for volume in 1 2 3 4 5 6 7 8 9 10 11 12; do
		unzip -p "sample/$bundle" '*/report.md' | sed "s/^\(#.*\)/\1（第$volume册）/"
	done > 0.5.md
	against 1 0.5 docx
else
	echo 'pandoc is not installed: docx and html are not compared'
fi

# A page holds 22 lines of 28 characters.
prose 640000 > pages.md
"$prefix/bin/nianbao" -q render pages.md --format docx -o pages.docx
measured 5 'about 400 pages to pdf: ours' "$prefix/bin/nianbao" -q render pages.md --format pdf -o ours.pdf
our_ms=$ms our_mb=$mb
if command -v soffice >/dev/null; then
	HOME=$work soffice --headless --convert-to pdf --outdir warm pages.docx >/dev/null 2>&1
	measured 3 'the same docx to pdf: LibreOffice' env HOME="$work" soffice --headless --convert-to pdf --outdir theirs pages.docx
	command -v pdfinfo >/dev/null && printf '  pages: ours %s, theirs %s\n' "$(pdfinfo ours.pdf | sed -n 's/^Pages: *//p')" \
	    "$(pdfinfo theirs/pages.pdf | sed -n 's/^Pages: *//p')"
	ratio "$ms" "$our_ms" "$mb" "$our_mb" LibreOffice
else
	echo 'LibreOffice is not installed: pdf is not compared'
fi
