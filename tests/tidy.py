#!/usr/bin/env python3
"""Holds the tree to the rules of CONTRIBUTING.md that a compiler cannot see."""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
CODE = ("proto", "engine", "service", "tools", "tests")

# Who may include what: a file under the first may not include the second.
ARROWS = [
    ("engine/", r"(service|tools|tests)/|grpcpp/|boost/beast"),
    ("service/", r"(tools|tests)/"),
    ("tools/", r"(service|tests|engine/(store|access|people|report))/|"
     r"engine/(evaluation/(?!standing\.h)|voice/(?!survey_response\.h)|"
     r"coaching/(?!work_day\.h))"),
    ("engine/scoring/",
     r"engine/(store|access|people|evaluation|report|voice|coaching)/"),
    ("engine/stats/",
     r"engine/(form|scoring|store|access|people|evaluation|report|voice|"
     r"coaching)/"),
    ("engine/store/",
     r"engine/(form|scoring|access|people|report|voice|coaching)/|"
     r"engine/evaluation/(?!standing\.h)"),
]
# The one command that works on stores themselves, where no server runs.
STORE_COMMANDS = "tools/attune/store_commands.cc"
# Pure files in folders that also hold stored collections: they know no store.
PURE = re.compile(
    r"engine/(form/(?!forms|revisions)|people/(person|contact)\.|"
    r"evaluation/(evaluation|standing|contest|assignment|sample|sample_split|"
    r"sampling_period|sampling_plan|form_feedback|self_check|self_check_cycle|"
    r"self_check_tally|self_gap|calibration|calibration_result)\.|"
    r"report/(period|rater_\w+)\.|"
    r"coaching/(floor_(hours|quota|session|week)|service_level|work_day)\.|"
    r"voice/(cancellation|change_note|driver_rows|feedback|great_call|harm_flag|"
    r"prop|recovery_action|relationship_value|report_share|"
    r"survey_response|theme|voice_month)\.)")
# Where SQL may stand: stored collections, their rows, the store itself.
SQL_HOME = re.compile(
    r"engine/store/|engine/\w+/(\w+s|people|\w+_rows|\w+_new|agent_summary)"
    r"\.cc$|tests/")
SQL = re.compile(r'"[^"]*\b(SELECT .+ FROM|INSERT INTO|UPDATE \w+ SET|DELETE FROM)\b')
DRIVER_HEADERS = {
    "libpq-fe.h": re.compile(r"engine/store/postgres|tests/"),
    "sqlite3.h": re.compile(r"engine/store/sqlite|tests/|tools/benchmark"),
}
LIMITS = {".h": 260, ".cc": 520}
TEST_LIMIT = 700
COLUMNS = 80

problems = []


def complain(path, line, text):
    where = path.relative_to(ROOT)
    problems.append(f"{where}:{line}: {text}" if line else f"{where}: {text}")


def sources():
    for folder in CODE:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in LIMITS and "node_modules" not in path.parts:
                yield path


def check_includes(path, name, number, line):
    found = re.match(r'#include\s+["<]([^">]+)[">]', line)
    if not found:
        return
    header = found.group(1)
    for home, forbidden in ARROWS:
        if name == STORE_COMMANDS and header.startswith("engine/store/"):
            continue
        if name.startswith(home) and re.match(forbidden, header):
            complain(path, number, f"{home} must not include {header}")
    if PURE.match(name) and header.startswith("engine/store/"):
        complain(path, number, f"a pure file must not include {header}")
    home = DRIVER_HEADERS.get(header)
    if home and not home.match(name):
        complain(path, number, f"{header} belongs to the driver")


def check_lines(path):
    name = str(path.relative_to(ROOT))
    lines = path.read_text(encoding="utf-8").splitlines()
    limit = TEST_LIMIT if name.startswith("tests/") else LIMITS[path.suffix]
    if len(lines) > limit:
        complain(path, 0, f"{len(lines)} lines, more than {limit}: split it")
    for number, line in enumerate(lines, 1):
        check_includes(path, name, number, line)
        if len(line) > COLUMNS and "http" not in line and "#include" not in line:
            complain(path, number, f"{len(line)} columns, more than {COLUMNS}")
        if re.search(r"\b(TODO|FIXME|XXX)\b", line):
            complain(path, number, "unfinished business; finish it or file it")
        if re.match(r"\s*#if 0", line):
            complain(path, number, "dead code")
        if SQL.search(line) and not SQL_HOME.match(name):
            complain(path, number, "SQL outside the stored collections")
    if path.suffix == ".h":
        guard = "ATTUNE_" + re.sub(r"[/.]", "_", name).upper() + "_"
        if f"#ifndef {guard}" not in lines:
            complain(path, 0, f"include guard is not {guard}")


def check_built(path):
    """Every source stands in the CMakeLists.txt of its folder or one above."""
    folder = path.parent
    while folder != ROOT:
        lists = folder / "CMakeLists.txt"
        if lists.exists():
            relative = str(path.relative_to(folder))
            if re.search(rf"(^|[\s(/]){re.escape(relative)}\b", lists.read_text()):
                return
        folder = folder.parent
    complain(path, 0, "no CMakeLists.txt builds it")


for source in sources():
    check_lines(source)
    if source.suffix == ".cc":
        check_built(source)

for problem in problems:
    print(problem)
print(f"tidy: {len(problems)} problems")
sys.exit(1 if problems else 0)
