"""A real Celery worker on the test's database and queue, for the few tests that need one."""

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.plugins.servers import DATA, valkey_url


@pytest.fixture
def worker(transactional_db: None) -> Iterator[subprocess.Popen[bytes]]:
    """Ends with the test. It takes the jobs of `tests/core/jobs_of_tests.py` too."""
    from django.conf import settings

    described = settings.DATABASES["default"]
    environment = os.environ | {
        "DATABASE_URL": f"postgresql://{described['USER']}@/{described['NAME']}?host={described['HOST']}",
        "REDIS_URL": valkey_url(0),
    }
    log = DATA / "worker.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [
                *(
                    sys.executable,
                    "-m",
                    "celery",
                    "-A",
                    "ent",
                    "worker",
                    "--pool",
                    "solo",
                    "--loglevel",
                    "INFO",
                ),
                *("--without-mingle", "--without-gossip", "-I", "tests.core.jobs_of_tests"),
            ],
            stdout=output,
            stderr=output,
            env=environment,
        )
    yield process
    process.terminate()
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
