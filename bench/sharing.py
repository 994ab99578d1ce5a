"""Rights and withdrawals, among few grants and among a million, in one run: `measure`."""

import json
import sys
from pathlib import Path
from typing import Any

from bench.series import make_sets
from bench.server import Server

PEOPLE = 10_000
FEW, MANY = 10_000, 1_000_000


def measure(server: Server, many: int = MANY) -> dict[str, Any]:
    """By number of grants, what `bench.rights` tells; people come in by the real importer."""
    folder = make_sets(server, PEOPLE).now
    told = {}
    for grants in (FEW, many):
        server.new_database()
        server.run("-m", "bench.importing", str(folder))
        told[str(grants)] = json.loads(server.run("-m", "bench.rights", str(grants)))
        sys.stderr.write(f"{grants:,} grants: {json.dumps(told[str(grants)])}\n")
    return told


FIGURES = Path(__file__).resolve().parent / "rights.json"
PAGE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks-rights.md"
HEAD = """\
# Rights and withdrawals, measured

`make bench` writes this page: two cores, the embedded servers with the settings that ship. About 10,000 people
come in by the importer, then grants by SQL (`bench/grants.py`), half to persons, half to groups, of two years.

- **A right**: one resource asked for one person, 400 pairs, the 95th percentile of `sharing.querysets.role_on`, what
  someone reaches by being read once a request.
- **The list**: « Partagés avec moi » as a whole page, sent to a teacher with so many grants by name; median of 7.
- **A withdrawal**: what ended with the year before, set aside as a rollover does, against the bare delete of the
  same rows, both taken back; medians of 3.
"""


def keep(told: dict[str, Any]) -> None:
    """Writes the figures down, and the page anew."""
    FIGURES.write_text(json.dumps(told, indent=1, sort_keys=True) + "\n")
    few, many = (told[key] for key in sorted(told, key=int))
    rows = [
        ("a right, 95th percentile, ms", few["right"] * 1e3, many["right"] * 1e3, "< 5, and <= 1.5 times"),
        ("withdrawal, s", few["withdraw"], many["withdraw"], ""),
        ("bare delete, s", few["delete"], many["delete"], ""),
        ("withdrawal / delete", few["withdraw"] / few["delete"], many["withdraw"] / many["delete"], "<= 3"),
    ]
    lines = [
        f"| | {few['grants']:,} grants | {many['grants']:,} grants | mark |",
        "| --- | --: | --: | --- |",
    ]
    lines += [f"| {name} | {a:.3g} | {b:.3g} | {mark} |" for name, a, b, mark in rows]
    lines += [
        "",
        f"| among {many['grants']:,} grants, in reach | the list, ms | queries |",
        "| --- | --: | --: |",
    ]
    lines += [f"| {int(n):,} | {x['seconds'] * 1e3:.0f} | {x['queries']} |" for n, x in many["list"].items()]
    lines += ["", "Marks of the list: at most 20 queries, and 1.5 times its time with 10."]
    PAGE.write_text(HEAD + "\n" + "\n".join(lines) + "\n")
