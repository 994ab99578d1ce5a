"""A large file sent and fetched, against a plain copy and the web server's own static file."""

import json
import sys
from pathlib import Path
from typing import Any

from bench import quiet
from bench.server import Server

PAGE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks-transfers.md"
HEAD = """\
# Large files, measured

`make bench` writes this page: two cores, the site as it ships (granian, two processes) and its embedded servers, one
client on the same machine over HTTP, files on local disk. A file of 100 MB, medians of five, the four in turn.

- **Sent**: by the resumable protocol in pieces of 4 MB, as the page does, until it stands in *Mes documents*: room
  asked for, type read from the content, digest taken, file flushed to disk. Against a plain copy, flushed too.
- **Fetched**: by its owner, the right checked, streamed by the application (`CARTABLE_SEND_FILES=stream`; nginx or a
  bucket send it themselves where the setting says so). Against the same bytes in the web server's static folder.
"""


def measure(server: Server) -> dict[str, Any]:
    server.new_database()
    alone = quiet.wait()
    told: dict[str, Any] = json.loads(server.run("-m", "bench.transfers"))
    sys.stderr.write(f"100 MB: {json.dumps(told)}\n")
    return told | {"alone": alone}


def keep(told: dict[str, Any]) -> None:
    """Writes the page anew."""
    lines = [
        "| 100 MB | s | against | s | ratio |",
        "| --- | --: | --- | --: | --: |",
        _line("sent", told["upload"], "a plain copy, flushed", told["copy"]),
        _line("fetched", told["download"], "the web server’s static file", told["static"]),
    ]
    if not told["alone"]:
        lines += ["", "Taken while the machine was busy with something else: to be doubted."]
    PAGE.write_text(HEAD + "\n" + "\n".join(lines) + "\n")


def _line(name: str, ours: float, against: str, theirs: float) -> str:
    return f"| {name} | {ours:.2f} | {against} | {theirs:.2f} | **{ours / theirs:.1f}** |"
