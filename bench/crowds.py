"""Databases of so many people, brought in by the real importer; what is measured in each, in turn."""

import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any

import psycopg

from bench import quiet
from bench.series import make_sets
from bench.server import Server


def measure(server: Server, asked: Mapping[int, Sequence[str]]) -> dict[str, dict[str, Any]]:
    """By module, then by number of people, what the module tells, and whether nothing else was at work; `asked`
    is the modules by number of people."""
    told: dict[str, dict[str, Any]] = {module: {} for modules in asked.values() for module in modules}
    for people, modules in asked.items():
        folder = make_sets(server, people).now
        server.new_database()
        server.run("-m", "bench.importing", str(folder))
        # What the server does by itself in the minutes after so large an import: it would fall in the measures.
        with psycopg.connect(server.conninfo, autocommit=True) as maintained:
            maintained.execute("vacuum (analyze)")
        for module in modules:
            alone = quiet.wait()
            found = json.loads(server.run("-m", module)) | {"alone": alone}
            told[module][str(people)] = found
            sys.stderr.write(f"{people:,} people, {module}: {json.dumps(found)}\n")
    return told
