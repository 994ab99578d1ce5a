"""Messages and the first page, among a hundred thousand people, a million if asked.

`python -m bench.boxes [PEOPLE …]` measures them alone, for these numbers of people, and writes their page.
"""

import argparse
import json
from pathlib import Path
from typing import Any

from bench import crowds, server

MODULE = "bench.messages"
FIGURES = Path(__file__).resolve().parent / "messages.json"
PAGE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks-messages.md"
HEAD = """\
# Messages and the first page, measured

`make bench` writes this page, and `python -m bench.boxes 1000000` with a million: two cores, the embedded servers
with the settings that ship, people brought in by the importer.

- **A message**: written and sent to one person, the page's whole request; mean of 35.
- **Reçus**: the first page, whole, of a box of so many unread messages; median of 7.
- **A delivery**: to a group of so many, by a director: rules asked again, copies made, counts kept, committed;
  by day, and in quiet hours, when each copy waits for the morning. Against the bare inserts of the same copies into
  the same table. Medians of 3.
- **Accueil**: requests a second of each profile's first page, asked over HTTP by one client, one after the other,
  of the site as it ships (granian, two processes). Against an empty view with one query behind the same middleware.
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
    lines = [["", *(f"{told['people']:,} people" for told in sizes), "mark"]]
    lines.append(["---", *["--:"] * len(sizes), "---"])
    for name, figure, mark in _rows(sizes[-1]):
        lines.append([name, *(figure(told) for told in sizes), mark])
    table = "\n".join("| " + " | ".join(line) + " |" for line in lines)
    return f"{HEAD}\n{said}{table}\n"


def _rows(largest: dict[str, Any]) -> list[tuple[str, Any, str]]:
    few, many = sorted(largest["inbox"], key=int)
    rows: list[tuple[str, Any, str]] = [
        ("a message sent, ms", lambda told: f"{told['send'] * 1e3:.0f}", "< 40"),
        (f"*Reçus*, {int(few):,} messages, ms", lambda told: f"{told['inbox'][few] * 1e3:.0f}", "< 70"),
        (f"*Reçus*, {int(many):,} messages, ms", lambda told: f"{told['inbox'][many] * 1e3:.0f}", "< 70"),
        ("the second / the first", lambda told: f"{told['inbox'][many] / told['inbox'][few]:.2f}", "<= 1.5"),
    ]
    for number in sorted(largest["deliver"], key=int):
        to = f"delivered to {int(number):,}"
        rows += [
            (f"{to}, s", lambda told, n=number: _seconds(told["deliver"].get(n)), ""),
            (f"{to} / bare", lambda told, n=number: _ratio(told["deliver"].get(n), "seconds"), "<= 3"),
            (
                f"{to} in quiet hours / bare",
                lambda told, n=number: _ratio(told["deliver"].get(n), "quiet"),
                "",
            ),
        ]
    for who in largest["home"]:
        if who != "bare":
            rows.append((f"home of a {who}, a second", lambda told, w=who: f"{told['home'][w]:.0f}", ""))
            rows.append((f"home of a {who} / empty view", lambda told, w=who: _share(told, w), ">= 0.2"))
    return rows


def _seconds(told: dict[str, float] | None) -> str:
    return f"{told['seconds']:.3g}" if told else ""


def _ratio(told: dict[str, float] | None, name: str) -> str:
    return f"{told[name] / told['bare']:.2f}" if told else ""


def _share(told: dict[str, Any], who: str) -> str:
    return f"{told['home'][who] / told['home']['bare']:.2f}"


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.boxes", description=__doc__)
    parser.add_argument("people", nargs="*", type=int, default=[100_000], help="people, about")
    asked = parser.parse_args()
    with server.started() as own:
        keep(crowds.measure(own, dict.fromkeys(asked.people, (MODULE,)))[MODULE])
    print(PAGE.read_text())


if __name__ == "__main__":
    main()
