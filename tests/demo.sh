#!/bin/sh
# demo.sh PREFIX FOLDER: assembles the sample county with the program installed
# at PREFIX (the build folder is laid out like one), into FOLDER, and says
# where to look.
set -eu

prefix=$1 folder=$2
sample=$prefix/share/nianbao/sample
[ -d "$sample" ] || sample=config/sample
rm -rf "$folder"
mkdir -p "$(dirname "$folder")"
cp -R "$sample" "$folder"

bundle=$("$prefix/bin/nianbao" -C "$folder" assemble)
"$prefix/bin/nianbao" verify "$folder/$bundle"
unzip -qo "$folder/$bundle" -d "$folder/out"
root=$folder/out/$(basename "$bundle" .zip)

cat <<END

The sample county's report (岚桥县, invented) is ready:
  the bundle        $folder/$bundle
  its report        $root/data/report/report.docx (.pdf, .html, .md, .txt)
  its figures       $root/data/figures.xlsx (.csv, .json)
  what was found    $root/data/findings.csv
  the hand-ins      $folder/inbox/
END
