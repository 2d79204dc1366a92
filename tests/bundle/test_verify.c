/* What verification finds in bags that were made, and damaged, with the shell. */
#include "bundle/verify.h"

#include "../archive/scratch.h"

/* Shell functions for the cases: a sound bag, and its checksums made anew. */
static const char helpers[] =
    "set -e\n"
    "manifest() { find data -type f | LC_ALL=C sort | xargs -d '\\n' ${1:-sha256}sum "
    ">manifest-${1:-sha256}.txt; }\n"
    "retag() { ls *.txt | grep -v ^tagmanifest- | xargs sha256sum >tagmanifest-sha256.txt; }\n"
    "oxum() { printf 'Source-Organization: 县司法局\\nPayload-Oxum: %s\\n' \"$1\" >bag-info.txt; "
    "}\n"
    "version() { printf 'BagIt-Version: %s\\nTag-File-Character-Encoding: UTF-8\\n' $1 >bagit.txt; "
    "}\n"
    "again() { oxum $(find data -type f -printf '%s\\n' | awk '{n+=$1} END {print n \".\" NR}'); "
    "manifest; retag; }\n"
    "directory() { printf '<文件目录>\\n'; n=0; find data -type f ! -name '*.XML' | LC_ALL=C sort "
    "| "
    "while read f; do n=$((n+1)); printf "
    "'<文件><序号>%s</序号><文件名>%s</文件名><字节数>%s</字节数><摘要 "
    "算法=\"SHA-256\">%s</摘要></文件>\\n' $n $f $(stat -c %s $f) $(sha256sum $f | cut -c1-64); "
    "done; printf '</文件目录>\\n'; }\n"
    "rm -rf bag bag.zip && mkdir -p bag/data/附件 && cd bag\n"
    "version 1.0; printf one >data/a; printf two >data/附件/b; oxum 6.2; manifest; retag\n";

static struct bag_verdict verify(const char *name)
{
	struct bag_verdict verdict;
	struct err err;

	cr_assert_eq(bag_verify(in(name), &scratch_arena, &verdict, &err), 0, "%s", err.text);
	return verdict;
}

/* The fault with its arguments, as a user would read it. */
static const char *say(const struct bag_fault *f)
{
	char text[2000];

	_Pragma("GCC diagnostic push") _Pragma("GCC diagnostic ignored \"-Wformat-nonliteral\"")
	    snprintf(text, sizeof text, f->message, f->args[0], f->args[1], f->args[2]);
	_Pragma("GCC diagnostic pop") return arena_printf(&scratch_arena, "%s:%u: %s: %s", f->file,
	    f->line, f->severity == BAG_ERROR ? "error" : "warning", text);
}

static const char *say_all(const struct bag_verdict *v)
{
	struct buf out = { 0 };
	const char *text;

	for (size_t i = 0; i < v->count; i++)
		buf_addf(&out, "%s\n", say(&v->faults[i]));
	text = arena_strdup(&scratch_arena, buf_str(&out));
	buf_release(&out);
	return text;
}

/*
 * A change to the sound bag, and what is said of it: all faults, one a line,
 * as parts that must be found in this order; "" for none.
 */
static const struct {
	const char *change;
	size_t errors, warnings;
	const char *said[3];
} cases[] = {
	/* Sound ones. */
	{ "true", 0, 0, { 0 } },
	{ "rm tagmanifest-sha256.txt bag-info.txt", 0, 0, { 0 } },
	{ "sed -i 's/  / */' manifest-sha256.txt; retag", 0, 0, { 0 } },
	{ "sed -i 's/  /\\t/' manifest-sha256.txt; retag", 0, 0, { 0 } },
	{ "sed -i 's/$/\\r/' *manifest-sha256.txt bag*.txt; retag", 0, 0, { 0 } },
	{ "tr '\\n' '\\r' <manifest-sha256.txt >x; mv x manifest-sha256.txt; retag", 0, 0, { 0 } },
	{ "sed -i 's/^[0-9a-f]*/\\U&/' manifest-sha256.txt; retag", 0, 0, { 0 } },
	{ "for a in md5 sha1 sha224 sha384 sha512; do manifest $a; done; retag", 0, 0, { 0 } },
	{ "openssl sm3 -r data/a data/附件/b >manifest-sm3.txt; retag", 0, 0, { 0 } },
	{ "for v in 0.93 0.94 0.95 0.96 0.97; do version $v; done; retag", 0, 0, { 0 } },
	{ "rm -r data/*; manifest; : >manifest-sha256.txt; oxum 0.0; retag", 0, 0, { 0 } },
	{ "printf x >'data/50%'; oxum 7.3; manifest; sed -i s/%/%25/ manifest-sha256.txt; retag", 0,
	    0, { 0 } },
	{ "mkdir data/sub; printf '' >data/sub/empty; oxum 6.3; manifest; retag", 0, 0, { 0 } },
	{ "iconv -t UTF-16 manifest-sha256.txt >x; mv x manifest-sha256.txt; iconv -t UTF-16 "
	  "bag-info.txt >x; "
	  "mv x bag-info.txt; sed -i s/UTF-8/UTF-16/ bagit.txt; retag; iconv -t UTF-16 "
	  "tagmanifest-sha256.txt >x; "
	  "mv x tagmanifest-sha256.txt",
	    0, 0, { 0 } },
	{ "printf 'http://example.org/a 3 data/a\\n' >fetch.txt; retag", 0, 0, { 0 } },

	/* Content. */
	{ "printf onf >data/a", 1, 0,
	    { "data/a:0: error: it was altered", "manifest-sha256.txt, line 1" } },
	{ "printf longer >data/a", 2, 0,
	    { "data/a:0: error: it was altered", "Payload-Oxum is 6.2, but", "9.2" } },
	{ "rm data/a", 2, 0,
	    { "manifest-sha256.txt:1: error: 'data/a' is missing", "Payload-Oxum" } },
	{ "printf x >data/extra", 2, 0,
	    { "data/extra:0: error: no manifest lists it", "Payload-Oxum" } },
	{ "oxum 6.3; retag", 1, 0, { "bag-info.txt:2: error: Payload-Oxum is 6.3", "6.2" } },
	{ "oxum many; retag", 1, 0, { "bag-info.txt:2: error: 'many' is no Payload-Oxum" } },
	{ "oxum -6.2; retag", 1, 0, { "'-6.2' is no Payload-Oxum" } },
	{ "oxum 6.2x; retag", 1, 0, { "'6.2x' is no Payload-Oxum" } },
	{ "printf 'x: y\\n' >>bag-info.txt", 1, 0,
	    { "bag-info.txt:0: error: it was altered", "tagmanifest-sha256.txt" } },
	{ "ln -s a data/link", 3, 0,
	    { "data/link:0: error: it is a symbolic link", "no manifest lists it" } },
	{ "mv data/a x; ln -s ../x data/a; retag", 2, 1,
	    { "data/a:0: error: it is a symbolic link" } },
	{ "rm -r data; : >manifest-sha256.txt; oxum 0.0; retag", 1, 0,
	    { "data:0: error: the folder is missing" } },

	/* Manifests. */
	{ "rm manifest-sha256.txt; retag", 1, 0, { "there is no payload manifest" } },
	{ "mv manifest-sha256.txt manifest-crc32.txt; retag", 1, 0,
	    { "manifest-crc32.txt:0: error: the algorithm 'crc32'" } },
	{ "cp manifest-sha256.txt manifest-blake2.txt; retag", 0, 1,
	    { "manifest-blake2.txt:0: warning: the algorithm" } },
	{ "echo nonsense >>manifest-sha256.txt; retag", 1, 0,
	    { "manifest-sha256.txt:3: error: this line is not" } },
	{ "sed -i 1s/./z/ manifest-sha256.txt; retag", 2, 0,
	    { "manifest-sha256.txt:1: error: this line is not", "no manifest lists" } },
	{ "sed -i 1s/.// manifest-sha256.txt; retag", 2, 0,
	    { "manifest-sha256.txt:1: error: this line is not", "no manifest lists" } },
	{ "sed -i '1s/  .*//' manifest-sha256.txt; retag", 2, 0,
	    { "manifest-sha256.txt:1: error: this line is not", "no manifest lists" } },
	{ "echo >>manifest-sha256.txt; retag", 0, 1,
	    { "manifest-sha256.txt:3: warning: this line is empty" } },
	{ "sed -i '1s/^/\\xef\\xbb\\xbf/' manifest-sha256.txt; retag", 1, 0,
	    { "manifest-sha256.txt:0: error: it begins with a byte order mark" } },
	{ "sed -i '1s/$/\\xb8/' manifest-sha256.txt; retag", 1, 0,
	    { "it is not text in the encoding 'UTF-8'" } },
	{ "sed -i '1s/$/\\x00/' manifest-sha256.txt; retag", 1, 0,
	    { "it is not text in the encoding 'UTF-8'" } },
	{ "sed -n 1p manifest-sha256.txt >>manifest-sha256.txt; retag", 1, 0,
	    { "manifest-sha256.txt:3: error: 'data/a' is listed twice" } },
	{ "sed -n 1p manifest-sha256.txt >>manifest-sha256.txt; version 0.97; retag", 0, 1,
	    { "manifest-sha256.txt:3: warning: 'data/a' is listed twice" } },
	{ "sed -n '1s/^./f/p' manifest-sha256.txt >>manifest-sha256.txt; retag", 2, 0,
	    { "'data/a' is listed twice", "altered" } },
	{ "sed -n '1s/^./f/p' manifest-sha256.txt >>manifest-sha256.txt; version 0.97; retag", 2, 0,
	    { "'data/a' is listed twice", "altered" } },
	{ "sed -i 1s,data,../bag/data, manifest-sha256.txt; retag", 2, 0,
	    { "manifest-sha256.txt:1: error: '../bag/data/a' leads out" } },
	{ "sed -i 1s,data/,data/../../, manifest-sha256.txt; retag", 2, 0, { "leads out" } },
	{ "sed -i 1s,data/,/data/, manifest-sha256.txt; retag", 2, 0, { "leads out" } },
	{ "sed -i 1s,data/,~/data/, manifest-sha256.txt; retag", 2, 0, { "leads out" } },
	{ "sed -i '1s,data/,c:\\\\data\\\\,' manifest-sha256.txt; retag", 2, 0, { "leads out" } },
	{ "sed -i 's,data/,./data/,' manifest-sha256.txt; retag", 0, 2,
	    { "manifest-sha256.txt:1: warning", "begin with \"./\"" } },
	{ "sha256sum bagit.txt >>manifest-sha256.txt; retag", 1, 0,
	    { "manifest-sha256.txt:3: error: 'bagit.txt' is not in data/" } },
	{ "manifest md5; sed -i 1d manifest-md5.txt; retag", 1, 0,
	    { "data/a:0: error: manifest-md5.txt does not list it" } },
	{ "manifest md5; sed -i 1d manifest-md5.txt; version 0.97; retag", 0, 0, { 0 } },
	{ "manifest md5; sed -i 1s/./0/ manifest-md5.txt; sed -i '1s/^0*\\(.*\\)  /\\1  "
	  "/;1s/^/0000000000000000/;1s/^.*\\(.\\{32\\}  \\)/\\1/' manifest-md5.txt; retag",
	    1, 0, { "data/a:0: error: it was altered", "manifest-md5.txt" } },
	/* Two of one bag that do not agree. */
	{ "(openssl sm3 -r data/附件/b | sed 's, .*,  data/a,'; openssl sm3 -r data/a | sed 's, "
	  ".*,  data/附件/b,') >manifest-sm3.txt; retag",
	    2, 0,
	    { "data/a:0: error: it was altered", "manifest-sm3.txt, line 1",
	        "data/附件/b:0: error: it was altered" } },
	{ "openssl sm3 -r data/a >manifest-sm3.txt; retag", 1, 0,
	    { "data/附件/b:0: error: manifest-sm3.txt does not list it" } },
	{ "openssl sm3 -r bagit.txt | sed 's, .*,  bag-info.txt,' >tagmanifest-sm3.txt", 1, 0,
	    { "bag-info.txt:0: error: it was altered", "tagmanifest-sm3.txt, line 1" } },
	/* More manifests than are read: none of them may be lost without a word. */
	{ "manifest md5; for i in $(seq 10 80); do echo x >manifest-n$i.txt; done; retag", 1, 63,
	    { "manifest-n73.txt:0: error: there are too many manifests", "manifest-n10.txt" } },
	/* Paths that are another file's to some readers. */
	{ "sed -i 1s,data/,data/./, manifest-sha256.txt; retag", 2, 0,
	    { "'data/./a' is missing", "no manifest lists" } },
	{ "sed -i 1s,data/,data//, manifest-sha256.txt; retag", 2, 0,
	    { "'data//a' is missing", "no manifest lists" } },
	{ "sed -i 1s,data/,DATA/, manifest-sha256.txt; retag", 2, 0,
	    { "'DATA/a' is not in data/", "no manifest lists" } },
	{ "sed -i '1s,data/,data\\\\,' manifest-sha256.txt; retag", 2, 0,
	    { "is not in data/", "no manifest lists" } },
	{ "sed -i '1s,$,/,' manifest-sha256.txt; retag", 2, 0,
	    { "'data/a/' is missing", "no manifest lists" } },
	{ "sed -i 1s,data/a,data/%61, manifest-sha256.txt; retag", 2, 0,
	    { "'data/%61' is missing", "no manifest lists" } },
	{ "sed -i '1s,$, ,' manifest-sha256.txt; retag", 2, 0,
	    { "'data/a ' is missing", "no manifest lists" } },
	/* What is no file. */
	{ "mkfifo data/pipe; retag", 3, 0,
	    { "data/pipe:0: error: it is no regular file", "no manifest lists it" } },
	{ "mkfifo data/pipe; sed 1s,data/a,data/pipe, manifest-sha256.txt | head -n 1 >x; cat x "
	  ">>manifest-sha256.txt; rm x; retag",
	    2, 0, { "data/pipe:0: error: it is no regular file" } },
	{ "mkfifo pipe", 1, 1, { "pipe:0: error: it is no regular file" } },
	{ "rm bag-info.txt; mkfifo bag-info.txt", 2, 0, { "" } },
	{ "mv data/附件 ..; ln -s ../../附件 data/附件; retag", 4, 0,
	    { "'data/附件/b' is missing", "data/附件:0: error: it is a symbolic link" } },
	{ "mv data ..; ln -s ../data data; retag", 4, 1,
	    { "'data/a' is missing", "data:0: error: it is a symbolic link" } },
	{ "echo x >stray", 0, 1, { "stray:0: warning: no tag manifest lists it" } },
	{ "sha256sum data/a >>tagmanifest-sha256.txt", 0, 1,
	    { "tagmanifest-sha256.txt:4: warning: 'data/a' does not belong" } },
	{ "rm bag-info.txt", 1, 0,
	    { "tagmanifest-sha256.txt:1: error: 'bag-info.txt' is missing" } },

	/* Names. */
	{ "printf x >'data/50%25'; oxum 7.3; manifest; retag", 0, 1,
	    { "warning: a percent sign in 'data/50%25' is not encoded" } },
	{ "printf x >$(printf 'data/e\\314\\201'); oxum 7.3; manifest; "
	  "mv $(printf 'data/e\\314\\201') $(printf 'data/\\303\\251'); retag",
	    0, 1, { "warning", "another normal form" } },
	{ "printf x >data/A; oxum 7.3; manifest; retag", 0, 2,
	    { "data/A:0: warning", "case", "data/a:0: warning" } },
	{ "printf x >'data/new\nline'; oxum 7.3; printf '%s  data/new%%0Aline\\n' $(printf x | "
	  "sha256sum | cut -c1-64) "
	  ">>manifest-sha256.txt; retag",
	    0, 1, { "warning: the name contains control" } },

	/* The declaration. */
	{ "rm bagit.txt; retag", 1, 0, { "bagit.txt:0: error: it is missing: this is no bag" } },
	{ "version 2.0; retag", 1, 0, { "bagit.txt:1: error: BagIt version 2.0 is unknown" } },
	{ "sed -i 's/: /:  /' bagit.txt; retag", 2, 0,
	    { "bagit.txt:1: error: this line must be", "bagit.txt:2:" } },
	{ "sed -i 's/:/ :/' bagit.txt; retag", 2, 0,
	    { "bagit.txt:1: error: this line must be", "bagit.txt:2:" } },
	{ "sed -i '1s/^/\\xef\\xbb\\xbf/' bagit.txt; retag", 1, 0,
	    { "bagit.txt:0: error: it begins with a byte order mark" } },
	{ "sed -i 2d bagit.txt; retag", 1, 0, { "bagit.txt:2: error" } },
	{ "echo more >>bagit.txt; retag", 1, 0, { "bagit.txt:3: error: it must have two lines" } },
	{ "sed -i s/UTF-8/KLINGON/ bagit.txt; retag", 3, 0,
	    { "its encoding 'KLINGON' is unknown" } },

	/* fetch.txt and bag-info.txt. */
	{ "rm data/a; printf 'http://example.org/a 3 data/a\\n' >fetch.txt; oxum 3.1; retag", 1, 0,
	    { "'data/a' is missing: it has still to be fetched" } },
	{ "printf 'http://example.org/z - data/z\\n' >fetch.txt; retag", 1, 0,
	    { "fetch.txt:1: error: 'data/z' is in no manifest" } },
	{ "printf 'http://example.org/z 3 ../z\\n' >fetch.txt; retag", 1, 0,
	    { "fetch.txt:1: error: '../z' is not a path within" } },
	{ "printf 'http://example.org/z\\n' >fetch.txt; retag", 1, 0,
	    { "fetch.txt:1: error: this line is not" } },
	{ "printf 'http://example.org/z x data/z\\n' >fetch.txt; retag", 1, 0,
	    { "fetch.txt:1: error: this line is not" } },
	{ "echo nonsense >>bag-info.txt; retag", 1, 0,
	    { "bag-info.txt:3: error: this line is not" } },
	{ "printf '  continued: 1.1\\n' >>bag-info.txt; retag", 0, 0, { 0 } },
	{ "printf 'Label : x\\n' >>bag-info.txt; retag", 1, 0,
	    { "bag-info.txt:3: error: a blank" } },

	/* Formats by content. */
	{ "printf x >data/x.pdf; again", 0, 1,
	    { "data/x.pdf:0: warning: its content is not what its name says: it is something "
	      "unknown" } },
	{ "printf '%%PDF-1.4' >data/x.pdf; cp data/x.pdf data/x.JPG; again", 0, 1,
	    { "data/x.JPG:0: warning: its content is not what its name says: it is PDF" } },
	{ "printf '%%PDF-1.4 <</Encrypt 1 0 R>>' >data/x.pdf; again", 0, 1,
	    { "data/x.pdf:0: warning: it is encrypted" } },
	{ "printf '\\377\\330\\377' >data/x.jpg; printf '\\211PNG\\r\\n\\032\\n' >data/x.png; "
	  "printf "
	  "GIF89a >data/x.gif; printf 'II*\\0' >data/x.tif; again",
	    0, 0, { 0 } },
	{ "echo x >'[Content_Types].xml'; zip -q0 data/x.docx '[Content_Types].xml' data/a; rm "
	  "'[Content_Types].xml'; zip -q data/y.zip data/a; cp data/y.zip data/y.xlsx; again",
	    0, 1, { "data/y.xlsx:0: warning: its content is not", "it is zip" } },
	{ "echo x >'[Content_Types].xml'; echo x >vbaProject.bin; zip -q data/x.docx "
	  "'[Content_Types].xml' vbaProject.bin; rm *.xml *.bin; again",
	    0, 1, { "data/x.docx:0: warning: it holds macros" } },
	{ "echo x >'[Content_Types].xml'; zip -q x.docx '[Content_Types].xml' data/a; zip -q0 "
	  "data/1.zip x.docx data/a; cp x.docx data/2.zip; head -c 600000 /dev/urandom >y.png; zip "
	  "-q0 data/z.docx y.png '[Content_Types].xml'; rm *.xml *.docx *.png; again",
	    0, 0, { 0 } },
	{ "echo x >vbaProject.bin; zip -q x.docm vbaProject.bin; zip -q data/1.zip data/a x.docm; "
	  "mv x.docm x; zip -q0 data/2.zip data/a x; rm x *.bin; again",
	    0, 2,
	    { "data/1.zip:0: warning: it holds macros",
	        "data/2.zip:0: warning: it holds macros" } },
	{ "zip -qP secret data/x.zip data/a; again", 0, 1,
	    { "data/x.zip:0: warning: it is encrypted" } },
	{ "printf '\\177ELF' >data/x; printf '#!/bin/sh' >data/y; printf 'MZ\\220\\0' >data/z.exe; "
	  "again",
	    0, 3, { "data/x:0: warning: it is a program", "data/y:0:", "data/z.exe:0:" } },
	{ "for i in $(seq 100 124); do printf x >data/$i.pdf; done; again", 0, 21,
	    { "data/119.pdf", "data:0: warning: there are 5 more of the kind" } },

	/* The directory of our own bundles, and their revisions. */
	{ "directory >data/文件目录.XML; again", 0, 0, { 0 } },
	{ "directory | sed 's/<字节数>3/<字节数>4/' >data/文件目录.XML; again", 1, 0,
	    { "data/文件目录.XML:0: error: it has another size or checksum for 'data/a'" } },
	{ "directory | sed 's/>[0-9a-f]\\{10\\}/>0123456789/' >data/文件目录.XML; again", 1, 0,
	    { "error: it has another size or checksum for 'data/a'" } },
	{ "directory | sed 's,data/a,data/z,' >data/文件目录.XML; again", 1, 0,
	    { "error: it lists 'data/z', which is not there" } },
	{ "directory | sed '2d;s/序号>2/序号>1/g' >data/文件目录.XML; again", 1, 0,
	    { "error: it does not list as many files as there are" } },
	{ "directory | sed 's/<序号>2/<序号>3/' >data/文件目录.XML; again", 1, 0,
	    { "error: its numbers have a gap before 'data/附件/b'" } },
	{ "directory | head -n 2 >data/文件目录.XML; again", 1, 0,
	    { "error: it is no directory in XML" } },
	{ "(printf '<!DOCTYPE x [<!ENTITY a \"a\">]>'; directory) >data/文件目录.XML; again", 1, 0,
	    { "error: it is no directory in XML" } },
	{ ": >data/文件目录.XML; again", 1, 0, { "error: it is no directory in XML" } },
	{ "for r in 1 2 9 10; do mkdir -p data/submissions/sfj/$r; printf x "
	  ">data/submissions/sfj/$r/x; done; mkdir -p data/submissions/gaj; printf x "
	  ">data/submissions/gaj/1.receipt.ini; again",
	    0, 1, { "data/submissions/sfj:0: warning: its hand-in 3 is missing, later" } },

	/* The report's formats. */
	{ "mkdir data/report; cd data/report; printf '标题\\n一是 甲。\\n附件：1.乙\\n' "
	  ">report.txt; printf "
	  "'<title>x</title><h1>标题</h1><p>一是　甲<b>。</b></p><ol><li>乙</ol>' >report.html; cd "
	  "../..; "
	  "again",
	    0, 0, { 0 } },
	{ "mkdir data/report; cd data/report; printf '标题\\n一是甲14件。\\n' >report.txt; printf "
	  "'<h1>标题</h1><p>一是甲41件。</p><script>一是甲14件。</script>' >report.html; cd ../..; "
	  "again",
	    0, 1,
	    { "data/report/report.html:0: warning: it does not say the same as report.txt: "
	      "'一是甲14件。'" } },
	{ "mkdir data/report; cd data/report; printf '1\\n2\\n3\\n4\\n5\\n甲。\\n乙。\\n' "
	  ">report.txt; "
	  "printf '<p>草稿2<p>1345<p>乙。<p>甲。' >report.html; cd ../..; again",
	    0, 1, { "'乙。' is not in it, or not in its place" } },
	{ "mkdir data/report; cd data/report; printf '甲。\\n乙。\\n' >report.txt; "
	  "/usr/bin/python3 -c "
	  "'import docx; d = docx.Document(); d.add_paragraph(\"甲。\"); "
	  "d.add_paragraph(\"乙。\"); "
	  "d.save(\"report.docx\")'; cd ../..; again",
	    0, 0, { 0 } },
	{ "mkdir data/report; cd data/report; printf '甲。\\n乙。\\n' >report.txt; "
	  "/usr/bin/python3 -c "
	  "'import docx; d = docx.Document(); d.add_paragraph(\"甲。\"); "
	  "d.add_paragraph(\"丙。\"); "
	  "d.save(\"report.docx\")'; cd ../..; again",
	    0, 1, { "data/report/report.docx:0: warning: it does not say", "'乙。'" } },
	{ "mkdir data/report; printf 甲 >data/report/report.txt; printf x "
	  ">data/report/report.docx; "
	  "again",
	    0, 2,
	    { "data/report/report.docx:0: warning: its content is not",
	        "data/report/report.docx:0: warning: its text cannot be read" } },
};

static void expect_said(size_t i, const struct bag_verdict *v)
{
	const char *all = say_all(v), *at = all;

	cr_expect(v->errors == cases[i].errors && v->count - v->errors == cases[i].warnings,
	    "case %zu, %s\n%s", i, cases[i].change, all);
	for (size_t k = 0; k < 3 && cases[i].said[k]; k++) {
		at = strstr(at, cases[i].said[k]);
		cr_assert(at, "case %zu, %s: no \"%s\" in\n%s", i, cases[i].change,
		    cases[i].said[k], all);
	}
}

Test(bundle, verify_cases, SCRATCH)
{
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct bag_verdict v;

		sh("%s%s\n", helpers, cases[i].change);
		v = verify("bag");
		expect_said(i, &v);
	}
}

/* A zip of the bag says the same as the bag, with and without a folder around it. */
Test(bundle, verify_zips, SCRATCH)
{
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct bag_verdict folder, zip;

		/* zip follows links and waits for pipes, and a zip does not show that data/ is not
		 * there. */
		if (strstr(cases[i].change, "ln -s") || strstr(cases[i].change, "mkfifo") ||
		    strstr(cases[i].change, "rm -r data"))
			continue;
		sh("%s%s\n%s", helpers, cases[i].change,
		    i % 2 ? "zip -qrD ../bag.zip ." : "cd .. && bsdtar -a -cf bag.zip bag");
		folder = verify("bag");
		zip = verify("bag.zip");
		cr_expect_str_eq(
		    say_all(&folder), say_all(&zip), "case %zu: %s", i, cases[i].change);
		cr_expect_eq(folder.files, zip.files);
		cr_expect_eq(folder.bytes, zip.bytes);
	}
}

Test(bundle, verify_verdict, SCRATCH)
{
	struct bag_verdict v;

	sh("%s manifest md5; openssl sm3 -r data/a data/附件/b >manifest-sm3.txt; retag", helpers);
	v = verify("bag");
	cr_expect_eq(v.errors, 0);
	cr_expect_eq(v.files, 2);
	cr_expect_eq(v.bytes, 6);
	cr_expect_str_eq(v.algorithms, "md5, sha256, sm3");
	cr_expect_str_eq(v.version, "1.0");
}

/* A search that goes back for each letter would take hours. */
Test(bundle, verify_texts_that_repeat, SCRATCH, .timeout = 60)
{
	struct bag_verdict v;

	sh("%s mkdir data/report; head -c 5000000 /dev/zero | tr '\\0' a >data/report/report.txt; "
	   "(head -c "
	   "4999999 data/report/report.txt; echo b) >data/report/report.html; again",
	    helpers);
	v = verify("bag");
	cr_expect_eq(v.items[ITEM_TEXTS], STATE_DOUBTFUL, "%s", say_all(&v));
}

/* Each item of the verdict, sound and not. */
Test(bundle, verify_items, SCRATCH)
{
	struct bag_verdict v;

	sh("%s", helpers);
	v = verify("bag");
	for (int i = ITEM_NONE + 1; i < ITEM_COUNT; i++) {
		int unasked = i == ITEM_ORIGIN || i == ITEM_SIGNATURE || i == ITEM_NUMBERED ||
		              i == ITEM_TEXTS || i == ITEM_HIDDEN;

		cr_expect_eq(v.items[i], unasked ? STATE_UNCHECKED : STATE_PASSED, "item %d", i);
	}
	sh("%s printf onf >data/a; printf '#!/x' >data/b.pdf; cd .. && zip -qrDX bag.zip bag && "
	   "echo "
	   "more >>bag.zip",
	    helpers);
	v = verify("bag.zip");
	cr_expect_eq(v.items[ITEM_UNALTERED], STATE_FAILED);
	cr_expect_eq(v.items[ITEM_LISTED], STATE_FAILED);
	cr_expect_eq(v.items[ITEM_COUNTED], STATE_FAILED);
	cr_expect_eq(v.items[ITEM_HIDDEN], STATE_DOUBTFUL);
	cr_expect_eq(v.items[ITEM_READABLE], STATE_PASSED);
	cr_expect_eq(v.items[ITEM_NAMES], STATE_PASSED);
	/* What nobody lists is not read. */
	cr_expect_eq(v.items[ITEM_PROGRAMS], STATE_PASSED);
}

/* A zip cut off anywhere is an input failure; one with a flipped bit never passes. */
Test(bundle, verify_damaged_zips, SCRATCH)
{
	struct buf zip, copy = { 0 };
	struct bag_verdict v;
	struct err err;

	sh("%s cd .. && zip -qrDX bag.zip bag", helpers);
	zip = bytes_of("bag.zip");
	for (size_t n = 0; n < zip.len; n += 7) {
		put("cut.zip", zip.data, n);
		cr_expect_lt(bag_verify(in("cut.zip"), &scratch_arena, &v, &err), 0);
		cr_expect_eq(err.kind, ERR_INPUT);
	}
	/* In the content of a payload file, whose place is found by its name. */
	for (size_t i = 0; i + 8 < zip.len; i++)
		if (memcmp(zip.data + i, "data/aone", 9) == 0)
			zip.data[i + 7] ^= 1;
	put("flip.zip", zip.data, zip.len);
	v = verify("flip.zip");
	cr_expect_eq(v.errors, 1, "%s", say_all(&v));
	cr_expect(strstr(say_all(&v), "data/a:0: error") && strstr(say_all(&v), "checksum"), "%s",
	    say_all(&v));
	buf_release(&zip);
	buf_release(&copy);
}

/* What the zip holds beside its files is told; names that are at fault are read all the same. */
Test(bundle, verify_zip_with_more, SCRATCH)
{
	struct bag_verdict v;

	sh("%s cd .. && zip -qrDX bag.zip bag && echo more >>bag.zip", helpers);
	v = verify("bag.zip");
	cr_expect_eq(v.errors, 0, "%s", say_all(&v));
	cr_expect_str_eq(say_all(&v),
	    "bag.zip:0: warning: behind the zip stand bytes that do not belong to it\n");
	sh("%s mv data/a data/con.txt && manifest sha256 && retag && cd .. && rm -f bag.zip && "
	   "zip -qrDX bag.zip bag",
	    helpers);
	v = verify("bag.zip");
	cr_expect_eq(v.errors, 0, "%s", say_all(&v));
	cr_expect_eq(v.files, 2);
	cr_expect_str_eq(
	    say_all(&v), "data/con.txt:0: warning: the name means a device on Windows\n");
}

Test(bundle, verify_no_bag, SCRATCH)
{
	struct bag_verdict v;
	struct err err = { 0 };

	cr_expect_lt(bag_verify(in("none"), &scratch_arena, &v, &err), 0);
	cr_expect_eq(err.kind, ERR_SYSTEM);
	sh("echo text >text.zip");
	cr_expect_lt(bag_verify(in("text.zip"), &scratch_arena, &v, &err), 0);
	cr_expect_eq(err.kind, ERR_INPUT);
	sh("mkdir empty");
	v = verify("empty");
	cr_expect_eq(v.errors, 3, "%s", say_all(&v));
}
