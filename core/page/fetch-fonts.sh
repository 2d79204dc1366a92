#!/bin/sh
# fetch-fonts.sh KEPT TO: free fonts in the looks of the official ones, taken out of a package
# that would bring all of TeX if it were installed. They are kept in KEPT and copied to TO.
# Without a network pages are set in what fontconfig knows: said, and no failure.
set -eu

package=texlive-lang-chinese
fonts=usr/share/texlive/texmf-dist/fonts/opentype/public/fandol
words=usr/share/doc/texlive-doc/fonts/fandol

[ ! -e "$2/COPYING" ] || exit 0
if [ ! -e "$1/COPYING" ]; then
	part=$1.part
	rm -rf "$part"
	mkdir -p "$part"
	trap 'rm -rf "$part"' EXIT
	echo "fetching: fonts out of $package"
	if ! (cd "$part" && apt-get download -qq -o APT::Sandbox::User=root "$package" &&
		dpkg-deb --fsys-tarfile "$package"_*.deb | tar x "./$words/README" "./$words/COPYING.gz" \
			"./$fonts/FandolFang-Regular.otf" "./$fonts/FandolKai-Regular.otf" \
			"./$fonts/FandolHei-Regular.otf" "./$fonts/FandolSong-Regular.otf" \
			"./$fonts/FandolSong-Bold.otf") >"$part/log" 2>&1; then
		echo "fonts: $package cannot be fetched, PDFs are set in the fonts that are there" >&2
		exit 0
	fi
	rm -rf "$1"
	mkdir -p "$1"
	mv "$part/$fonts"/*.otf "$part/$words/README" "$1"
	gzip -dc "$part/$words/COPYING.gz" >"$1/COPYING"
fi
mkdir -p "$2"
cp "$1"/* "$2"
