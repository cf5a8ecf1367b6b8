#!/usr/bin/env python3
"""Holds every #include under src/ against the table of floors in src/README.md."""
import pathlib
import re
import sys

source = pathlib.Path(sys.argv[1]) / "src"
floors, homes = {}, {}
for line in (source / "README.md").read_text().splitlines():
    row = re.match(r"\| (\d) \| `([a-z/]+)` \|.*\| (.*)\|$", line)
    if row:
        floors[row[2]] = int(row[1])
        for header in re.findall(r"`([^`]+)`", row[3]):
            homes[header] = row[2]

problems = []
if len(floors) < 8:
    problems.append("src/README.md: the table of floors is not understood")
for path in sorted(source.rglob("*.[ch]")):
    folder = str(path.parent.relative_to(source))
    if folder not in floors:
        problems.append(f"{path}: its folder is not in the table of src/README.md")
        continue
    for number, line in enumerate(path.read_text().splitlines(), 1):
        own = re.match(r'#include "(.+)"', line)
        foreign = re.match(r"#include <(.+)>", line)
        if own and own[1] != "config.h":
            target = str(pathlib.PurePath(own[1]).parent)
            if target == ".":
                problems.append(f"{path}:{number}: write the include from src: {own[1]}")
            elif target != folder and floors.get(target, 9) >= floors[folder]:
                problems.append(f"{path}:{number}: {folder} must not include {target}")
        if foreign and homes.get(foreign[1], folder) != folder:
            problems.append(f"{path}:{number}: {foreign[1]} is at home in {homes[foreign[1]]}")
        if folder not in ("trainer/cli", "trainer/ui", "base", "trainer") and re.search(
            r"\b(printf|puts|putchar|fprintf|exit)\(", line
        ):
            problems.append(f"{path}:{number}: prints or exits below ui and cli")
print("\n".join(problems) or "all includes keep to the floors")
sys.exit(bool(problems))
