"""A process that joins an instance's servers, says so, and leaves when its input ends.

Run by the tests of this folder: `python -m tests.core.embedded.visitor FOLDER`.
"""

import os
import sys
from pathlib import Path

from core.embedded import services

if __name__ == "__main__":
    for variable in (services.DATABASE_ENV, services.REDIS_ENV):
        os.environ.pop(variable, None)
    services.join(Path(sys.argv[1]), durable=False)
    sys.stdout.write("joined\n")
    sys.stdout.flush()
    sys.stdin.read()
