# commands.sh: what is tried with calls failing; read by run.sh and one.sh.
#
# A function for each, its name with _ for blanks. It runs in a folder of its own with what
# make_base() has made, and sets
#
#     command   what is run
#     kinds     of calls that fail, "killed" among them
#     place     the folder in which it makes something
#     before()  what stands there before: as a rule the folder, and nothing in it
#     change()  after which the command makes something else
#     state     how old and new are told apart: file_state (of $made), tree_state (of what $picture
#               prints, run in the folder) or said_state (nothing is made; what has $verdict in it
#               may only be said as it is said undisturbed)
#     whole()   what is there is sound, though less than undisturbed
#
# and, where it is so,
#
#     usual     its status undisturbed
#     thin      with all: every so many-th call will do
#     once      it does not run again when all is done
#     halves    killed, something in between is all right if this is; the next run mends it
#     begin()   makes of the old state another that is as old
#     begun     the next run is tried after each, not after every tenth alone

commands=('assemble' 'assemble the first' 'assemble what streams' 'assemble pages' 'receive a folder'
	'receive a zip again' 'receive after a kill' 'receive a stranger' 'receive and return' 'pack'
	'render' 'render pages' 'sign' 'verify' 'verify a folder' 'compare')
# What make run-faults tries: of those alike one, and each that writes.
sampled=('assemble' 'assemble what streams' 'receive a zip again' 'pack' 'render pages' 'sign' 'verify')
all_kinds='read write sync rename close open stat list memory thread killed'
# cairo and qpdf end the program by themselves, or leave out a letter, when there is no memory.
page_kinds='read write sync rename close open stat list killed'

# ---- a small county: a folder, a zip with its receipt, a form's pictures and tables ---------------

hand_in() {
	printf '[submission]\ndepartment = %s\nyear = 2025\nrevision = 1\ndate = 2026-01-20\n' "$1"
}

make_base() {
	mkdir -p county/inbox mail/sfj/attachments mail/gaj/attachments small
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
	{
		hand_in sfj
		printf '[supervision]\nnarrative = s.md\nreconsideration_received = 3\n'
		printf '[attachment 1]\nfile = attachments/a.bin\ntitle = 录像\naccess = internal\n[attachment 2]\nfile = attachments/b.bin\ntitle = 录音\n'
	} >mail/sfj/submission.ini
	printf '## 复议\n\n收到{{reconsideration_received}}件。\n' >mail/sfj/s.md
	{
		hand_in gaj
		printf '[enforcement]\nnarrative = e.txt\n[attachment 1]\nfile = attachments/台账.csv\ntitle = 台账\nchapter = enforcement\n'
	} >mail/gaj/submission.ini
	printf '## 执法\n\n规范执法。\n' | iconv -t GB18030 >mail/gaj/e.txt
	printf '序号,案号\n1,2\n' >mail/gaj/attachments/台账.csv
	head -c 300000 /dev/zero | openssl enc -aes-128-ctr -K 00 -iv 00 2>/dev/null >mail/sfj/attachments/a.bin
	head -c 1000 /dev/zero >mail/sfj/attachments/b.bin
	(cd mail && zip -qr gaj.zip gaj)
	cp -R county empty
	"$program" -C county receive "$PWD/mail/sfj" "$PWD/mail/gaj.zip" || return 1
	printf '# 关于旧标题的通知\n\n## 一\n\n正文2025年。\n\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n' >p.md
	sh "$here/../cli/keys.sh"
}

retitle() { sed -i 's/旧标题/新标题/' "$1"; }

# ---- assemble ------------------------------------------------------------------------------------

assemble() {
	command=("$program" -C county assemble) kinds="$all_kinds disk"
	place=county/out made=county/out/测试县-2025.zip
	before() { "${command[@]}" >stdout 2>stderr; }
	change() { retitle county/report.ini; }
	whole() { "$program" verify "$made" >/dev/null 2>&1; }
}

assemble_the_first() {
	assemble
	kinds='write sync rename close killed' thin=8
	before() { rm -rf "$place" && mkdir "$place"; }
}

# With a file that is too large for memory.
assemble_what_streams() {
	assemble
	kinds='read write killed' thin=64
	before() {
		truncate -s 17M mail/sfj/attachments/b.bin
		"$program" -C county receive "$PWD"/mail/sfj >stdout 2>stderr && "${command[@]}" >stdout 2>stderr
	}
}

# A report on pages is made by what renders pages; that its failure reaches the bundle is shown here.
assemble_pages() {
	assemble
	kinds='read write open stat killed' thin=16
	before() {
		sed -i 's/^formats.*/formats = pdf/' county/report.ini
		"${command[@]}" >stdout 2>stderr
	}
}

# A full disk: a real one of 900 KB, on which the old bundle is and the new one does not fit beside it.
on_small_disk() {
	mount -t tmpfs -o size=900k none small || exit 77
	cp "$1" small/b.zip
	"$program" -C county assemble -o "$PWD/small/b.zip" >stdout 2>stderr
	[ $? = 3 ] && grep -q "small/b.zip': No space left on device" stderr || { cat stderr; exit 1; }
	cmp "$1" small/b.zip && [ "$(ls -A small)" = b.zip ] || exit 1
	mount -o remount,size=4m small
	"$program" -C county assemble -o "$PWD/small/b.zip" >stdout 2>stderr && cmp "$2" small/b.zip
}
export -f on_small_disk

# Where nobody may mount one, a file may only become so large.
on_limited_disk() {
	(ulimit -f 200 && exec "$program" -C county assemble) >stdout 2>stderr
	[ $? = 3 ] && grep -q "out/.*.zip': File too large" stderr && [ "$($state)" = old ]
}

full_disk() {
	local as=-m
	runs=1
	unshare -m true 2>/dev/null || as=-rm
	if unshare $as true 2>/dev/null; then
		unshare $as bash -c 'on_small_disk "$@"' disk "old/${made##*/}" "new/${made##*/}" >stdout 2>stderr
		case $? in
		0) echo "$name: on a full disk of 900 KB: as it was" && return ;;
		77) ;;
		*) complain "$name: on a full disk" && return ;;
		esac
	fi
	on_limited_disk || complain "$name: where files may not become larger"
	echo "$name: no disk could be mounted; where files may not become larger: as it was"
}

# ---- receive ---------------------------------------------------------------------------------------

# All files of the inbox by what they hold; of receipts without how many findings there were, which
# are fewer where a chapter could not be loaded, and the time, which is in UTC where the C library has
# no memory for the zone. The next run takes .receiving away: only where
# removing fails, or nothing more is done, may it be there.
inbox() {
	local receiving=.receiving
	case $kind in rename | memory | killed) ;; *) receiving=.nothing ;; esac
	find . ! -name .lock ! -name .refused ! -path "*/$receiving*" -type d | sort
	find . ! -name .lock ! -path "*/$receiving*" ! -name '*.receipt.ini' ! -name '*.report.txt' -type f -exec sha256sum {} + | sort
	find . ! -path "*/$receiving*" -name '*.receipt.ini' -exec grep -vE '^(errors|warnings|notes|received|returned) ' {} + | sort
	find . ! -path "*/$receiving*" -name '*.report.txt'
}

# Between two renamings there is a receipt that nobody reads: the inbox says what it said.
same_inbox() { cmp -s <("$program" -C county status 2>&1) status; }

receive() {
	kinds=$all_kinds place=county/inbox state=tree_state picture=inbox halves=same_inbox
	before() { "$program" -C county status >status 2>&1 || true; }
	whole() { case $is in old | new) true ;; *) false ;; esac; }
}

receive_a_folder() {
	receive
	command=("$program" -C county receive "$PWD"/mail/sfj)
	before() {
		rm -rf county && cp -R empty county && "$program" -C county status >status 2>&1
		true
	}
}

receive_a_zip_again() {
	receive
	command=("$program" -C county receive "$PWD"/mail/gaj.zip)
	change() { printf '序号,案号\n1,3\n' >mail/gaj/attachments/台账.csv && (cd mail && zip -qr gaj.zip gaj); }
}

# Ended between the receipt's renaming and the hand-in's: what mends it may fail, too, and the one
# after that mends it still.
receive_after_a_kill() {
	receive_a_zip_again
	kinds='read write sync rename close open stat list killed' begun=1 thin=4
	begin() {
		local calls=rename n=0
		while :; do
			with $((n += 1)) 1
			case $($state) in half*) break ;; esac
			[ "$(fired)" != 0 ] || { complain "$name: there is no such moment"; exit 1; }
			reset
		done
		rm -rf before && mv old before && cp -a "$place" old
		before=$(cd before && inbox) state=mended_state
		remember
	}
	# Put back as it was before all of it, is as good.
	mended_state() {
		local is
		is=$(tree_state)
		case $is in half*) [ "$(cd "$place" && inbox)" != "$before" ] || is=old ;; esac
		echo "$is"
	}
}

receive_a_stranger() {
	receive
	command=("$program" -C county receive "$PWD"/mail/x.zip) usual=1
	change() { cp mail/gaj.zip mail/x.zip && zip -qd mail/x.zip gaj/submission.ini; }
}

receive_and_return() {
	receive
	command=("$program" -C county receive --return 请补充 sfj)
}

# ---- pack, render ----------------------------------------------------------------------------------

pack() {
	command=("$program" pack -o desk mail/sfj) kinds=$all_kinds place=desk made=desk/sfj-2025-1.zip
	before() { mkdir desk && "${command[@]}" >stdout 2>stderr; }
	change() { printf '\n新的一句。\n' >>mail/sfj/s.md; }
	whole() { unzip -tqq "$made"; }
}

# Each of several files is old or new, and nothing stands beside them; the next run goes on.
papers() { find . -type f -exec sha256sum {} + | sort; }
papers_state() {
	local is file uncounted='*/.nothing'
	[ "$kind" != killed ] || uncounted='*/.*.tmp-*' # has no name that counts; next() sees it gone
	is=$(tree_state)
	case $is in half*)
		is=old
		for file in $(cd "$place" && find . -type f ! -path "$uncounted"); do
			cmp -s "$place/$file" "old/$file" || cmp -s "$place/$file" "new/$file" || is="half ($file)"
		done ;;
	esac
	echo "$is"
}

render() {
	command=("$program" render -f --format docx,html,txt,md -o paper/ p.md) kinds=$all_kinds
	place=paper state=papers_state picture=papers
	before() { mkdir paper && "${command[@]}" >stdout 2>stderr; }
	change() { retitle p.md; }
	whole() { [ "$is" = old ]; }
}

render_pages() {
	command=("$program" render -o paper/p.pdf p.md) kinds=$page_kinds place=paper made=paper/p.pdf
	before() { mkdir paper && "${command[@]}" >stdout 2>stderr; }
	change() { retitle p.md; }
	whole() { qpdf --check "$made" >/dev/null; }
}

# ---- sign, verify, compare ---------------------------------------------------------------------------

# A bundle with all that can stand beside it.
sealed() {
	mkdir desk && "$program" -C county assemble -o "$PWD/desk/b.zip" >stdout 2>stderr
}

# A certificate alone says nothing; a signature is never the same twice.
signature() {
	[ -e b.zip.p7s ] || { find . ! -name b.zip.cert.pem | sort && return; }
	find . | sort
	"$program" verify --ca ../ca.pem b.zip
}

sign() {
	command=("$program" sign --key p256.key --cert p256.pem desk/b.zip) kinds=$all_kinds
	place=desk state=tree_state picture=signature once=1
	before() { sealed; }
}

verify() {
	command=("$program" verify --items --ca ca.pem desk/b.zip) kinds=${all_kinds% killed}
	place=desk state=said_state verdict='valid: '
	before() { sealed && "$program" sign --key p256.key --cert p256.pem desk/b.zip >stdout 2>stderr; }
}

verify_a_folder() {
	command=("$program" verify --items desk/测试县-2025) kinds=${all_kinds% killed}
	place=desk state=said_state verdict='valid: '
	before() { sealed && (cd desk && unzip -q b.zip && rm b.zip*); }
}

compare() {
	command=("$program" compare --all desk/b.zip desk/c.zip) kinds=${all_kinds% killed}
	place=desk state=said_state verdict='.'
	before() {
		sealed && sed -i 's/= 3/= 4/' mail/sfj/submission.ini &&
			"$program" -C county receive "$PWD"/mail/sfj >stdout 2>stderr &&
			"$program" -C county assemble -o "$PWD/desk/c.zip" >stdout 2>stderr
	}
}
