# killed_bundle.sh: `assemble` over an older bundle, ended at each of its calls that change the file
# system, and with each of them failing. Each time there is the old bundle or the new one, whole; the
# checksum and the signature beside it, if there are any, are its own; and the next run comes to the same end. Of a kill between the
# naming of the new file and its renaming a hidden file is left. Run in an empty folder, with $TESTS, $SAMPLE and PATH as shell.h sets them; prints "N calls", or what went wrong.
set -eu
export LC_ALL=C.UTF-8
here=$PWD

cc -shared -fPIC -o killer.so "$TESTS/cli/killer.c" -ldl
cp -R "$SAMPLE" w
rm -rf w/inbox/*
cp -R "$SAMPLE/inbox/sfj" w/inbox/
# Without pages, which are killed by themselves elsewhere and take their time.
make_bundle() { nianbao -C w -q assemble --draft --format txt,html,docx -o ../out/b.zip >/dev/null 2>&1; }
mkdir out
make_bundle || true
sh "$TESTS/cli/keys.sh"
nianbao -q sign --key p256.key --cert p256.pem out/b.zip >/dev/null
cp -R out old
sed -i 's/^title .*/title = 另一份报告/' w/report.ini
make_bundle || true
cp -R out new
[ -e old/b.zip.p7s ] && [ ! -e new/b.zip.p7s ] || { echo 'the signature stays'; exit 1; }
! cmp -s old/b.zip new/b.zip || { echo 'undisturbed it does nothing'; exit 1; }

# What is there is true.
check() {
	cmp -s out/b.zip old/b.zip || cmp -s out/b.zip new/b.zip || { echo "$1: neither bundle is there"; exit 1; }
	[ ! -e out/b.zip.sha256 ] || (cd out && sha256sum --status -c b.zip.sha256) || { echo "$1: a checksum that is another's"; exit 1; }
	nianbao verify out/b.zip >/dev/null || { echo "$1: not valid"; exit 1; }
}

for how in KILL_AT FAIL_AT; do
	n=0
	while :; do
		n=$((n + 1))
		[ "$how" = KILL_AT ] || [ $n -lt $calls ] || break
		rm -rf out
		cp -R old out
		status=0
		(
			export $how=$n LD_PRELOAD=$here/killer.so
			export ASAN_OPTIONS="${ASAN_OPTIONS:-}:verify_asan_link_order=0"
			exec nianbao -C w -q assemble --draft --format txt,html,docx -o ../out/b.zip >/dev/null 2>&1
		) || status=$?
		check "$how=$n"
		[ "$how" = FAIL_AT ] || [ $status = 137 ] || break
		make_bundle || true
		diff -r -x '.b.zip*.tmp-*' out new >/dev/null || { echo "$how=$n: the next run does not mend it"; ls -A out; exit 1; }
	done
	calls=$n
done
diff -r -x '.b.zip*.tmp-*' out new >/dev/null || { echo 'undisturbed it ends otherwise'; exit 1; }
[ $calls -gt 5 ] || { echo "only $calls calls were seen"; exit 1; }
echo "$calls calls"
