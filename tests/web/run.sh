#!/usr/bin/env bash
# run.sh PREFIX MODULES: the web pages in a browser, see check.js: the sample county's report, one
# with everything in it that a page must bear, what goes back to departments, and the table of who
# has handed in. Then the reports' paper, by another program.
set -euo pipefail
export LC_ALL=C.UTF-8 LANGUAGE=en
unset NIANBAO_PLUGIN_PATH

here=$(cd "$(dirname "$0")" && pwd)
sample=$(cd "$here/../../config/sample" && pwd)
PATH=$(cd "$1/bin" && pwd):$PATH
NODE_PATH=$(cd "$2" && pwd)
export NODE_PATH
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

fail() {
	failed=1
	printf 'page: %s\n' "$*" >&2
}

repeat() { printf "%0.s$1" $(seq "$2"); }

# A report, unpacked from its bundle with what it links to.
report() {
	local county=$work/$1 bundle
	bundle=$(nianbao -C "$county" -q assemble --draft --format html 2>/dev/null) || :
	mkdir "$county/read"
	bsdtar -xf "$county/$bundle" -C "$county/read"
	echo "$county"/read/*/data/report/report.html
}

# ---- the counties -------------------------------------------------------------------

cp -R "$sample" "$work/plain"

# A table of 40 columns, a long one, a paragraph that fills pages, a headline of 200 characters,
# rare characters, emoji, writing from right to left with its marks left open, control characters.
cp -R "$sample" "$work/hard"
sed -i -E 's/^formats .*/&\ncontents = yes/' "$work/hard/report.ini"
{
	printf '\n# %s\n\n' "$(repeat 标 200)"
	printf '%s\n\n' "$(repeat 法 100000)"
	printf '|%s\n|%s\n' "$(repeat ' 一列 |' 40)" "$(repeat ' :-: |' 40)"
	for _ in 1 2 3; do printf '|%s\n' "$(repeat ' 123 |' 40)"; done
	printf '\n| 序号 | 名称 | 说明 |\n|--:|---|---|\n'
	for i in $(seq 80); do printf '| %s | 名称%s | 一二三四五六七八九十 |\n' "$i" "$i"; done
	printf '\n𠮷野家与䶮，👩‍👩‍👧‍👦🇨🇳，%s，مرحبا بالعالم 123，\xe2\x80\xaeabc，\x01\x02。{{decision.documents_passed}}件。\n' "$(repeat W 300)"
} >>"$work/hard/frame.md"

plain=$(report plain)
hard=$(report hard)
nianbao -C "$work/plain" -q check --by-department >/dev/null 2>&1 || :
nianbao -C "$work/plain" -q status --format html >"$work/status.html" || :

node "$here/check.js" "$(command -v chromium)" "$plain" "$hard" "$work/status.html" \
	"$work"/plain/out/校核意见/*.html || failed=1

# HTML 4 is all that xmllint knows: it says so of every newer element.
for page in "$plain" "$hard"; do
	said=$(xmllint --html --noout "$page" 2>&1 | grep -E 'HTML parser (error|warning)' | grep -vE 'Tag [a-z]+ invalid') || :
	[ -z "$said" ] || fail "$said"
done

# ---- on paper -----------------------------------------------------------------------

# A4, upright or across, and every page has its number.
paper() {
	local pdf=$1.pdf pages numbered odd
	pages=$(pdfinfo "$pdf" | sed -n 's/^Pages: *//p')
	odd=$(pdfinfo -l "$pages" "$pdf" | sed -n 's/^Page.* size: *\([0-9]*\)[.0-9]* x \([0-9]*\).*/\1x\2/p' |
		sort -u | sed -E '/^(59[45]x84[12]|84[12]x59[45])$/d')
	[ -z "$odd" ] || fail "prints pages of $odd"
	numbered=$(pdftotext "$pdf" - | grep -cE '^— ?[0-9]+ ?—$') || :
	[ "$numbered" = "$pages" ] || fail "$numbered of $pages pages have a number"
}
paper "$plain"
paper "$hard"

# GB/T 9704-2012, 5.2.3: 22 lines of 28 characters.
lines=$(pdftotext -layout "$hard.pdf" - | tr '\f' '\n' | grep -cE '^ *法{28}$') || :
[ "$lines" -gt 3500 ] || fail "$lines lines have 28 characters"
full=$(pdftotext -layout "$hard.pdf" - | awk -v RS='\f' '{ n = gsub(/(^|\n) *法+/, "&"); if (n > most) most = n } END { print most }')
[ "$full" = 22 ] || fail "a page has $full lines"
# The head of a table stands on each page that the table goes on to.
heads=$(pdftotext -layout "$hard.pdf" - | grep -cE '序号 +名称 +说明') || :
[ "$heads" -gt 1 ] || fail 'the head of a long table is not repeated'

[ "$failed" = 0 ] || exit 1
echo 'pages on paper: passed'
