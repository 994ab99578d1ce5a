"""`docs/benchmarks.md`, from the last series of each size."""

import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FIGURES = ROOT / "bench" / "figures.json"
PAGE = ROOT / "docs" / "benchmarks.md"
PHASES = ("read", "check", "plan", "judge", "apply")
TARGETS = {"first": 2.5, "unchanged": 1.3, "next-year": 2.5}

HEAD = """\
# Imports, measured

`make bench` writes this page. Machine: two cores, the embedded servers with the settings that ship, data
on local disk. Sets of the generator (`make_feed`), imported by the service that command and job call, into a
new database; every constraint is checked. Each measure waits up to a minute for a second in
which the machine does nothing else; where there was none, that is said, and its figures are to be doubted.

The **floor** (`bench/floor.py`) is measured in the same run, before and after: one process parses the same files
with lxml into dictionaries and copies the rows that a first import of them makes, on the same server: people into
a table like `accounts_user`, their attachments, class attachments and ties into tables like
`directory_attachment`, `directory_classattachment` and `directory_guardianship`. Those tables have the columns,
the defaults and every index of the real ones, neither foreign keys nor checks; keys and logins are counted in the
process. It checks and compares nothing, computes no column in the server but the defaults, and keeps no record of
itself; schools, classes and groups, a few rows a school, are left out. *Parse* is what reading the files into
those dictionaries takes when nothing is done with them. The lower of the two floors is told, of two parses, and of
two unchanged imports, since those alone can be done twice. A ratio says how many times the floor an import takes;
seconds alone depend on the machine.

Seconds run from the call to its return, what it did committed; starting Python and Django is not counted.
*Beside* is what no phase counts, the check of foreign keys at commit above all. Memory is the peak resident
size of the importing process, and of the larger of the two that read files.
"""


def keep(size: int, told: dict[str, Any]) -> None:
    """Writes a series down, in place of the last of that size, and the page anew."""
    known = json.loads(FIGURES.read_text()) if FIGURES.exists() else {}
    known[str(size)] = told
    FIGURES.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n")
    PAGE.write_text(render(known))


def render(known: dict[str, Any]) -> str:
    parts = [HEAD]
    for size, told in sorted(known.items(), key=lambda item: int(item[0])):
        runs = "one run" if told["runs"] == 1 else f"medians of {told['runs']} runs"
        busy = f"{told['busy']} of {told['measures']} measures were taken while the machine was busy."
        parts.append(f"## About {int(size):,} people, {runs}\n\n{busy}\n\n{_table(told['imports'])}")
    return "\n".join(parts)


def _table(imports: dict[str, Any]) -> str:
    heads = (
        "import", "people", "parse, s", "floor, s", "import, s", "persons/s", "times the floor", "lowest to highest", "target",
        *(f"{phase}, s" for phase in PHASES), "beside, s", "memory, MB", "readers, MB",
    )  # fmt: skip
    lines = [heads, ["---", *["--:"] * (len(heads) - 1)]]
    for name, target in TARGETS.items():
        told = imports[name]
        lines.append(
            [
                name, f"{told['people']:,}", told["parse"], told["floor"], told["seconds"],
                f"{told['people'] / told['seconds']:,.0f}", f"**{told['ratio']:.2f}**",
                f"{told['lowest']:.2f}–{told['highest']:.2f}", f"≤ {target}",
                *(told["phases"].get(phase, 0) for phase in PHASES), told["outside"],
                told["memory"]["importer"], told["memory"]["readers"],
            ]
        )  # fmt: skip
    return "".join("| " + " | ".join(map(str, line)) + " |\n" for line in lines)
