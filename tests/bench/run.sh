#!/bin/sh
# run.sh PREFIX: what `make bench` measures: medians of five runs, memory and how
# it grows with the prose, and a rival on the same files in the same run. It
# informs; it never fails a build.
set -eu
prefix=$(cd "$1" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# median LABEL COMMAND…: milliseconds of wall clock, median of five after one warm-up
median() {
	label=$1
	shift
	"$@" >/dev/null 2>&1 || :
	for run in 1 2 3 4 5; do
		start=$(date +%s%N)
		"$@" >/dev/null 2>&1 || :
		echo $((($(date +%s%N) - start) / 1000000))
	done | sort -n | sed -n 3p > "$work/ms"
	printf '%-58s %6d ms\n' "$label" "$(cat "$work/ms")"
}

# peak LABEL COMMAND…: the most memory it held at once
peak() {
	label=$1
	shift
	/usr/bin/time -f %M -o "$work/kb" "$@" >/dev/null 2>&1 || :
	printf '%-58s %6d MB\n' "$label" "$(($(tail -n 1 "$work/kb") / 1024))"
}

sample=$here/../../config/sample
cp -R "$sample" "$work/sample"
median 'sample county: check' "$prefix/bin/nianbao" -C "$work/sample" check
median 'sample county: assemble' "$prefix/bin/nianbao" -C "$work/sample" assemble

sh "$here/corpus.sh" "$work/big" 100 10
median '100 departments, 10 MB of prose: check' "$prefix/bin/nianbao" -C "$work/big" check
peak '  its memory' "$prefix/bin/nianbao" -C "$work/big" check
at_10=$(tail -n 1 "$work/kb")
sh "$here/corpus.sh" "$work/double" 100 20
median '100 departments, 20 MB of prose: check' "$prefix/bin/nianbao" -C "$work/double" check
peak '  its memory' "$prefix/bin/nianbao" -C "$work/double" check
printf '%-58s %6d KB\n' '  each MB of prose more takes' "$((($(tail -n 1 "$work/kb") - at_10) / 10))"
median '100 departments, 10 MB of prose: assemble' "$prefix/bin/nianbao" -C "$work/big" assemble
ours=$(cat "$work/ms")
bundle=$work/big/out/测试县-2025.zip
median '  the same bundle: verify' "$prefix/bin/nianbao" verify "$bundle"
ours_verify=$(cat "$work/ms")

# The rival only packs what we also check, compose and render.
unzip -q "$bundle" -d "$work/bag"
cd "$work/bag"
rival() { find . -type f | sort | xargs sha256sum > ../sums && rm -f ../rival.zip && zip -qr ../rival.zip .; }
rival_verify() { unzip -tq "$bundle" && rm -rf ../again && unzip -q "$bundle" -d ../again && cd ../again/* && sha256sum --quiet -c manifest-sha256.txt && cd "$work/bag"; }
median '  sha256sum and zip -r over its files' rival
theirs=$(cat "$work/ms")
median '  unzip -t, unzip and sha256sum -c' rival_verify
theirs_verify=$(cat "$work/ms")
awk -v a="$theirs" -v b="$ours" -v c="$theirs_verify" -v d="$ours_verify" 'BEGIN {
	printf "zip -r takes %.1f times our whole assembly; unzip and sha256sum %.1f times our verification\n", a / b, c / d }'
