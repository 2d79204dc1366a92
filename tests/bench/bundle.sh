#!/bin/sh
# bundle.sh PREFIX PACK [MEGABYTES [heavy]]: sealing and verifying against tools that offices have, on
# the same files in the same run: a county of 60 departments (county.py) with attachments of that size.
# With `heavy`, 200,000 small files and an attachment of 20 GB as well. It informs; it never fails a
# build. Works in $TMPDIR; what is on the disk counts for nobody until it is synced.
set -eu
prefix=$(cd "$1" && pwd) pack=$(cd "$(dirname "$2")" && pwd)/$(basename "$2") megabytes=${3:-64} heavy=${4:-}
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/nianbao-bench-XXXXXX")
trap 'rm -rf "$work"' EXIT
export LC_ALL=C.UTF-8
nianbao=$prefix/bin/nianbao
cd "$work"
cat >nosync.c <<'END'
int fsync(int fd);
int fsync(int fd)
{
	return fd < 0 ? -1 : 0;
}
END
cc -shared -fPIC -o nosync.so nosync.c

# run LABEL COMMAND: seconds of wall clock, the median of three, with its processor time and memory.
# What was written before is on the disk by then, so that nobody pays for another.
runs='1 2 3'
run() {
	for i in $runs; do
		rm -rf out.zip again
		sync
		/usr/bin/time -f '%e %U %S %M' -o one sh -c "$2" >said 2>&1 || { echo "failed: $2" >&2; tail -n 3 said >&2; exit 1; }
		tail -n 1 one
	done | sort -n >times
	sed -n "$((($(wc -l <times) + 1) / 2))p" times >median
	read -r wall user system memory <median
	printf '%-52s %7.2f s  %7.2f s of processor  %5d MB\n' "$1" "$wall" "$(echo "$user $system" | awk '{ print $1 + $2 }')" $((memory / 1024))
}
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.1f", a / (b > 0 ? b : 0.01) }'; }

python3 "$here/county.py" county --megabytes "$megabytes"
(cd county && "$nianbao" receive mail/* >/dev/null 2>&1)
rm -rf county/mail
printf '60 departments, %d MB of attachments, each of them in the bundle twice:\n' "$megabytes"

run 'assemble: check, compose, render, seal' "'$nianbao' -C county assemble"
first=$wall
run '  without waiting for the disk' "LD_PRELOAD='$work/nosync.so' '$nianbao' -C county assemble"
awk -v a="$first" -v b="$wall" 'BEGIN { printf "  waiting for the disk: %.0f %%\n", (a > b) ? 100 * (a - b) / a : 0 }'
run '  check alone' "'$nianbao' -C county check"
printf '\n补充说明。\n' >>"$(ls -d county/inbox/dept01/1)/capacity.md"
rm -f county/inbox/dept01/1.receipt.ini
run '  again, after one hand-in changed' "'$nianbao' -C county assemble"
printf '  against the first time: %s\n' "$(ratio "$wall" "$first")"

bundle=$work/county/out/测试县-2025.zip
run 'verify' "'$nianbao' verify '$bundle'"
ours_verify=$wall
run '  unzip -t, unzip, sha256sum -c' "unzip -tq '$bundle' && unzip -q '$bundle' -d again && cd again/* && sha256sum --quiet -c manifest-sha256.txt"
printf '  they take %s times as long\n' "$(ratio "$wall" "$ours_verify")"
unzip -q "$bundle" -d unpacked
mv unpacked/* copies
# As assemble finds them: an attachment is one file that stands in two places.
cp -r copies bag
awk '{ hex = $1; sub(/^[^ ]+  /, ""); if (hex in file) printf "%s\n%s\n", file[hex], $0; else file[hex] = $0 }' \
	bag/manifest-sha256.txt | while IFS= read -r one && IFS= read -r two; do ln -f "bag/$one" "bag/$two"; done

run 'the same files sealed: SHA-256, SM3, checked, synced' "'$pack' ours bag out.zip"
ours=$wall size=$(stat -c %s out.zip)
run '  each file twice, as copies' "'$pack' ours copies out.zip"
copies=$wall
run '  with SHA-256 alone, as copies' "'$pack' sha256 copies out.zip"
alone=$wall fastest=
rival() {
	run "  $1" "$2"
	[ -n "$fastest" ] && [ "$(awk -v a="$fastest" -v b="$wall" 'BEGIN { print a < b }')" = 1 ] || fastest=$wall
}
rival 'zip -r and sha256sum' 'find bag -type f | sort | xargs sha256sum >sums && zip -qr6 out.zip bag'
zip=$(stat -c %s out.zip)
rival '7-Zip, zip format, two threads' '7z a -tzip -mmt=2 -bso0 -bsp0 out.zip bag'
rival 'bsdtar' 'bsdtar -a -cf out.zip bag'
rival 'libzip, used plainly' "'$pack' libzip bag out.zip"
printf '  the fastest of them takes %s times as long as ours, %s times as long as ours of copies, %s of those with SHA-256 alone\n' \
	"$(ratio "$fastest" "$ours")" "$(ratio "$fastest" "$copies")" "$(ratio "$fastest" "$alone")"
awk -v a="$size" -v b="$zip" 'BEGIN { printf "  ours is %+.2f %% larger than zip -6\n", 100 * (a - b) / b }'

[ -n "$heavy" ] || exit 0
rm -rf county bag copies unpacked out.zip
# Two thirds of the hand-ins are folders, whose attachments stand in the bundle twice.
python3 "$here/county.py" county --departments 150 --small 120000
mv county/mail county/inbox
run '200,000 small files: check alone' "'$nianbao' -C county check"
run '  assemble' "'$nianbao' -C county assemble"
run '  verify' "'$nianbao' verify county/out/*.zip"
unzip -q county/out/*.zip -d unpacked && mv unpacked/* bag
rm bag/manifest-* bag/data/文件目录.XML # long ones, made while packing
run "  $(find bag -type f | wc -l) small files sealed: SHA-256, SM3, checked, synced" "'$pack' ours bag out.zip"
rm -rf county bag unpacked
python3 "$here/county.py" county --megabytes 10 --sparse 20
mv county/mail county/inbox
runs=1
run 'an attachment of 20 GB, all zeros: assemble' "'$nianbao' -C county assemble"
run '  verify' "'$nianbao' verify county/out/*.zip"
for tool in 'unzip -tqq' 'bsdtar -tf' 'python3 -m zipfile -l'; do
	$tool county/out/*.zip >/dev/null && echo "  $tool takes it"
done
python3 -c 'import sys, zipfile; print("  its largest entry:", max(i.file_size for i in zipfile.ZipFile(sys.argv[1]).infolist()), "bytes")' county/out/*.zip
