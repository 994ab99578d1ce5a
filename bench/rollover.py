"""The turn of the year, of one school alone, of the same beside a hundred others, of these: `measure`.

`python -m bench.rollover` measures it alone and writes its page.
"""

import json
import sys
from pathlib import Path
from typing import Any

from bench import quiet, server
from bench.server import Server

MODULE = "bench.turning"
SCHOOLS, PUPILS, GRANTS = 100, 400, 1_000_000
ONE, OTHERS = ("SEULE", "25", 11), ("EXEMPLE", "24", 12)
FIGURES = Path(__file__).resolve().parent / "rollover.json"
PAGE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks-rollover.md"
HEAD = """\
# The turn of the year, measured

`make bench` writes this page: two cores, the embedded servers with the settings that ship. A school of 400 pupils
comes in by the importer, then ten thousand grants by SQL (`bench/turning.py`), half to pupils by name, half to the
groups of its classes and its own; then, beside it, a hundred schools as large, with a million grants.

- **Preview**: what a school's turn would end, with whom it concerns and what stays, as its page asks it.
- **By command**: twenty-five schools a transaction; the people who lose something are counted too.
- **By a feed**: the schools that it turns, in its one transaction, without the feed itself; nobody is counted.
- **Bare**: the bare SQL that deletes, inserts and updates the same rows of the same tables, and counts nobody: a
  transaction a school beside the command, one for all beside the feed.

Medians of 3, in seconds.
"""


def measure(own: Server) -> dict[str, Any]:
    """What `bench.turning` tells: of a school `alone`, of the same `beside` a hundred others, of the `others`."""
    own.new_database()
    told = {}
    one = _set(own, *ONE, schools=1)
    own.run("-m", "bench.importing", str(one))
    told["alone"] = _turned(own, ONE[0], GRANTS // SCHOOLS)
    others = _set(own, *OTHERS, schools=SCHOOLS)
    own.run("-m", "bench.importing", str(others))
    told["others"] = _turned(own, OTHERS[0], GRANTS)
    told["beside"] = _turned(own, ONE[0], GRANTS // SCHOOLS)
    return told


def _set(own: Server, academy: str, code: str, seed: int, *, schools: int) -> Path:
    """The same set whenever it is called."""
    folder = own.data / "sets" / f"{academy}-{schools}"
    words = {
        "--schools": schools, "--pupils": schools * PUPILS, "--seed": seed, "--year": 2026,
        "--academy": academy, "--academy-code": code, "--out": folder,
    }  # fmt: skip
    flat = [str(part) for pair in words.items() for part in pair]
    own.run("manage.py", "make_feed", *flat, "--json", database=server.MIGRATED)
    return folder


def _turned(own: Server, academy: str, grants: int) -> dict[str, Any]:
    alone = quiet.wait()
    told: dict[str, Any] = json.loads(own.run("-m", MODULE, academy, str(grants))) | {"alone": alone}
    sys.stderr.write(f"{academy}, {told['grants']:,} grants: {json.dumps(told)}\n")
    return told


def keep(told: dict[str, Any]) -> None:
    """Writes the figures down, in place of the last, and the page anew."""
    FIGURES.write_text(json.dumps(told, indent=1, sort_keys=True) + "\n")
    PAGE.write_text(render(told))


def render(told: dict[str, Any]) -> str:
    alone, beside, others = told["alone"], told["beside"], told["others"]
    busy = not all(each["alone"] for each in told.values())
    said = "Measured while others were at work on the machine.\n\n" if busy else ""
    lines = [
        [
            f"a school of {alone['pupils']} pupils",
            "alone",
            f"beside {others['schools']} others",
            "ratio",
            "mark",
        ],
        ["---", "--:", "--:", "--:", "---"],
        ["grants in the database", f"{alone['grants']:,}", f"{beside['grants']:,}", "", ""],
    ]
    for name, key in (("preview", "preview"), ("turned by command", "turn"), ("taken back", "undo")):
        one, two = alone[key], beside[key]
        lines.append([name, f"{one:.3f}", f"{two:.3f}", f"**{two / one:.2f}**", "< 1 s, about 1"])
    first = _table(lines)
    heads = [f"{others['schools']} schools, {others['pupils']:,} pupils, {others['grants']:,} grants"]
    lines = [
        [*heads, "ours", "bare", "ratio", "mark"],
        ["---", "--:", "--:", "--:", "---"],
        ["grants that end", f"{others['ended']:,}", "", "", ""],
        ["preview of them all", f"{others['preview']:.2f}", "", "", ""],
    ]
    for name, key, mark in (
        ("turned by a feed", "feed", "<= 3"),
        ("taken back with it", "feed_undo", ""),
        ("turned by command", "turn", ""),
        ("taken back", "undo", ""),
    ):
        ours, bare = others[key], others[f"bare_{key}"]
        lines.append([name, f"{ours:.2f}", f"{bare:.2f}", f"**{ours / bare:.2f}**", mark])
    return f"{HEAD}\n{said}{first}\n\n{_table(lines)}\n"


def _table(lines: list[list[str]]) -> str:
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def main() -> None:
    with server.started() as own:
        keep(measure(own))
    print(PAGE.read_text())


if __name__ == "__main__":
    main()
