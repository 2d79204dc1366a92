#!/usr/bin/env bash
# run.sh PREFIX [INSTALLED]: whether the documents are true of the program at PREFIX (the build folder
# is laid out like one): their commands run and print what they say, their excerpts are those of the
# files, the manual page is complete, links lead somewhere. INSTALLED: an installation, staged or not,
# whose header and nianbao.pc build the example chapter; without it, the checkout's header does.
#
# What a comment above a block in a Markdown file asks for:
#   <!-- test -->           run the ```sh block, in a folder like a checkout that all blocks of the
#                           file share; it must end with status 0, or N if it says "# exit N"
#   <!-- output -->         what the block before prints; … stands for anything
#   <!-- from FILE -->      the block stands in FILE, word for word
#   <!-- not run: why -->   a ```sh block that no test runs
# Every ```c block of the plugin guide stands in the example chapter.
set -euo pipefail
export LC_ALL=C.UTF-8 LANGUAGE=en
unset NIANBAO_PLUGIN_PATH PKG_CONFIG_SYSROOT_DIR

prefix=$(cd "$1" && pwd)
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$root"
documents=(README.md docs/*.md)
passed=0 failed=0

pass() { passed=$((passed + 1)); }
fail() {
	failed=$((failed + 1))
	printf 'docs: %s\n' "$*" >&2
}

# ---- surroundings ---------------------------------------------------------------

if [ $# -gt 1 ]; then
	installed=$(cd "$2" && pwd)
else
	installed=$work/installed
	mkdir -p "$installed/lib/pkgconfig"
	cp -R include "$installed/include"
	# shellcheck disable=SC2016 # ${prefix} is for pkg-config
	printf 'prefix=/usr\nName: nianbao\nDescription: stand-in\nVersion: 0\nCflags: -I${prefix}/include\n' \
		> "$installed/lib/pkgconfig/nianbao.pc"
fi
# An installation that is staged lies elsewhere than its .pc says.
mkdir "$work/bin"
printf '#!/bin/sh\nexec %s --define-prefix "$@"\n' "$(command -v pkg-config)" > "$work/bin/pkg-config"
chmod +x "$work/bin/pkg-config"
export PATH=$work/bin:$prefix/bin:$PATH PKG_CONFIG_PATH=$installed/lib/pkgconfig

# A folder with what a reader of the documents has.
checkout() {
	mkdir -p "$1/tests"
	cp -R config "$1/config"
	cp -R tests/example "$1/tests/example"
}

# What an archive has: a bundle, and no program of ours.
receive_bundle() {
	cp -R config/sample "$work/sealed"
	nianbao -q -C "$work/sealed" assemble -o "$1/" >/dev/null 2>&1
	(
		cd "$1"
		cp 岚桥县-2025.zip 岚桥县-2024.zip
		sh "$root/tests/cli/keys.sh"
		nianbao -q sign --key p256.key --cert p256.pem 岚桥县-2025.zip
		cat sm2via.pem sm2int.pem > chain
		nianbao -q sign --key sm2via.key --cert chain 岚桥县-2024.zip
		rm ./*.key chain
	) >/dev/null
}

# ---- blocks of the documents ----------------------------------------------------

# Cuts a document into $2/NNN.{kind,line,text}. Kinds: test, output, from:FILE, c, untested.
cut_blocks() {
	awk -v to="$2" '
		function open_block(kind) {
			base = sprintf("%s/%03d", to, ++n)
			print kind > (base ".kind")
			print NR > (base ".line")
			printf "" > (base ".text")
			inside = 1
		}
		inside && /^```$/ { inside = 0; close(base ".text"); next }
		inside { if (base) print > (base ".text"); next }
		/^<!-- (test|output) -->$/ { mark = $2; next }
		/^<!-- from / { mark = "from:" $3; next }
		/^<!-- not run: / { mark = "not-run"; next }
		/^```/ {
			if (mark != "" && mark != "not-run") open_block(mark)
			else if ($0 == "```sh" && mark == "") open_block("untested")
			else if ($0 == "```c") open_block("c")
			else { inside = 1; base = "" }
			mark = ""
			next
		}
		NF { mark = "" }
		END { if (inside) { print "docs: a block is never closed" > "/dev/stderr"; exit 1 } }
	' "$1"
}

# Whether $1 is $2, in which … stands for anything.
matches() {
	local pattern
	pattern=$(printf %s "$2" | sed 's/[][*?\\]/\\&/g; s/…/*/g')
	# shellcheck disable=SC2053 # the pattern is one
	[[ $1 == $pattern ]]
}

contains() { [[ $(cat "$1") == *"$2"* ]]; }

run_blocks() {
	local document=$1 blocks=$work/blocks/$1 folder=$work/run/$1
	local kind text where expected status output='' file
	mkdir -p "$blocks"
	checkout "$folder"
	[ "$document" != docs/bundle.md ] || receive_bundle "$folder"
	# What a clerk reads shows what a clerk sees.
	case $document in *zh-CN*) language=zh_CN ;; *) language=en ;; esac
	cut_blocks "$document" "$blocks"
	for file in "$blocks"/*.kind; do
		[ -e "$file" ] || continue
		kind=$(cat "$file") text=$(cat "${file%.kind}.text")
		where=$document:$(cat "${file%.kind}.line")
		case $kind in
		test)
			expected=$(sed -n 's/.*# exit \([0-9]\)$/\1/p' "${file%.kind}.text" | tail -n 1)
			status=0
			output=$(cd "$folder" && LANGUAGE=$language sh -eu "${file%.kind}.text" 2>&1) || status=$?
			if [ "$status" = "${expected:-0}" ]; then
				pass
			else
				fail "$where: ends with status $status: $output"
			fi
			;;
		output)
			if matches "$output" "$text"; then
				pass
			else
				fail "$where: this is not what is printed:"
				diff <(printf '%s\n' "$text") <(printf '%s\n' "$output") >&2 || :
			fi
			;;
		c | from:*)
			file=tests/example/parks.c
			[ "$kind" = c ] || file=${kind#from:}
			if [ -e "$file" ] && contains "$file" "$text"; then
				pass
			else
				fail "$where: this does not stand in $file"
			fi
			;;
		untested) fail "$where: no test runs this block: mark it with 'test' or 'not run'" ;;
		esac
	done
}

for document in "${documents[@]}"; do
	run_blocks "$document"
done

# An archive goes through its page in one terminal: all blocks there print what each of them does.
mkdir "$work/page"
receive_bundle "$work/page"
blocks_of() {
	local kind
	for kind in "$work"/blocks/docs/bundle.md/*.kind; do
		[ "$(cat "$kind")" != "$1" ] || cat "${kind%.kind}.text"
	done
}
together=$(cd "$work/page" && bash -ec "$(blocks_of test)" 2>&1) || fail 'docs/bundle.md in one shell fails'
expected=$(blocks_of output)
if matches "$together" "$expected"; then pass; else fail "docs/bundle.md in one shell prints: $together"; fi

# ---- links ----------------------------------------------------------------------

for document in "${documents[@]}" CHANGELOG.md; do
	while IFS= read -r link; do
		case $link in
		http://* | https://* | mailto:* | '#'*) continue ;;
		esac
		if [ -e "$(dirname "$document")/${link%%#*}" ]; then
			pass
		else
			fail "$document: there is no '$link'"
		fi
	done < <(awk '/^```/ { inside = !inside } !inside' "$document" | grep -o '](\([^)]*\))' | sed 's/^](//; s/)$//')
done

# ---- the manual page ------------------------------------------------------------

if lint=$(mandoc -Tlint docs/nianbao.1 2>&1); then pass; else fail "mandoc: $lint"; fi

# Whether the page has all options that a help text names.
has_options() {
	local option
	while IFS= read -r option; do
		if grep -q -e "Fl ${option#-}\\b" docs/nianbao.1; then
			pass
		else
			fail "docs/nianbao.1 lacks $option of 'nianbao $*'"
		fi
	done < <(nianbao "$@" | grep -o -e '--[a-z][a-z-]*' | sort -u)
}

commands=$(nianbao --help | sed -n 's/^  \([a-z][a-z]*\) .*/\1/p')
[ -n "$commands" ] || fail "'nianbao --help' names no commands"
has_options --help
for command in $commands; do
	if grep -q "^\\.It Cm $command\\b" docs/nianbao.1; then pass; else fail "docs/nianbao.1 lacks '$command'"; fi
	has_options "$command" --help
done

# ---- formats.md -----------------------------------------------------------------

described() {
	if grep -q "\`$1\`" docs/formats.md; then pass; else fail "docs/formats.md lacks '$1' of $2"; fi
}

# One error, so that every kind of answer is there.
cp -R config/sample "$work/data"
sed -i 's/^reconsideration_upheld .*/reconsideration_upheld = 99/' "$work/data/inbox/sfj/submission.ini"
nianbao -C "$work/data" -q assemble --draft >/dev/null 2>&1 || :
cp -R "$work/data/inbox/sfj" "$work/anew"
sed -i '$d' "$work/anew/meetings.csv"
sed -i 's/^reconsideration_upheld .*/reconsideration_upheld = 98/' "$work/anew/submission.ini"
mkdir "$work/sign"
(cd "$work/sign" && sh "$root/tests/cli/keys.sh")
nianbao -C config/sample -q assemble -o "$work/other.zip" >/dev/null 2>&1 || :
for command in "compare out/$(ls "$work/data/out" | grep 'zip$') $work/other.zip" check status figures "figures --trace" assemble plugins "verify out/$(ls "$work/data/out" | grep 'zip$')" \
	"pack $work/anew" "receive $work/anew" "remind -o $work/reminders" \
	"render -f -o $work/paper.html README.md" \
	"sign --key $work/sign/rsa.key --cert $work/sign/rsa.pem $work/other.zip" "verify $work/other.zip"; do
	# shellcheck disable=SC2086 # words are wanted
	keys=$({ nianbao -C "$work/data" -q --json $command 2>/dev/null || :; } | grep -v '^        "[a-z_]*": "\(received\|missing\|errors\|not-owed\)"' |
		sed -n 's/^ *"\([a-z_]*\)": .*/\1/p' | sort -u)
	[ -n "$keys" ] || fail "'nianbao --json $command' prints nothing"
	for key in $keys; do described "$key" "--json $command"; done
done
unzip -p "$work"/data/out/*.zip '*/data/figures.csv' '*/data/findings.csv' | grep -e ^chapter, -e ^severity, | tr ',' '\n' |
	sort -u > "$work/columns"
while IFS= read -r column; do described "$column" 'the CSV files'; done < "$work/columns"
# ---- findings.md: what the program prints --------------------------------------

if diff <(nianbao check --codes) docs/findings.md >&2; then pass; else
	fail "docs/findings.md is not what 'nianbao check --codes' prints; make docs/findings.md writes it anew"
fi

# ---- the guide's table of refusals ------------------------------------------------

refusals=$(tr '\n' ' ' < core/chapters/plugin_host.c | grep -o 'REFUSE([[:space:]]*N_("[^"]*"' | sed 's/.*N_("//; s/"$//; s/%s/…/g')
[ -n "$refusals" ] || fail 'no refusals found in core/chapters/plugin_host.c'
while IFS= read -r text; do
	if contains docs/plugin-guide.md "$text"; then pass; else fail "docs/plugin-guide.md lacks the refusal \"$text\""; fi
done <<< "$refusals"

# ---- the example chapter, out of tree and through report.ini alone ---------------

checkout "$work/seven"
cd "$work/seven"
mkdir plugins
# shellcheck disable=SC2046 # words are wanted
cc -shared -fPIC $(pkg-config --cflags nianbao) -o plugins/parks.so tests/example/parks.c
cp -R config/sample w
sed -i 's/^capacity *= yes$/&\nparks = yes/' w/report.ini
printf '\n[ylj]\nname = 县园林局\nchapters = parks\n' >> w/departments.ini
cp -R tests/example/ylj w/inbox/
NIANBAO_PLUGIN_PATH=$PWD/plugins nianbao -q -C w assemble >/dev/null 2>&1 || fail 'the sample with a seventh chapter is not assembled'
unzip -p w/out/*.zip '*/report.txt' > report.txt || :
title=$(sed -n 's/.*\.title = "\(.*\)".*/\1/p' tests/example/parks.c)
headline=$(sed -n 's/^## \(.*\) {#.*/\1/p' tests/example/ylj/parks.md)
if grep -A1 "^（七）$title\$" report.txt | grep -q "^1\.$headline。"; then
	pass
else
	fail "the report has no seventh chapter '$title' with the point '$headline'"
fi

[ "$failed" = 0 ] || exit 1
printf 'docs: %d checks passed\n' "$passed"
