#!/usr/bin/env bash
# run.sh PREFIX [office]: the sample county on the office's forms. Each department's kit is filled in
# with what its plain hand-in says and packed by another program; the report must be the plain one.
# With `office`, half of the workbooks and documents have been opened and saved by LibreOffice, too.
set -euo pipefail
export LC_ALL=C.UTF-8 LANGUAGE=en
unset NIANBAO_PLUGIN_PATH

here=$(cd "$(dirname "$0")" && pwd)
sample=$(cd "$here/../../config/sample" && pwd)
PATH=$(cd "$1/bin" && pwd):$PATH
office=${2:-}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0

pass() { passed=$((passed + 1)); }
fail() {
	failed=$((failed + 1))
	printf 'kits: %s\n' "$*" >&2
}

# ---- filling in -----------------------------------------------------------------

# A department's last hand-in as a folder.
plain() {
	local from=$sample/inbox/$1 to=$work/plain/$1
	mkdir -p "$work/plain"
	if [ -e "$from.zip" ]; then
		mkdir "$to" && bsdtar -xf "$from.zip" -C "$to"
	elif [ -e "$from/2" ]; then
		cp -R "$from/2" "$to"
	else
		cp -R "$from" "$to"
	fi
}

# fill DEPARTMENT [CHAPTER…]: only these on the form, the others in submission.ini.
fill() {
	mkdir -p "$work/kits/$1"
	bsdtar -xf "$work/county/forms/$1-2025.zip" -C "$work/kits/$1"
	"$here/fill.py" "$work/plain/$1" "$work/kits/$1"/* "${@:2}"
}

# Opens and saves what the departments hand in, each program started once for all of them.
resave() {
	local kind=$1 name=$2 department
	shift 2
	mkdir -p "$work/before" "$work/after"
	for department; do
		cp "$work/kits/$department"/*/"$name.$kind" "$work/before/$department.$kind"
	done
	soffice "-env:UserInstallation=file://$work/profile" --headless --convert-to "$kind" \
		--outdir "$work/after" "$work/before"/*."$kind" >"$work/soffice.log" 2>&1 </dev/null || :
	for department; do
		if [ -s "$work/after/$department.$kind" ]; then
			mv "$work/after/$department.$kind" "$(echo "$work/kits/$department"/*)/$name.$kind"
			pass
		else
			cat "$work/soffice.log" >&2
			fail "LibreOffice saves no $name.$kind of $department"
		fi
	done
}

# ---- packing --------------------------------------------------------------------

packers=(zip zip-utf8 zip-posix 7z bsdtar zipfile gbk folder)

# pack HOW ZIP NAME…, in the folder where the names are
pack() {
	local how=$1 zip=$2
	shift 2
	case $how in
	zip) zip -qr "$zip" "$@" ;;
	zip-utf8) zip -qr -UN=UTF8 "$zip" "$@" ;;
	zip-posix) LC_ALL=C zip -qr "$zip" "$@" ;;
	7z) 7z a -tzip -bd -bso0 "$zip" "$@" ;;
	bsdtar) bsdtar -c --format zip -f "$zip" "$@" ;;
	zipfile | gbk) "$here/pack.py" "$how" "$zip" "$@" ;;
	folder) mkdir "${zip%.zip}" && cp -R "$@" "${zip%.zip}" ;;
	esac
}

# hand_in DEPARTMENT N: the Nth way to pack; with its top folder, or what is in that.
hand_in() {
	local how=${packers[$2 % ${#packers[@]}]} zip=$work/county/inbox/$1.zip
	rm -rf "$work/county/inbox/$1" "$zip"
	cd "$work/kits/$1"
	if [ "$how" = folder ] || [ $(($2 / ${#packers[@]} % 2)) = 1 ]; then
		cd ./*
	fi
	pack "$how" "$zip" ./*
	cd "$work"
}

# ---- comparing ------------------------------------------------------------------

# Where a figure comes from is the last column of figures.csv, and another place on a form.
values() { unzip -p "$1" '*/data/figures.csv' | sed -E 's/,("[^"]*"|[^",]*)$//'; }
report() { unzip -p "$1" '*/data/report/report.txt'; }

compare() {
	local found bundle what
	if found=$(nianbao -C "$work/county" check 2>&1) && [[ $found == *"0 errors, "* ]]; then
		pass
	else
		fail 'errors are found:' && sed '/: warning: /d; /: note: /d' <<<"$found" >&2
	fi
	bundle=$work/county/$(nianbao -C "$work/county" -q assemble 2>/dev/null) || { fail 'no bundle is made'; return; }
	for what in report values; do
		if "$what" "$bundle" | diff - <("$what" "$work/plain.zip") >"$work/diff"; then
			pass
		else
			fail "the $what of the forms differ from those of the plain hand-ins:" && head -n 20 "$work/diff" >&2
		fi
	done
	if nianbao verify "$bundle" >"$work/verify" 2>&1; then pass; else fail "$(cat "$work/verify")"; fi
}

# ---- the county -----------------------------------------------------------------

cp -R "$sample" "$work/county"
nianbao -C "$work/county" -q assemble -o "$work/plain.zip" >/dev/null 2>&1
nianbao -C "$work/county" -q form --all >/dev/null

departments=()
for form in "$work/county/forms"/*.zip; do
	name=$(basename "$form" -2025.zip)
	[ -e "$sample/inbox/$name" ] || [ -e "$sample/inbox/$name.zip" ] || continue
	departments+=("$name")
	plain "$name"
	fill "$name"
done
[ ${#departments[@]} -gt 15 ] || fail "only ${#departments[@]} departments have a form"

if [ "$office" ]; then
	half=()
	for ((i = 0; i < ${#departments[@]}; i += 2)); do half+=("${departments[i]}"); done
	resave xlsx figures "${half[@]}"
	resave docx report "${half[@]}"
fi
for i in "${!departments[@]}"; do
	hand_in "${departments[i]}" "$i"
	pass
done
compare

# Some chapters on the form, the others in a submission.ini beside it.
rm -rf "$work/kits/sfj"
fill sfj enforcement capacity shortcomings plan
hand_in sfj 1
compare

# The bundle's own workbook, opened and saved.
if [ "$office" ]; then
	mkdir "$work/book"
	unzip -p "$work/plain.zip" '*/data/figures.xlsx' >"$work/figures.xlsx"
	soffice "-env:UserInstallation=file://$work/profile" --headless --convert-to xlsx \
		--outdir "$work/book" "$work/figures.xlsx" >"$work/soffice.log" 2>&1 </dev/null || :
	if "$here/same.py" "$work/figures.xlsx" "$work/book/figures.xlsx" >"$work/diff" 2>&1; then
		pass
	else
		cat "$work/soffice.log" "$work/diff" >&2
		fail 'LibreOffice reads another figures.xlsx'
	fi
fi

[ "$failed" = 0 ] || { echo "kits: $failed failed" >&2; exit 1; }
echo "kits: $passed checks passed"
