#!/usr/bin/env python3
"""Every visible sentence goes through gettext, and every translation is complete.

Visible is taken to be any string literal with two words of small letters, outside of the log, of SQL and of what
untranslated.txt lists with a reason."""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

top = pathlib.Path(sys.argv[1])
if not shutil.which("xgettext"):
    print("xgettext is missing (package gettext)")
    sys.exit(77)

KEYWORDS = ["-k_", "-kN_", "-kngettext:1,2"]


def messages(files, *options):
    with tempfile.NamedTemporaryFile(suffix=".po") as out:
        subprocess.run(
            ["xgettext", "--from-code=UTF-8", "-LC", "--force-po", "--no-wrap", "-o", out.name, *options, *files],
            check=True, cwd=top, stderr=subprocess.DEVNULL,
        )
        text = pathlib.Path(out.name).read_text()
    found = set()
    for entry in text.split("\n\n"):
        for match in re.finditer(r'^msgid(?:_plural)? ((?:".*"\n?)+)', entry, re.M):
            found.add("".join(re.findall(r'"(.*)"', match[1])))
    return found - {""}


problems = []
sources = sorted(str(p.relative_to(top)) for p in (top / "src").rglob("*.c"))
listed = [l for l in (top / "po/POTFILES").read_text().split("\n") if l and not l.startswith("#")]
for path in sources:
    if re.search(r'\b(_|N_|ngettext)\("', (top / path).read_text()) and path not in listed:
        problems.append(f"po/POTFILES misses {path}")
for path in listed:
    if path not in sources:
        problems.append(f"po/POTFILES lists {path}, which is gone")

allowed = [l.rstrip("\n").split("  # ")[0] for l in open(top / "tests/lint/untranslated.txt") if not l.startswith("#")]
translated = messages(listed, *KEYWORDS)
for path in sources:
    if path in allowed:
        continue
    text = (top / path).read_text()
    for message in sorted(messages([path], "-a") - translated):
        plain = re.sub(r"%[-0-9.*]*[a-z]+|\\.", " ", message)
        if not re.search(r"[a-z]{2,} [a-z]{2,}", plain) or re.match(r"\s*(SELECT|INSERT|UPDATE|DELETE|CREATE|PRAGMA|WITH|BEGIN|REPLACE|DROP|ALTER|ANALYZE)\b", message):
            continue
        if any(message.startswith(a) for a in allowed if a):
            continue
        if re.search(r"log_(debug|info|warn)\([^;]*" + re.escape(message[:20]), text):
            continue
        problems.append(f"{path}: not translated: {message[:70]}")

for language in (top / "po/LINGUAS").read_text().split():
    catalogue = top / "po" / f"{language}.po"
    check = subprocess.run(["msgfmt", "-c", "--statistics", "-o", "/dev/null", catalogue], capture_output=True, text=True)
    if check.returncode or "untranslated" in check.stderr or "fuzzy" in check.stderr:
        problems.append(f"{catalogue}: {check.stderr.strip()}")
    known = set()
    for entry in catalogue.read_text().split("\n\n"):
        for match in re.finditer(r'^msgid(?:_plural)? ((?:".*"\n?)+)', entry, re.M):
            known.add("".join(re.findall(r'"(.*)"', match[1])))
    for message in sorted(translated - known):
        problems.append(f"{catalogue}: misses: {message[:70]}")
print("\n".join(problems) or "all sentences are translated")
sys.exit(bool(problems))
