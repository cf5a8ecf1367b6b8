#!/usr/bin/env python3
"""Files over 800 lines, functions over 70 lines, lines over 100 columns."""
import pathlib
import re
import sys

problems = []
for path in sorted((pathlib.Path(sys.argv[1]) / "src").rglob("*.[ch]")):
    lines = path.read_text().splitlines()
    if len(lines) > 800:
        problems.append(f"{path}: {len(lines)} lines")
    start = 0
    for number, line in enumerate(lines, 1):
        if len(line) > 100:
            problems.append(f"{path}:{number}: {len(line)} columns")
        if line == "{":
            start = number
        elif line == "}" and start and number - start > 70:
            problems.append(f"{path}:{start}: a function of {number - start} lines")
            start = 0
        if re.search(r"\b(TODO|FIXME|XXX)\b", line):
            problems.append(f"{path}:{number}: something is left undone")
print("\n".join(problems) or "all sizes are fine")
sys.exit(bool(problems))
