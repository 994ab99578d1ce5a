"""Embedded servers for one series, and a new database for each of its runs."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parent.parent
MIGRATED = "bench_migrated"
MEASURED = "bench_measured"


@dataclass(frozen=True)
class Server:
    """The servers of one folder of data; `environment` is what a process that uses them needs."""

    data: Path

    @property
    def environment(self) -> dict[str, str]:
        kept = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "REDIS_URL"}}
        return kept | {"CARTABLE_DATA": str(self.data), "DJANGO_SETTINGS_MODULE": "ent.settings"}

    def using(self, database: str) -> dict[str, str]:
        return self.environment | {"DATABASE_URL": f"postgresql://postgres@/{database}?host={self.sockets}"}

    @property
    def sockets(self) -> Path:
        from core.embedded.places import Places

        return Places(self.data).sockets

    @property
    def conninfo(self) -> str:
        """Of the measured database."""
        return f"host={self.sockets} user=postgres dbname={MEASURED}"

    def new_database(self) -> None:
        """The measured database anew, as migrations leave it, and nothing left to write for what was before."""
        with psycopg.connect(f"host={self.sockets} user=postgres dbname=postgres", autocommit=True) as server:
            server.execute(f"drop database if exists {MEASURED} with (force)")
            server.execute(f"create database {MEASURED} template {MIGRATED}")
            server.execute("checkpoint")

    def run(self, *words: str, database: str = MEASURED) -> str:
        """Runs `python …` in the repository, against a database; answers what it printed."""
        done = subprocess.run(
            [sys.executable, *words],
            cwd=ROOT,
            env=self.using(database),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise SystemExit(f"{' '.join(words)}\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}")
        return done.stdout


@contextmanager
def started() -> Iterator[Server]:
    """Servers under a temporary folder, stopped and taken away at the end."""
    from core.embedded import services

    with tempfile.TemporaryDirectory(prefix="cartable-bench-") as folder:
        server = Server(Path(folder).resolve())
        for name in ("DATABASE_URL", "REDIS_URL"):
            os.environ.pop(name, None)
        services.join(server.data)
        try:
            with psycopg.connect(
                f"host={server.sockets} user=postgres dbname=postgres", autocommit=True
            ) as made:
                made.execute(f"create database {MIGRATED} template template0")
            server.run("manage.py", "migrate", "-v0", database=MIGRATED)
            yield server
        finally:
            services.leave(server.data)
