#!/usr/bin/python3
"""Packs a kit as programs without a command line pack it.

    pack.py zipfile|gbk ZIP NAME...

Names are those of files and folders here. gbk: as the Explorer of a Chinese Windows writes it,
names in GBK with nothing to say so, folders with entries of their own.
"""
import os
import sys
import zipfile


class GbkInfo(zipfile.ZipInfo):
    def _encodeFilenameFlags(self):
        return self.filename.encode("gbk"), self.flag_bits & ~0x800


def entries(name):
    yield name + "/" if os.path.isdir(name) else name
    if os.path.isdir(name):
        for inner in sorted(os.listdir(name)):
            yield from entries(os.path.join(name, inner))


def main():
    how, path, *names = sys.argv[1:]
    make = GbkInfo if how == "gbk" else zipfile.ZipInfo
    with zipfile.ZipFile(path, "w") as target:
        for name in names:
            for entry in entries(name):
                info = make(entry, date_time=(2026, 1, 20, 9, 0, 0))
                info.compress_type = zipfile.ZIP_DEFLATED
                if entry.endswith("/"):
                    target.writestr(info, b"")
                else:
                    with open(entry, "rb") as file:
                        target.writestr(info, file.read())


main()
