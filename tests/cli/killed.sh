# killed.sh NAME COMMAND: COMMAND, run in a workspace, is ended at each of its calls that change the
# file system, one after the other. Each time the inbox must hold what it held, and either nothing
# more that counts or all that the command adds; and the command run again must come to the same
# end as undisturbed. The same if each of those calls fails. Run in an empty folder, with $TESTS and PATH as shell.h sets them; prints
# "NAME: N calls", or what went wrong.
set -eu
export LC_ALL=C.UTF-8
name=$1 command=$2
export TZ=CST-8 SOURCE_DATE_EPOCH=1770172391
here=$PWD

cc -shared -fPIC -o killer.so "$TESTS/cli/killer.c" -ldl

# Hand-ins that come in, and the workspace that they come into.
mkdir mail
for id in sfj gaj; do
	mkdir mail/$id
	printf '[submission]\ndepartment = %s\nyear = 2025\ndate = 2026-01-20\n' $id >mail/$id/submission.ini
done
mkdir mail/sfj/attachments
head -c 600000 /dev/urandom >mail/sfj/attachments/a.bin
printf '[attachment 1]\nfile = attachments/a.bin\ntitle = x\naccess = internal\n' >>mail/sfj/submission.ini
(cd mail && zip -qr sfj.zip sfj && zip -qr gaj.zip gaj)
echo none >mail/none.zip
cp -R "$TESTS/findings/county" old
mkdir -p old/inbox/sfj/1
printf '[submission]\ndepartment = sfj\nyear = 2025\n[supervision]\n' >old/inbox/sfj/1/submission.ini

# What the inbox holds: visible files and those refused, with their digests.
holds() { (cd "$1/inbox" && find . -path ./.receiving -prune -o -type f ! -name .lock -exec sha256sum {} + | LC_ALL=C sort); }
states() { nianbao -C "$1" --json status 2>/dev/null | tr -d '\n' | sed 's/"errors": [0-9]*//g'; }

# Undisturbed.
cp -R old new
(cd new && eval "$command" >/dev/null 2>&1) || true
holds old >old.list
holds new >new.list
states old >old.state
states new >new.state
! cmp -s old.list new.list || { echo "undisturbed it does nothing"; exit 1; }

n=0
while :; do
	n=$((n + 1))
	rm -rf w
	cp -R old w
	status=0
	(
		cd w
		export KILL_AT=$n LD_PRELOAD=$here/killer.so
		export ASAN_OPTIONS="${ASAN_OPTIONS:-}:verify_asan_link_order=0"
		eval "exec $command" >/dev/null 2>&1
	) || status=$?
	holds w >w.list
	# Nothing is lost or altered; what is new is as it will be.
	if [ $status = 137 ]; then
		case $command in
		*--return*) cmp -s w.list old.list || cmp -s w.list new.list || { echo "call $n: a third state"; exit 1; } ;;
		*)
			[ -z "$(LC_ALL=C comm -23 old.list w.list)" ] || { echo "call $n: something is lost"; exit 1; }
			[ -z "$(LC_ALL=C comm -13 new.list w.list)" ] || { echo "call $n: something is not whole"; exit 1; } ;;
		esac
	fi
	states w >w.state
	cmp -s w.state old.state || cmp -s w.state new.state || { echo "call $n: a third state of things"; exit 1; }
	[ $status = 137 ] || break
	# The next one works, and leaves no litter.
	(cd w && eval "$command" >/dev/null 2>&1) || true
	holds w >w.list
	cmp -s w.list new.list || { echo "call $n: the next one does not mend it"; diff new.list w.list; exit 1; }
	[ ! -e w/inbox/.receiving ] || { echo "call $n: litter"; exit 1; }
done
cmp -s w.list new.list || { echo "undisturbed it ends otherwise"; exit 1; }
[ $n -gt "${3:-5}" ] || { echo "only $n calls were seen"; exit 1; }
calls=$((n - 1))

n=0
while [ $n -lt $calls ]; do
	n=$((n + 1))
	rm -rf w
	cp -R old w
	status=0
	(
		cd w
		export FAIL_AT=$n LD_PRELOAD=$here/killer.so
		export ASAN_OPTIONS="${ASAN_OPTIONS:-}:verify_asan_link_order=0"
		eval "exec $command" >/dev/null 2>&1
	) || status=$?
	holds w >w.list
	case $command in
	*--return*) cmp -s w.list old.list || cmp -s w.list new.list || { echo "failed call $n: a third state"; exit 1; } ;;
	*none*) [ -z "$(LC_ALL=C comm -13 new.list w.list)" ] || { echo "failed call $n: something is not whole"; exit 1; } ;;
	*) # All or nothing, and no receipt that stands alone.
		cmp -s w.list old.list || cmp -s w.list new.list || { echo "failed call $n: a third state"; exit 1; } ;;
	esac
	states w >w.state
	cmp -s w.state old.state || cmp -s w.state new.state || { echo "failed call $n: a third state of things"; exit 1; }
	(cd w && eval "$command" >/dev/null 2>&1) || true
	holds w >w.list
	cmp -s w.list new.list || { echo "failed call $n: the next one does not mend it"; diff new.list w.list; exit 1; }
	[ ! -e w/inbox/.receiving ] || { echo "failed call $n: litter"; exit 1; }
done
echo "$name: $calls calls"
