"""One import, as a command or a job would do it, in a process of its own.

`python -m bench.importing FOLDER` prints one JSON object: `seconds` from the call of the service to its
return, what it did committed; `phases` as the run tells them; `counts`; `memory`, the peak resident size
of this process and of the largest of those it started, in megabytes.
"""

import json
import resource
import sys
import time
from pathlib import Path
from typing import Any


def measure(folder: Path) -> dict[str, Any]:
    import django

    django.setup()
    from django.core.cache import cache
    from django.db import connection

    from feeds.services.import_aaf import import_aaf1d

    # What any process has done long before it imports: it is connected to both servers.
    connection.ensure_connection()
    cache.get("bench")
    start = time.perf_counter()
    run = import_aaf1d(path=folder)
    seconds = time.perf_counter() - start
    return {
        "state": str(run.state),
        "seconds": seconds,
        "phases": run.seconds,
        "counts": run.counts,
        "memory": {
            "importer": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            "readers": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024,
        },
    }


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]))))
