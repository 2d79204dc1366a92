#!/bin/bash
# run.sh PREFIX [all]: the program with one call failing at a time, and ended at one call at a time.
#
# For each kind of call (faults.c) and each place in the program that makes one, the first call from
# there fails; with `all` each and every call does, one after the other, until a run is clean. Always
# the old result or the complete new one is there afterwards, and nothing else; a failure ends with
# status 3 and a message that names what and why. Killed at any call that touches the file system,
# the same, and the next run succeeds. Prints a line for each command and kind.
set -uo pipefail
prefix=$(cd "$1" && pwd) mode=${2:-places}
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/nianbao-faults-XXXXXX")
[ -n "${KEEP:-}" ] || trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
export LC_ALL=C.UTF-8 TZ=CST-8 SOURCE_DATE_EPOCH=1770172391
unset LANGUAGE NIANBAO_PLUGIN_PATH
program=$prefix/bin/nianbao
${CC:-cc} -shared -fPIC -O1 -o faults.so "$here/faults.c" -ldl || exit 1
wrong=0

# ---- a small county: a folder, a zip with its receipt, a form's pictures and tables ---------------

mkdir -p county/inbox mail/sfj/attachments mail/gaj/attachments
cat >county/report.ini <<'END'
[report]
year = 2025
region = 测试县
title = 旧标题
issuer = 测试县人民政府
date = 2026-03-20
formats = docx, html, md, txt
[chapters]
supervision = yes
enforcement = yes
END
printf '{{{chapters}}}\n' >county/frame.md
printf '[sfj]\nname = 县司法局\nchapters = supervision\n\n[gaj]\nname = 县公安局\nchapters = enforcement\n' >county/departments.ini
for id in sfj gaj; do
	printf '[submission]\ndepartment = %s\nyear = 2025\nrevision = 1\ndate = 2026-01-20\n' $id >mail/$id/submission.ini
done
printf '[supervision]\nnarrative = s.md\nreconsideration_received = 3\n' >>mail/sfj/submission.ini
printf '## 复议\n\n收到{{reconsideration_received}}件。\n' >mail/sfj/s.md
printf '[enforcement]\nnarrative = e.txt\n[attachment 1]\nfile = attachments/台账.csv\ntitle = 台账\nchapter = enforcement\n' >>mail/gaj/submission.ini
printf '## 执法\n\n规范执法。\n' | iconv -t GB18030 >mail/gaj/e.txt
printf '序号,案号\n1,2\n' >mail/gaj/attachments/台账.csv
printf '[attachment 1]\nfile = attachments/a.bin\ntitle = 录像\naccess = internal\n[attachment 2]\nfile = attachments/b.bin\ntitle = 录音\n' >>mail/sfj/submission.ini
head -c 300000 /dev/zero | openssl enc -aes-128-ctr -K 00 -iv 00 2>/dev/null >mail/sfj/attachments/a.bin
head -c 1000 /dev/zero >mail/sfj/attachments/b.bin
(cd mail && zip -qr gaj.zip gaj)

# ---- one run ---------------------------------------------------------------------------------

# with KIND NUMBER KILL COMMAND…: runs it with that call failing; status in $status
with() {
	local kind=$1 number=$2 kill=$3
	shift 3
	: >state && truncate -s 4096 state
	local -a env=(FAULT_STATE="$work/state" FAULT_KIND="$kind" FAULT_AT="$number" LD_PRELOAD="$work/faults.so")
	[ "$kill" = 0 ] || env+=(FAULT_KILL=1)
	[ "$number" != 0 ] || env+=(FAULT_STACKS="$work/places")
	{ env "${env[@]}" "$@" >stdout 2>stderr; } 2>/dev/null # the shell tells of a crash itself
	status=$?
}

# 0: no call failed. Whose it was: 1 ours, 2 the C library's, 3 iniparser's.
fired() { od -An -td8 -j 88 -N 8 state | tr -d ' '; }

complain() {
	echo "$*" >&2
	sed 's/^/    /' stderr | tail -n 4 >&2
	wrong=$((wrong + 1))
	[ $wrong -lt 25 ] || { echo 'too much is wrong' >&2; exit 1; }
}

# The kinds that a command meets, and where.
numbers() {
	rm -f places
	with "$1" 0 0 "${command[@]}"
	reset
	if [ "$mode" = all ] && [ "$1" != memory ]; then
		seq 1 "$(od -An -td8 -v -N 88 state | tr -s ' ' '\n' | sort -n | tail -1)"
	elif [ "$mode" = all ]; then
		cat places
	elif [ "$1" = memory ]; then
		awk 'NR % 24 == 1' places
	else
		cat places 2>/dev/null
	fi
}

# ---- a command -------------------------------------------------------------------------------

# What a command makes is one file, $made in $place; $old is what stood there before, or nothing.
reset() {
	rm -rf "$place" && mkdir -p "$place"
	[ ! -e old ] || cp old "$made"
}

# old, new, or another state
state_of() {
	local others
	# Its checksum may be missing, but never be another's.
	others=$(find "$place" -mindepth 1 ! -path "$made" ! -path "$made.sha256" | head -n 1)
	if [ -n "$others" ]; then echo "litter ($others)"
	elif [ -e "$made.sha256" ] && ! (cd "$place" && sha256sum --quiet -c ./*.sha256 >/dev/null 2>&1); then echo broken
	elif [ ! -e "$made" ]; then [ -e old ] && echo lost || echo old
	elif [ -e old ] && cmp -s old "$made"; then echo old
	elif cmp -s new "$made"; then echo new
	else echo broken; fi
}

# less STATE CALLER: something is told that undisturbed is not, or was the C library's to tell (a
# message in English instead of Chinese); and what is there is whole.
less() {
	[ "$2" != 1 ] || cat stdout stderr | grep -vxFf base | grep -E '(error|warning|nianbao): ' >/dev/null || return 1
	[ "$1" = old ] || "$program" verify "$made" >/dev/null 2>&1 || case $name in
	pack) unzip -tqq "$made" ;;
	*pdf) qpdf --check "$made" >/dev/null ;;
	*) false ;;
	esac
}

# A failed call: the run may do without it, and then it is as undisturbed; or it says why and what.
failing() {
	local kind=$1 n runs=0 failed=0 is cause
	for n in $(numbers "$kind"); do
		with "$kind" "$n" 0 "${command[@]}"
		is=$(state_of)
		runs=$((runs + 1))
		case $status in
		0 | 1 | 2)
			# Without the call, or with something less, which is told: a plugin, a hand-in.
			[ "$status$is" = 0new ] || less "$is" "$(fired)" || complain "$name, $kind $n: status $status, but what is there is $is" ;;
		3)
			failed=$((failed + 1))
			grep -q '^nianbao: ' stderr || complain "$name, $kind $n: no message"
			[ "$kind" = memory ] || grep -q "^nianbao: .*['/].*: " stderr || complain "$name, $kind $n: the message names no path or no cause"
			[ "$is" = old ] || [ "$is" = new ] || complain "$name, $kind $n: what is there is $is" ;;
		139) # iniparser, and the C library's own iconv(), do not look at what they get
			[ "$(fired)" != 1 ] && [ "$is" = old ] || complain "$name, $kind $n: status $status" ;;
		*) complain "$name, $kind $n: status $status" ;;
		esac
		[ "$is" = old ] || reset
	done
	echo "$name: $kind: $runs runs, $failed ended with a message"
}

killed() {
	local n runs=0 is
	for n in $(numbers any); do
		with any "$n" 1 "${command[@]}"
		runs=$((runs + 1))
		[ "$(fired)" = 0 ] || [ $status = 137 ] || complain "$name, killed at $n: status $status"
		is=$(state_of)
		case $is in
		old | new) ;;
		litter*) # has no name that counts, and the next run takes it away
			[ "$(ls "$place" | grep -v "^$(basename "$made")\(.sha256\)*\$")" = '' ] || complain "$name, killed at $n: $is" ;;
		*) complain "$name, killed at $n: what is there is $is" ;;
		esac
		if [ "$is" != old ] || [ $((n % 10)) = 0 ]; then
			"${command[@]}" >stdout 2>stderr || complain "$name, killed at $n: the next run fails"
			is=$(state_of)
			[ "$is" = new ] || complain "$name, killed at $n: after the next run what is there is $is"
			reset
		fi
	done
	echo "$name: killed: $runs runs"
}

# As undisturbed, from an old state to a new one; what makes a difference is done by $1.
prepare() {
	"${command[@]}" >stdout 2>stderr || { complain "$name: undisturbed it fails"; exit 1; }
	rm -f old new
	[ "${first:-0}" = 1 ] || mv "$made" old
	eval "$1"
	"${command[@]}" >stdout 2>stderr
	cat stdout stderr >base
	mv "$made" new
	reset
}

all_kinds() {
	for kind in read write sync rename close open stat list memory thread; do
		failing $kind
	done
	killed
}

# ---- what is tried ---------------------------------------------------------------------------

"$program" -C county receive "$work/mail/sfj" "$work/mail/gaj.zip" >stdout 2>stderr ||
	{ cat stdout stderr; echo 'the county cannot be made' >&2; exit 1; }

name=assemble place=county/out made=county/out/测试县-2025.zip
command=("$program" -C county assemble)
prepare "sed -i 's/旧标题/新标题/' county/report.ini"
all_kinds

# A full disk: a real one of 900 KB, on which the old bundle is and the new one does not fit beside it.
on_small_disk() {
	mount -t tmpfs -o size=900k none small || exit 77
	cp old small/b.zip
	"$program" -C county assemble -o "$work/small/b.zip" >stdout 2>stderr
	[ $? = 3 ] && grep -q "small/b.zip': No space left on device" stderr || { cat stderr; exit 1; }
	cmp old small/b.zip && [ "$(ls -A small)" = b.zip ] || exit 1
	mount -o remount,size=4m small
	"$program" -C county assemble -o "$work/small/b.zip" >stdout 2>stderr && cmp new small/b.zip
}
# Where nobody may mount one, a file may only become so large.
on_limited_disk() {
	(ulimit -f 200 && exec "$program" -C county assemble) >stdout 2>stderr
	[ $? = 3 ] && grep -q "out/.*.zip': File too large" stderr && [ "$(state_of)" = old ]
}
mkdir small
export -f on_small_disk
export program work
if unshare -m true 2>/dev/null || unshare -rm true 2>/dev/null; then
	as=-m && unshare -m true 2>/dev/null || as=-rm
	unshare $as bash -c on_small_disk >said 2>&1
	case $? in
	0) echo "$name: on a full disk of 900 KB: as it was" ;;
	77) as= ;;
	*) cat said >&2; complain "$name: on a full disk" ;;
	esac
fi
if [ -z "${as:-}" ]; then
	on_limited_disk || complain "$name: where files may not become larger"
	echo "$name: no disk could be mounted; where files may not become larger: as it was"
fi

# The same with a file that is too large for memory.
name='assemble what streams'
truncate -s 17M mail/sfj/attachments/b.bin
"$program" -C county receive "$work/mail/sfj" >stdout 2>stderr || { cat stderr; exit 1; }
sed -i 's/新标题/旧标题/' county/report.ini
prepare "sed -i 's/旧标题/新标题/' county/report.ini"
for kind in read write; do
	failing $kind
done
[ "$mode" != all ] || killed
head -c 1000 /dev/zero >mail/sfj/attachments/b.bin

name=pack place=desk made=desk/sfj-2025-1.zip
mkdir desk
command=("$program" pack -o desk mail/sfj)
prepare "printf '\n新的一句。\n' >>mail/sfj/s.md"
all_kinds

# Pages, without their libraries' memory: cairo and qpdf end the program by themselves, or leave out a
# letter, when there is none.
printf '# 关于旧标题的通知\n\n## 一\n\n正文2025年。\n\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n' >p.md
name='render to pdf' place=paper made=paper/p.pdf
mkdir paper
command=("$program" render -o paper/p.pdf p.md)
prepare "sed -i 's/旧标题/新标题/' p.md"
for kind in read write sync rename close open stat list; do
	failing $kind
done
killed

[ $wrong = 0 ] || { echo "faults: $wrong things are wrong" >&2; exit 1; }
echo 'faults: passed'
