#!/usr/bin/env python3
"""Writes lib/rpm/tag-types.json: the name and the type of each tag that the librpm of this machine knows.

    python3 scripts/generate-tag-types.py "$(rpm --version)"

rpm refuses a header in which a tag that it knows has another type (lib/header.cc, hdrchkTagType), so a tag that we never read matters too.
The numbers and types are asked of the library itself: rpmTagGetName, which `rpm --querytags` prints, and rpmTagGetTagType.
"""

import ctypes
import json
import pathlib
import sys

TYPES = [None, "CHAR", "INT8", "INT16", "INT32", "INT64", "STRING", "BIN", "STRING_ARRAY", "I18NSTRING"]
NUMBERS = range(100, 0x10000)  # rpm's end at 5,200; those below 100 are regions

librpm = ctypes.CDLL("librpm.so.9")
librpm.rpmTagGetName.restype = ctypes.c_char_p
librpm.rpmTagGetTagType.restype = ctypes.c_uint32


def tag(number):
    name = librpm.rpmTagGetName(number).decode()
    kind = TYPES[librpm.rpmTagGetTagType(number) & 0xFFFF]
    return None if name == "(unknown)" or kind is None else f"{name.upper()} {kind}"


tags = {number: row for number in NUMBERS if (row := tag(number)) is not None}
path = pathlib.Path(__file__).parent.parent / "lib/rpm/tag-types.json"
source = f"{sys.argv[1]}, librpm.so.9: rpmTagGetName and rpmTagGetTagType"
path.write_text(json.dumps({"source": source, "tags": tags}, indent=2) + "\n")
print(f"{len(tags)} tags")
