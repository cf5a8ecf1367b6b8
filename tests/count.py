#!/usr/bin/env python3
"""Counts the test cases of JUnit files, says why those were skipped that were, and prints one closing line."""
import re
import sys
import xml.etree.ElementTree

passed = failed = 0
reasons = []
for path in sys.argv[1:]:
    for suite in xml.etree.ElementTree.parse(path).iter("testsuite"):
        output = suite.findtext("system-out") or ""
        said = dict(re.findall(r"^ok (\d+) .*# SKIP (.*)$", output, re.M))
        for case in suite.iter("testcase"):
            name = f"{case.get('classname')}: {case.get('name')}"
            if case.find("failure") is not None or case.find("error") is not None:
                failed += 1
                print("failed:", name)
            elif case.find("skipped") is not None:
                number = case.get("name").split(" ")[0]
                reasons.append(f"{name}: {said.get(number, output.strip()[-200:])}")
            else:
                passed += 1
for reason in reasons:
    print("skipped:", reason)
print(f"{passed} passed, {failed} failed, {len(reasons)} skipped")
sys.exit(1 if failed or not passed else 0)
