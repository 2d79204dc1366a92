#!/bin/sh
# corpus.sh FOLDER DEPARTMENTS MEGABYTES: a workspace of that size, the same for
# the same arguments: prose in points over all chapters, figures, no attachments.
set -eu
folder=$1 departments=$2 megabytes=$3

rm -rf "$folder"
mkdir -p "$folder/inbox"
cat > "$folder/report.ini" <<END
[report]
year = 2025
region = 测试县
issuer = 测试县人民政府
date = 2026-03-20
[chapters]
leadership = yes
reform = yes
decision = yes
enforcement = yes
supervision = yes
capacity = yes
END
printf '测试县各项工作情况如下：\n\n{{{chapters}}}\n' > "$folder/frame.md"

awk -v folder="$folder" -v departments="$departments" -v bytes="$((megabytes * 1048576))" '
BEGIN {
	split("leadership reform decision enforcement supervision capacity", chapters, " ")
	split("inspections delegated_items documents_filed penalties disclosure_requests leaflets", figures, " ")
	n = split("健全工作机制 压实主体责任 严格审核程序 规范执法行为 畅通救济渠道 加强宣传培训 完善配套制度 强化跟踪问效 优化办理流程 推进信息共享 组织专项检查 及时公开结果", words, " ")
	per = bytes / departments / 6
	seed = 7
	for (d = 1; d <= departments; d++) {
		id = sprintf("dept%03d", d)
		system("mkdir -p " folder "/inbox/" id)
		ini = folder "/inbox/" id "/submission.ini"
		printf "[submission]\ndepartment = %s\nyear = 2025\ndate = 2026-01-15\n", id > ini
		for (c = 1; c <= 6; c++) {
			printf "\n[%s]\nnarrative = %s.md\n%s = %d\n", chapters[c], chapters[c], figures[c], d * c > ini
			file = folder "/inbox/" id "/" chapters[c] ".md"
			written = 0
			for (point = 1; written < per; point++) {
				text = "## " words[(d + point) % n + 1] "第" point "项\n\n"
				for (s = 0; s < 12; s++) {
					seed = (seed * 1103 + 12345) % 65536
					text = text words[seed % n + 1] "，" words[(seed + s) % n + 1] "，全年办理" seed "件，其中按期办结" int(seed / 2) "件。"
				}
				text = text "本项共计{{" figures[c] "}}件。\n\n"
				printf "%s", text > file
				written += length(text) * (length("中") == 1 ? 3 : 1)
			}
			close(file)
		}
		close(ini)
		printf "[%s]\nname = 第%d单位\nchapters = leadership, reform, decision, enforcement, supervision, capacity\n\n", id, d > (folder "/departments.ini")
	}
}'
