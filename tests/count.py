#!/usr/bin/env python3
"""Counts the test cases of JUnit files, says why those were skipped that were, and prints one closing line."""
import sys
import xml.etree.ElementTree

passed = failed = 0
reasons = []
for path in sys.argv[1:]:
    for case in xml.etree.ElementTree.parse(path).iter("testcase"):
        name = f"{case.get('classname')}: {case.get('name')}"
        skipped = case.find("skipped")
        if case.find("failure") is not None or case.find("error") is not None:
            failed += 1
            print("failed:", name)
        elif skipped is not None:
            reasons.append(f"{name}: {skipped.get('message') or skipped.text or ''}".strip())
        else:
            passed += 1
for reason in reasons:
    print("skipped:", reason)
print(f"{passed} passed, {failed} failed, {len(reasons)} skipped")
sys.exit(1 if failed or not passed else 0)
