#!/usr/bin/env python3
"""The drydock program on a scratch home: commands, exit codes and JSON as drydock(1) tells them. Speaks TAP.

usage: commands.py DRYDOCK SOURCE
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import traceback

DRYDOCK, SOURCE = sys.argv[1], pathlib.Path(sys.argv[2])
NOW = "2026-01-02T09:00:00Z"
DECK = """# Small deck

## One

### Q1: What is a pod?

**A:** A group of containers.

### Q2: What is a *node*?

**A:** A machine.

## Two

### Q3: What is a service?

**A:** A stable name for pods.
"""


class Home:
    """A private home with drydock's folders."""

    def __init__(self):
        self.path = pathlib.Path(tempfile.mkdtemp(prefix="drydock-test-"))
        self.environment = {
            "HOME": str(self.path), "PATH": os.environ["PATH"], "TZ": "UTC", "LC_ALL": "C.UTF-8",
            "DRYDOCK_NOW": NOW,
        }
        self.bank = self.path / ".local/share/drydock/bank.db"

    def write(self, name, text):
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return str(path)

    def run(self, *arguments, status=0, stdin="", **environment):
        done = subprocess.run([DRYDOCK, *arguments], input=stdin, capture_output=True, text=True,
                              env={**self.environment, **environment}, timeout=60)
        assert done.returncode == status, f"{arguments}: exit {done.returncode}, not {status}: {done.stderr}{done.stdout}"
        if status in (2, 3):
            assert done.stderr.startswith("drydock: ") or "Try 'drydock" in done.stderr, done.stderr
        return done

    def json(self, *arguments, status=0, **environment):
        return json.loads(self.run(*arguments, "--json", status=status, **environment).stdout)


def test_import_reports_as_the_interface_says(home):
    report = home.json("import", home.write("deck.md", DECK))["files"][0]
    assert report["title"] == "Small deck", report["title"]
    assert report["sections"] == [{"title": "One", "questions": 2}, {"title": "Two", "questions": 1}]
    assert (report["added"], report["updated"], report["unchanged"], report["retired"]) == (3, 0, 0, 0)
    question = report["questions"][1]
    for key, value in {"ordinal": 2, "id": "Q2", "section": "One", "title": "What is a node?", "line": 9, "answer": "A machine.",
                       "options": [], "key_points": [], "follow_ups": [], "labs": []}.items():
        assert question[key] == value, (key, question[key])


def test_dry_run_changes_nothing(home):
    path = home.write("deck.md", DECK)
    assert home.json("import", "--dry-run", path)["files"][0]["added"] == 3
    assert home.json("import", "--dry-run", path)["files"][0]["added"] == 3
    home.json("import", path)
    home.write("deck.md", DECK.replace("A machine.", "A computer.").replace("### Q3: What is a service?\n\n**A:** A stable name for pods.\n", ""))
    report = home.json("import", "--dry-run", path)["files"][0]
    assert (report["updated"], report["unchanged"], report["retired"]) == (1, 1, 1), report
    assert len(home.json("list")["questions"]) == 3


def test_import_again_changes_nothing(home):
    path = home.write("deck.md", DECK)
    home.run("import", path)
    before = home.bank.read_bytes()
    report = home.json("import", path)["files"][0]
    assert (report["added"], report["updated"], report["unchanged"], report["retired"]) == (0, 0, 3, 0)
    assert home.bank.read_bytes() == before


def test_folder_import_reads_all_markdown(home):
    home.write("decks/b/two.markdown", DECK)
    home.write("decks/one.md", DECK.replace("pod", "dog").replace("node", "cat").replace("service", "fish").replace("Small", "Pet"))
    home.write("decks/.hidden.md", DECK)
    home.write("decks/notes.txt", DECK)
    files = home.json("import", str(home.path / "decks"))["files"]
    assert [pathlib.Path(f["path"]).name for f in files] == ["two.markdown", "one.md"], files


def test_unreadable_input_is_status_2_and_the_rest_is_read(home):
    path = home.write("deck.md", DECK)
    report = home.json("import", str(home.path / "missing.md"), path, status=2)
    assert [("error" in f) for f in report["files"]] == [True, False]
    home.run("import", "/dev/null", status=2)
    home.run("import", "/dev/zero", status=2)
    (home.path / "empty").mkdir()
    home.run("import", str(home.path / "empty"), status=2)
    assert len(home.json("list")["questions"]) == 3


def test_document_without_questions_is_status_1(home):
    report = home.json("import", home.write("notes.md", "# Notes\n\nJust text.\n\n- milk\n- bread\n"), status=1)
    assert report["files"][0]["questions"] == []


def test_control_characters_never_reach_the_terminal(home):
    home.run("import", home.write("evil.md", DECK.replace("A machine.", "A \x1b]52;c;aGk=\x07\x1b[31mmachine\u202e.\x9b1m")))
    for arguments in (["show", "Q2"], ["list"], ["show", "Q2", "--json"]):
        output = home.run(*arguments).stdout
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", output), repr(output)
    home.run("show", "Q\x1b[31m", status=1)


def test_review_is_as_the_interface_says(home):
    home.run("import", home.write("deck.md", DECK))
    review = home.json("review", "Q1", "good")
    assert review["id"] == "Q1" and review["rating"] == "good" and review["at"] == NOW, review
    assert abs(review["stability"] - 2.3065) < 1e-4 and abs(review["difficulty"] - 2.118) < 1e-3, review
    assert review["interval_days"] == 2 and review["due"].startswith("2026-01-04T"), review
    assert home.json("review", "Q2", "again")["interval_days"] == 0
    home.run("review", "Q1", "perfect", status=2)
    home.run("review", "Q9", "good", status=1)


def test_undo_revokes_and_deletes_nothing(home):
    home.run("import", home.write("deck.md", DECK))
    home.run("undo", status=1)
    home.run("review", "Q1", "easy")
    home.run("review", "Q2", "good")
    assert home.json("undo")["id"] == "Q2"
    assert home.json("undo")["id"] == "Q1"
    assert home.json("show", "Q1")["card"]["state"] == "new"
    home.run("undo", status=1)


def test_history_survives_edits_moves_and_insertions(home):
    path = home.write("deck.md", DECK)
    home.run("import", path)
    home.run("review", "Q1", "good")
    moved = DECK.replace("### Q1: What is a pod?\n\n**A:** A group of containers.\n\n", "").replace(
        "## One\n", "## One\n\n### Q1: What is a cluster?\n\n**A:** Many machines.\n") + "\n### Q4: What is a pod?\n\n**A:** A group of containers that share a network.\n"
    home.write("deck.md", moved)
    report = home.json("import", path)["files"][0]
    assert report["added"] == 1 and report["retired"] == 0, report
    pod = [q for q in home.json("list")["questions"] if q["title"] == "What is a pod?"]
    assert len(pod) == 1 and pod[0]["state"] == "review" and pod[0]["section"] == "Two", pod


def test_ambiguous_id_is_refused_with_candidates(home):
    home.run("import", home.write("one.md", DECK))
    home.run("import", home.write("two.md", DECK.replace("pod", "dog").replace("group of containers", "four-legged friend").replace("Small", "Pet")))
    done = home.run("show", "Q1", status=2)
    assert "one:Q1" in done.stderr and "two:Q1" in done.stderr, done.stderr
    assert home.json("show", "two:Q1")["title"] == "What is a dog?"


def test_search_finds_words_and_patterns(home):
    home.run("import", home.write("deck.md", DECK))
    assert [q["id"] for q in home.json("search", "stab")["questions"]] == ["Q3"]
    assert [q["id"] for q in home.json("search", "--regex", r"^what is a (pod|node)\?$")["questions"]] == ["Q1", "Q2"]
    home.run("search", "zebra", status=1)
    done = home.run("search", "--regex", "(", status=2)
    assert "parenthesis at" in done.stderr, done.stderr


def test_progress_counts(home):
    home.run("import", home.write("deck.md", DECK))
    home.run("review", "Q1", "good")
    progress = home.json("progress")
    deck = progress["decks"][0]
    assert (deck["questions"], deck["new"], deck["learned"]) == (3, 2, 1), deck
    assert abs(deck["recall"] - 1) < 1e-6, deck
    assert progress["today"]["reviews"] == 1 and progress["history"][-1]["reviews"] == 1
    later = home.json("progress", DRYDOCK_NOW="2026-01-04T09:00:00Z")
    assert later["decks"][0]["due"] == 1 and later["forecast"][0] == 1, later
    assert 0.88 < later["decks"][0]["recall"] < 0.93, later


def test_settings_are_checked(home):
    home.run("import", home.write("deck.md", DECK))
    assert home.json("settings", "desired-retention", "95")["desired-retention"] == "95"
    home.run("settings", "desired-retention", "100", status=2)
    home.run("settings", "learning-steps", "1m 10m")
    assert home.json("review", "Q1", "good")["interval_days"] == 0
    home.run("settings", "nonsense", status=2)


def test_suspended_questions_are_not_studied(home):
    home.run("import", home.write("deck.md", DECK))
    for number in (1, 2, 3):
        home.run("suspend", f"Q{number}")
    assert "0 questions rated" in home.run("study", "--plain").stdout
    home.run("suspend", "Q2", "off")
    assert "What is a node?" in home.run("study", "--plain").stdout


def test_plain_study_asks_reveals_rates_and_resumes(home):
    home.run("import", home.write("deck.md", DECK))
    output = home.run("study", "--plain", stdin="a group\n\n3\n\n:u\n").stdout
    assert "What is a pod?" in output and "A group of containers." in output and "taken back" in output, output
    assert home.json("show", "Q1")["card"]["state"] == "new"
    home.run("study", "--plain", stdin="\n4\n\n4\n\n4\n")
    assert all(q["state"] == "review" for q in home.json("list")["questions"])
    assert "0 questions rated" in home.run("study", "--plain").stdout


def test_plain_browse_finds_and_reads(home):
    home.run("import", home.write("deck.md", DECK))
    output = home.run("browse", "--plain", stdin="service\n1\nq\n").stdout
    assert "A stable name for pods." in output, output


def test_first_start_brings_the_bundled_deck(home):
    assert len(home.json("list")["questions"]) == 25
    assert home.json("progress")["decks"][0]["deck"] == "docker-sre"


def test_wrong_usage_is_status_2(home):
    for arguments in (["nonsense"], ["list", "extra"], ["show"], ["--nonsense"], ["study", "--limit", "x", "--plain"],
                      ["list", "--deck", "nosuch"], ["study", "--plain", "--section", "nosuch"]):
        home.run(*arguments, status=2)
    home.run("list", status=2, DRYDOCK_NOW="yesterday")


def test_home_screen_without_a_terminal_is_status_3(home):
    home.run(status=3)


def test_newer_corrupt_and_foreign_banks_are_left_alone(home):
    home.run("import", home.write("deck.md", DECK))
    whole = home.bank.read_bytes()
    subprocess.run(["sqlite3", home.bank, "PRAGMA user_version = 999"], check=True)
    newer = home.bank.read_bytes()
    assert "newer" in home.run("list", status=3).stderr
    assert home.bank.read_bytes() == newer
    for damage in (b"not a database at all, but long enough to be one" * 100, whole[:100] + b"\xff" * 4000 + whole[4100:]):
        home.bank.write_bytes(damage)
        home.run("list", status=3)
        home.run("import", str(home.path / "deck.md"), status=3)
        assert home.bank.read_bytes() == damage


def test_output_to_a_full_disk_is_status_3(home):
    home.run("import", home.write("deck.md", DECK))
    with open("/dev/full", "w") as full:
        done = subprocess.run([DRYDOCK, "list"], stdout=full, stderr=subprocess.PIPE, env=home.environment, text=True)
    assert done.returncode == 3 and "cannot write" in done.stderr, done


def shared(path):
    found = pathlib.Path(os.environ.get("DRYDOCK_SHARED", "")) / path
    if not found.exists():
        raise LookupError(f"{path} is not here (DRYDOCK_SHARED)")
    return found


def test_seed_document(home):
    report = home.json("import", str(shared("seed/docker-sre-questions.md")))["files"][0]
    assert [q["id"] for q in report["questions"]] == [f"Q{n}" for n in range(1, 26)]
    assert len(report["sections"]) == 10
    home.json("review", "Q1", "good")


def test_corpus(home):
    expected = {}
    for row in shared("corpus/README.md").read_text().splitlines():
        cells = [c.strip() for c in row.split("|")]
        if len(cells) == 8 and re.match(r"\d\d-", cells[1]):
            expected[cells[1]] = (int(cells[5]), int(cells[6]))
    assert len(expected) == 6
    for name, (questions, sections) in expected.items():
        report = home.json("import", "--dry-run", str(shared("corpus") / name))["files"][0]
        assert (len(report["questions"]), len(report["sections"])) == (questions, sections), (name, len(report["questions"]), len(report["sections"]))


def main():
    tests = [(name, test) for name, test in globals().items() if name.startswith("test_")]
    print(f"1..{len(tests)}")
    failed = 0
    for number, (name, test) in enumerate(tests, 1):
        home = Home()
        try:
            test(home)
            print(f"ok {number} - {name}")
        except LookupError as reason:
            print(f"ok {number} - {name} # SKIP {reason}")
        except Exception:
            failed += 1
            print("\n".join("# " + line for line in traceback.format_exc().splitlines()))
            print(f"not ok {number} - {name}")
        finally:
            shutil.rmtree(home.path)
        sys.stdout.flush()
    sys.exit(failed > 0)


main()
