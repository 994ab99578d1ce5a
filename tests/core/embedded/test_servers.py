"""Servers are joined by many processes, and stop with the last, however the others ended."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from core.embedded import postgres, running, services, valkey
from core.embedded.errors import DataNotOurs
from core.embedded.places import Places

SECONDS = 60


class Visitor:
    """A process that uses the servers of a folder."""

    def __init__(self, data: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.core.embedded.visitor", str(data)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def arrived(self) -> "Visitor":
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == "joined\n"
        return self

    def leaves(self) -> None:
        self.process.communicate(timeout=SECONDS)
        assert self.process.returncode == 0

    def is_killed(self) -> None:
        self.process.kill()
        self.process.communicate(timeout=SECONDS)


@pytest.fixture
def places(tmp_path: Path) -> Iterator[Places]:
    here = Places(tmp_path / "data")
    yield here
    valkey.stop(here)
    postgres.stop(here)


def _servers(places: Places) -> tuple[int, int]:
    postmasters = [
        pid for pid in running.working_in(places.cluster, "postgres") if pid == postgres._stated_pid(places)
    ]
    return len(postmasters), len(running.working_in(places.valkey, "valkey-server"))


def test_processes_that_come_together_share_one_server_and_the_last_stops_it(places: Places) -> None:
    visitors = [Visitor(places.data) for _ in range(3)]
    for each in visitors:
        each.arrived()
    assert _servers(places) == (1, 1)
    for each in visitors[:2]:
        each.leaves()
    assert _servers(places) == (1, 1)
    visitors[2].leaves()
    assert _servers(places) == (0, 0)


def test_what_a_killed_process_left_is_joined_again_then_stopped(places: Places) -> None:
    Visitor(places.data).arrived().is_killed()
    left = postgres._stated_pid(places)
    assert _servers(places) == (1, 1)
    second = Visitor(places.data).arrived()
    assert postgres._stated_pid(places) == left
    second.leaves()
    assert _servers(places) == (0, 0)


def test_a_pid_file_that_names_another_living_process_is_not_believed(places: Places) -> None:
    Visitor(places.data).arrived().leaves()
    bystander = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        stale = f"{bystander.pid}\n{places.cluster}\n1700000000\n5432\n{places.sockets}\n\n  1  2\nready\n"
        (places.cluster / "postmaster.pid").write_text(stale)
        (places.sockets / ".s.PGSQL.5432.lock").write_text(stale)
        again = Visitor(places.data).arrived()
        assert _servers(places) == (1, 1)
        again.leaves()
        assert bystander.poll() is None
    finally:
        bystander.communicate(b"\n")


def test_two_instances_live_side_by_side_even_under_a_long_path(places: Places, tmp_path: Path) -> None:
    deep = Places(tmp_path / ("long" * 25) / "data")
    assert len(str(deep.sockets)) < len(str(deep.data))
    first, second = Visitor(places.data), Visitor(deep.data)
    first.arrived()
    second.arrived()
    assert (_servers(places), _servers(deep)) == ((1, 1), (1, 1))
    first.leaves()
    assert (_servers(places), _servers(deep)) == ((0, 0), (1, 1))
    second.leaves()
    assert _servers(deep) == (0, 0)
    shutil.rmtree(deep.sockets)  # it lies outside the test's folder


@pytest.mark.django_db
def test_the_database_knows_accents_whatever_the_environment_s_locale(settings) -> None:
    described = settings.DATABASES["default"]
    with psycopg.connect(
        host=described["HOST"], user=described["USER"], dbname=postgres.DATABASE
    ) as connection:
        told = connection.execute(r"select lower('ÉŒ'), 'é' ~ '^\w$'").fetchone()
    assert told == ("éœ", True)


def test_a_folder_that_is_not_ours_is_refused_with_a_word(tmp_path: Path) -> None:
    file = tmp_path / "a file"
    file.write_text("")
    with pytest.raises(DataNotOurs, match="CARTABLE_DATA"):
        services.join(file / "data")
