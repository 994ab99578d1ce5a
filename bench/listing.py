"""The console's list of accounts among a thousand people and among a hundred thousand: `measure`."""

import json
import sys
from pathlib import Path
from typing import Any

from bench.series import make_sets
from bench.server import Server

FEW, MANY = 1_000, 100_000


def measure(server: Server, many: int = MANY) -> dict[str, Any]:
    """By number of people asked, what `bench.accounts` tells; people come in by the real importer."""
    told = {}
    for people in (FEW, many):
        folder = make_sets(server, people).now
        server.new_database()
        server.run("-m", "bench.importing", str(folder))
        told[str(people)] = json.loads(server.run("-m", "bench.accounts"))
        sys.stderr.write(f"{people:,} people: {json.dumps(told[str(people)])}\n")
    return told


FIGURES = Path(__file__).resolve().parent / "accounts.json"
PAGE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks-accounts.md"
HEAD = """\
# The list of accounts, measured

`make bench` writes this page: two cores, the embedded servers with the settings that ship. People come in by the
importer. The first page of « Utilisateurs » as it is sent, whole, to an administrator of the platform, of the
academy and of one school; median of 7, in milliseconds. Marks: under 200 ms, and a number of queries that does
not depend on how many people there are.
"""


def keep(told: dict[str, Any]) -> None:
    """Writes the figures down, and the page anew."""
    FIGURES.write_text(json.dumps(told, indent=1, sort_keys=True) + "\n")
    few, many = (told[key] for key in sorted(told, key=int))
    lines = [
        f"| scope | asked | {few['people']:,} people | {many['people']:,} people | ratio | queries |",
        "| --- | --- | --: | --: | --: | --: |",
    ]
    for scope, pages in few["pages"].items():
        for asked, small in pages.items():
            large = many["pages"][scope][asked]
            queries = f"{small['queries']}" + (
                "" if small["queries"] == large["queries"] else f" and {large['queries']}"
            )
            ratio = large["seconds"] / small["seconds"]
            lines.append(
                f"| {scope} | {asked} | {small['seconds'] * 1e3:.0f} | {large['seconds'] * 1e3:.0f} "
                f"| {ratio:.1f} | {queries} |"
            )
    PAGE.write_text(HEAD + "\n" + "\n".join(lines) + "\n")
