"""A public blog, as whoever passes by asks for it. `python -m bench.public` measures it alone and writes its page."""

import json
from pathlib import Path
from typing import Any

from bench import quiet, server
from bench.server import Server

MODULE = "bench.public_page"
FIGURES = Path(__file__).resolve().parent / "public.json"
PAGE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks-public.md"
MARK = 0.5
HEAD = """\
# Public blogs, measured

`make bench` writes this page: two cores, the embedded servers with the settings that ship. Over HTTP, one client, one
request after the other, of the site as it ships (granian, two processes); the best of goes taken in turn.

- **Empty view**: one query, open to all, behind the same middleware.
- **Page**: a public blog's first page, kept: what stands is asked of the database at each request, what is shown
  comes from the cache.
- **Page asked again**: by a browser that has it, which is told so (304).
- **Drawn anew**: the page after something was published, corrected or taken back; milliseconds.
"""


def measure(own: Server) -> dict[str, Any]:
    own.new_database()
    alone = quiet.wait()
    told: dict[str, Any] = json.loads(own.run("-m", MODULE))
    return told | {"alone": alone}


def keep(told: dict[str, Any]) -> None:
    """Writes the figures down, in place of the last, and the page anew."""
    FIGURES.write_text(json.dumps(told, indent=1, sort_keys=True) + "\n")
    PAGE.write_text(render(told))


def render(told: dict[str, Any]) -> str:
    said = "" if told["alone"] else "Measured while others were at work on the machine.\n\n"
    bare = told["bare"]
    lines = [
        ["", "requests a second", "of the empty view", "mark", "drawn anew, ms"],
        ["---", "--:", "--:", "---", "--:"],
        ["empty view", f"{bare:,.0f}", "1", "", ""],
    ]
    for number in sorted((key for key in told if key.isdigit()), key=int):
        found = told[number]
        page, known = found["page"], found["known"]
        drawn = f"{found['drawn'] * 1e3:.0f}"
        lines.append([f"page, {number} posts", f"{page:,.0f}", f"**{page / bare:.2f}**", f">= {MARK}", drawn])
        lines.append([f"page asked again, {number} posts", f"{known:,.0f}", f"{known / bare:.2f}", "", ""])
    table = "\n".join("| " + " | ".join(line) + " |" for line in lines)
    return f"{HEAD}\n{said}{table}\n"


def main() -> None:
    with server.started() as own:
        keep(measure(own))
    print(PAGE.read_text())


if __name__ == "__main__":
    main()
