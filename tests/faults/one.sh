#!/bin/bash
# one.sh COMMAND KIND: one command (commands.sh) with each call of one kind failing; see run.sh.
#
# Always the old result or the complete new one is there afterwards, and nothing else; a failure ends
# with status 3 and a message that names what and why. Killed at any call that touches the file
# system, the same, and the next run succeeds.
set -uo pipefail
. "$here/commands.sh"
name=$1 kind=$2 wrong=0 runs=0 failed=0
mine=$(mktemp -d "$work/XXXXXX") && cd "$mine" && cp -R "$work/base/." . || exit 1

# ---- one run ---------------------------------------------------------------------------------

# with NUMBER KILL: runs the command with that call failing; status in $status
with() {
	: >state && truncate -s 4096 state
	local -a env=(FAULT_STATE="$mine/state" FAULT_KIND="$calls" FAULT_AT="$1" LD_PRELOAD="$work/faults.so")
	[ "$2" = 0 ] || env+=(FAULT_KILL=1)
	[ "$1" != 0 ] || env+=(FAULT_STACKS="$mine/places")
	{ env "${env[@]}" "${command[@]}" >stdout 2>stderr; } 2>/dev/null # the shell tells of a crash itself
	status=$?
}

# 0: no call failed. Whose it was: 1 ours, 2 the C library's, 3 iniparser's.
fired() { od -An -td8 -j 88 -N 8 state | tr -d ' '; }

complain() {
	echo "$*" >&2
	sed 's/^/    /' stderr | tail -n 4 >&2
	wrong=$((wrong + 1))
	[ $wrong -lt 25 ] || { echo "$name, $kind: too much is wrong" >&2; exit 1; }
}

# The calls that fail. Where many are one loop's, `thin` takes every so many-th, and each place's.
numbers() {
	local most
	rm -f places
	with 0 0
	reset
	most=$(od -An -td8 -v -N 88 state | tr -s ' ' '\n' | sort -n | tail -1)
	if [ "$mode" = all ] && [ "$kind" != memory ]; then
		{ seq 1 "${thin:-1}" "$most" && cat places 2>/dev/null; } | sort -nu
	elif [ "$mode" = places ] && [ "$kind" = memory ]; then
		awk 'NR % 24 == 1' places
	else
		cat places 2>/dev/null
	fi
}

# ---- what there is afterwards ------------------------------------------------------------------

reset() {
	rm -rf "$place"
	cp -a old "$place"
}

# One file, $made, and its checksum, which may be missing but never be another's.
file_state() {
	local others base=${made##*/}
	others=$(find "$place" -mindepth 1 ! -path "$made" ! -path "$made.sha256" | head -n 1)
	if [ -n "$others" ]; then echo "litter ($others)"
	elif [ -e "$made.sha256" ] && ! (cd "$place" && sha256sum --quiet -c ./*.sha256 >/dev/null 2>&1); then echo broken
	elif [ ! -e "$made" ]; then [ -e "old/$base" ] && echo lost || echo old
	elif [ -e "old/$base" ] && cmp -s "old/$base" "$made"; then echo old
	elif cmp -s "new/$base" "$made"; then echo new
	else echo broken; fi
}

remember() {
	[ -z "$picture" ] || old=$(cd old && $picture 2>&1) new=$(cd new && $picture 2>&1)
}

# Files that belong together, as $picture shows them. What is written aside has no name that counts.
aside='/\.tmp-[0-9-]*$/d'
tree_state() {
	local now
	now=$(cd "$place" && $picture 2>&1)
	if [ "$now" = "$old" ]; then echo old
	elif [ "$now" = "$new" ]; then echo new
	elif [ "$(sed "$aside" <<<"$now")" = "$(sed "$aside" <<<"$old")" ]; then echo 'litter (aside)'
	else echo "half ($(diff <(echo "$now") <(echo "$new") | sed -n 2p))"; fi
}

# Nothing is made, only said.
said_state() {
	if cmp -s stdout said; then echo new
	elif grep -Eq "$verdict" stdout; then echo 'another verdict'
	else echo old; fi
}

# less STATE CALLER: something is told that undisturbed is not, or was the C library's to tell (a
# message in English instead of Chinese); and what is there is whole.
less() {
	[ "$2" != 1 ] || cat stdout stderr | grep -vxFf base | grep -E '(error|warning|nianbao): ' >/dev/null || return 1
	[ "$1" = old ] || whole
}

# ---- failing and killed --------------------------------------------------------------------------

# A failed call: the run may do without it, and then it is as undisturbed; or it says why and what.
judge() {
	case $status in
	0 | 1 | 2)
		# iniparser 4.1 goes on without what it had no memory for, and nobody can tell.
		if [ "$kind$(fired)" = memory3 ]; then is=old && reset && return; fi
		# Without the call, or with something less, which is told: a plugin, a hand-in.
		[ "$status$is" = "${usual}new" ] || less "$is" "$(fired)" ||
			complain "$name, $kind $1: status $status, but what is there is $is" ;;
	3)
		failed=$((failed + 1))
		grep -q '^nianbao: ' stderr || complain "$name, $kind $1: no message"
		[ "$kind" = memory ] || grep -q "^nianbao: .*['/].*: " stderr ||
			complain "$name, $kind $1: the message names no path or no cause"
		[ "$is" = old ] || [ "$is" = new ] || complain "$name, $kind $1: what is there is $is" ;;
	139) # iniparser, and the C library's own iconv(), do not look at what they get
		[ "$(fired)" != 1 ] && [[ $is = @(old|new) ]] || complain "$name, $kind $1: status $status" ;;
	*) complain "$name, $kind $1: status $status" ;;
	esac
}

# The next run puts everything right.
next() {
	[ "$is" = new ] && [ -n "$once" ] && return
	"${command[@]}" >stdout 2>stderr
	[ $? = "$usual" ] || complain "$name, $kind $1: the next run fails"
	is=$($state)
	[ "$is" = new ] || complain "$name, $kind $1: after the next run what is there is $is"
}

failing() {
	for n in $(numbers); do
		with "$n" 0
		is=$($state)
		runs=$((runs + 1))
		judge "$n"
		if [ "$state" != said_state ] && { [ "$is" != old ] || [ $((n % 10)) = 0 ] || [ -n "$begun" ]; }; then
			next "$n"
			reset
		fi
	done
	echo "$name: $kind: $runs runs, $failed ended with a message"
}

killed() {
	for n in $(numbers); do
		with "$n" 1
		runs=$((runs + 1))
		[ "$(fired)" = 0 ] || [ $status = 137 ] || complain "$name, killed at $n: status $status"
		is=$($state)
		case $is in
		old | new) ;;
		half*) [ -n "$halves" ] && $halves || complain "$name, killed at $n: what is there is $is" ;;
		litter*) # has no name that counts, and the next run takes it away
			[ "$(ls "$place" | grep -vxFf <(ls old new))" = '' ] || complain "$name, killed at $n: $is" ;;
		*) complain "$name, killed at $n: what is there is $is" ;;
		esac
		if [ "$is" != old ] || [ $((n % 10)) = 0 ]; then
			next "$n"
			reset
		fi
	done
	echo "$name: killed: $runs runs"
}

# ---- the job -------------------------------------------------------------------------------------

# What a command may leave out, see commands.sh.
usual=0 state=file_state thin='' once='' begun='' halves='' picture='' verdict=''
change() { :; }
before() { rm -rf "$place" && mkdir -p "$place"; }
begin() { :; }
whole() { false; }
"${name// /_}"

calls=$kind
[ "$kind" != killed ] || calls=any
before || { complain "$name: it cannot be prepared"; exit 1; }
cp -a "$place" old
change
"${command[@]}" >stdout 2>stderr
[ $? = "$usual" ] || { complain "$name: undisturbed it fails"; exit 1; }
cp stdout said
cat stdout stderr >base
cp -a "$place" new
remember
reset
begin
[ "$($state)" != new ] || [ "$state" = said_state ] || { complain "$name: there is no difference"; exit 1; }

case $kind in
killed) killed ;;
disk) full_disk ;;
*) failing ;;
esac
echo $runs >"$work/runs.$$"
[ -n "${KEEP:-}" ] || rm -rf "$mine"
exit $((wrong > 0))
