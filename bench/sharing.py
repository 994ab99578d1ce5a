"""Rights and withdrawals, among few grants and among a million, in one run: `measure`."""

import json
import sys
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
        told[str(grants)] = json.loads(server.run("-m", "bench.rights", str(grants), *sys.argv[2:]))
        sys.stderr.write(f"{grants:,} grants: {json.dumps(told[str(grants)])}\n")
    return told
