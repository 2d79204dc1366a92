#!/usr/bin/python3
"""locked.py FILE...: what Office makes of a file with a password, as far as it can be told: an
OLE2 file with the streams EncryptionInfo and EncryptedPackage ([MS-CFB] 2.2, [MS-OFFCRYPTO] 2.3.4).
"""
import struct
import sys

SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def entry(name, kind, child=FREE, right=FREE, start=END, size=0):
    text = (name + "\0").encode("utf-16-le") if name else b""
    return text.ljust(64, b"\0") + struct.pack(
        "<HBBIII16sIQQIQ", len(text), kind, 1, FREE, right, child, b"", 0, 0, 0, start, size)


def locked():
    header = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(16) + struct.pack(
        "<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, END, 0, END, 0)
    header += struct.pack("<I", 0) + b"\xff" * 432
    # Sector 0: the sectors; 1: the directory; 2 to 9, 10 to 17: the streams, too large to be mini ones.
    chain = [FAT, END] + [n + 1 for n in range(2, 9)] + [END] + [n + 1 for n in range(10, 17)] + [END]
    fat = struct.pack("<%dI" % len(chain), *chain).ljust(SECTOR, b"\xff")
    directory = entry("Root Entry", 5, child=1)
    directory += entry("EncryptionInfo", 2, right=2, start=2, size=4096)
    directory += entry("EncryptedPackage", 2, start=10, size=4096) + entry("", 0)
    noise = bytes((n * 37 + 11) & 0xFF for n in range(8192))
    return header + fat + directory + noise


for path in sys.argv[1:]:
    with open(path, "wb") as file:
        file.write(locked())
