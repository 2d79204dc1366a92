#!/usr/bin/env bash
# run.sh PREFIX [archive]: the sample county's report as PDF, looked at with tools that are not
# ours: it opens, its fonts are in it, its text is the report's, its pages keep to GB/T 9704-2012.
# With `archive`, PDFBox says that it is PDF/A-1b, too.
set -euo pipefail
export LC_ALL=C.UTF-8 LANGUAGE=en
unset NIANBAO_PLUGIN_PATH

here=$(cd "$(dirname "$0")" && pwd)
PATH=$(cd "$1/bin" && pwd):$PATH
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
	printf 'pages: %s\n' "$*" >&2
	exit 1
}

# make FOLDER: the report in a folder of its own
make_report() {
	mkdir "$work/$1"
	cp -R "$here/../../config/sample/." "$work/$1/county"
	nianbao -C "$work/$1/county" -q assemble --draft --format pdf,txt -o "$work/$1/bag.zip" >/dev/null
	bsdtar -xf "$work/$1/bag.zip" -C "$work/$1"
	mv "$work/$1"/*/data/report/report.* "$work/$1"
}

make_report a
(
	export TZ=Asia/Shanghai LANG=ja_JP.UTF-8 LANGUAGE=ja:zh_CN PANGO_LANGUAGE=ja
	make_report b
)
pdf=$work/a/report.pdf
cmp "$pdf" "$work/b/report.pdf" || fail 'another time zone and language make other bytes'
qpdf --check "$pdf" >"$work/said" 2>&1 || { cat "$work/said" >&2; fail 'qpdf finds errors'; }

# name … emb sub uni object: each font is in the file, in part, with the characters of its glyphs
pdffonts "$pdf" >"$work/fonts"
awk 'NR > 2 && ($(NF - 4) != "yes" || $(NF - 3) != "yes" || $(NF - 2) != "yes") { bad = 1 }
    END { exit NR < 3 || bad }' "$work/fonts" || { cat "$work/fonts" >&2; fail 'fonts are not embedded'; }

# Without any font it says what to install, and makes nothing.
mkdir -p "$work/bare/share"
cp -RL "$1/bin" "$1/lib" "$work/bare"
cp -R "$1/share/nianbao" "$work/bare/share"
rm -rf "$work/bare/share/nianbao/fonts"
echo '<?xml version="1.0"?><fontconfig></fontconfig>' >"$work/fonts.conf"
status=0
FONTCONFIG_FILE=$work/fonts.conf "$work/bare/bin/nianbao" -C "$work/a/county" -q assemble --draft \
	--format pdf -o "$work/none.zip" 2>"$work/said" || status=$?
[ "$status" = 3 ] && grep -q 'fonts-noto-cjk' "$work/said" && [ ! -e "$work/none.zip" ] ||
	{ cat "$work/said" >&2; fail "without fonts the status is $status"; }

"$here/measure.py" "$pdf" "$work/a/report.txt"

if [ "${2:-}" = archive ]; then
	jars=$(printf '/usr/share/java/%s.jar:' preflight pdfbox2 xmpbox fontbox2 commons-logging \
		javax.activation jaxb-api)
	java -cp "$jars" org.apache.pdfbox.preflight.Validator_A1b "$pdf" >"$work/said" 2>&1 &&
		grep -q 'is a valid PDF/A-1b file' "$work/said" ||
		{ cat "$work/said" >&2; fail 'the report is not PDF/A-1b'; }
	echo 'pages: PDF/A-1b'
fi
