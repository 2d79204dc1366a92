#!/bin/bash
# run.sh PREFIX [all] [COMMAND]: the program with one call failing at a time, and ended at one call
# at a time.
#
# For each command (commands.sh), each kind of call (faults.c) and each place in the program that
# makes one, the first call from there fails; with `all` each and every call does, one after the
# other, and all commands do. COMMAND takes those alone whose name has it in it. What is promised is
# in one.sh, which does one command and one kind. Several run at once, as JOBS says, or one a
# processor; KEEP=1 leaves their folders there. Prints a line for each.
set -uo pipefail
prefix=$(cd "$1" && pwd) mode=places only=${3:-}
[ "${2:-}" != all ] || mode=all
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/nianbao-faults-XXXXXX")
[ -n "${KEEP:-}" ] || trap 'rm -rf "$work"' EXIT
export here mode work program=$prefix/bin/nianbao
export LC_ALL=C.UTF-8 TZ=CST-8 SOURCE_DATE_EPOCH=1770172391
unset LANGUAGE NIANBAO_PLUGIN_PATH
${CC:-cc} -shared -fPIC -O1 -o "$work/faults.so" "$here/faults.c" -ldl || exit 1
. "$here/commands.sh"
started=$SECONDS

(mkdir "$work/base" && cd "$work/base" && make_base >"$work/said" 2>&1) ||
	{ cat "$work/said"; echo 'the county cannot be made' >&2; exit 1; }

# One job: its line, and what it has to complain of.
job() {
	local log
	log=$(bash "$here/one.sh" "$1" "$2" 2>&1) || echo . >>"$work/failed"
	echo "$log"
}
export -f job

[ "$mode$only" != places ] || commands=("${sampled[@]}")
: >"$work/failed"
for index in "${!commands[@]}"; do
	[[ ${commands[index]} == *"$only"* ]] || continue
	"${commands[index]// /_}"
	for kind in $kinds; do
		printf '%s\0%s\0' "${commands[index]}" "$kind"
	done
done >"$work/jobs"
[ -s "$work/jobs" ] || { echo "no command is called '$only'" >&2; exit 1; }
xargs -0 -n 2 -P "${JOBS:-$(nproc)}" bash -c 'job "$@"' job <"$work/jobs"

echo "faults: $(($(tr -cd '\0' <"$work/jobs" | wc -c) / 2)) parts, $(cat "$work"/runs.* | awk '{ n += $1 } END { print n }') runs, $((SECONDS - started)) seconds"
[ ! -s "$work/failed" ] || { echo "faults: $(wc -l <"$work/failed") parts are wrong" >&2; exit 1; }
echo 'faults: passed'
