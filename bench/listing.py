"""The console's list of accounts among a thousand people, a hundred thousand, a million if asked.

`python -m bench.listing [PEOPLE …]` measures it alone, for these numbers of people, and writes its page.
"""

import argparse
import json
from pathlib import Path
from typing import Any

from bench import crowds, server

MODULE = "bench.accounts"
PEOPLE = (1_000, 100_000)
FIGURES = Path(__file__).resolve().parent / "accounts.json"
PAGE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks-accounts.md"
HEAD = """\
# The list of accounts, measured

`make bench` writes this page, and `python -m bench.listing 1000 100000 1000000` with a million: two cores, the
embedded servers with the settings that ship. People come in by the importer; then teachers are given classes, but
in one school of fifty, and one profile and one teacher are blocked. The page of « Utilisateurs » as it is sent,
whole, to an administrator of the platform, of the academy, of a district and of one school; median of 7, in
milliseconds. Marks: under 200 ms, and a number of queries that does not depend on how many people there are.

Counts stop at a thousand (« plus de 1 000 comptes »). Duplicates are looked for among five thousand people at a
time, in the order of names: a page says where the next begins. In a wide scope the filter « En double » is that
page.
"""


def keep(told: dict[str, Any]) -> None:
    """Writes the figures down, in place of the last of those sizes, and the page anew."""
    known = json.loads(FIGURES.read_text()) if FIGURES.exists() else {}
    known |= told
    FIGURES.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n")
    PAGE.write_text(render([known[key] for key in sorted(known, key=int)]))


def render(sizes: list[dict[str, Any]]) -> str:
    busy = [f"{told['people']:,}" for told in sizes if not told["alone"]]
    said = f"Measured while others were at work on the machine: {', '.join(busy)} people.\n\n" if busy else ""
    heads = ["scope", "asked", *(f"{told['people']:,} people" for told in sizes), "queries"]
    lines = [heads, ["---", "---", *["--:"] * (len(sizes) + 1)]]
    for scope, pages in sizes[0]["pages"].items():
        for asked in pages:
            measured = [told["pages"][scope][asked] for told in sizes]
            queries = " and ".join(map(str, dict.fromkeys(page["queries"] for page in measured)))
            lines.append([scope, asked, *(f"{page['seconds'] * 1e3:.0f}" for page in measured), queries])
    table = "\n".join("| " + " | ".join(line) + " |" for line in lines)
    return f"{HEAD}\n{said}{table}\n"


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.listing", description=__doc__)
    parser.add_argument("people", nargs="*", type=int, default=PEOPLE, help="people, about")
    asked = parser.parse_args()
    with server.started() as own:
        keep(crowds.measure(own, dict.fromkeys(asked.people, (MODULE,)))[MODULE])
    print(PAGE.read_text())


if __name__ == "__main__":
    main()
