"""The list of runs: one's own scope, by state and source, a page at a time."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.enums import Source
from admin_console.feeds.runs import PAGE
from feeds.enums import RunState
from tests.admin_console.worlds import academy_admin, director_of, some_run
from tests.directory.worlds import school_world
from tests.schools.factories import SchoolFactory

pytestmark = pytest.mark.django_db
RUNS = "/administration/alimentations/"


def address_of(run) -> str:
    return reverse("console:run", args=[run.uuid])


def test_a_director_sees_the_files_of_their_school_alone(as_person) -> None:
    school = SchoolFactory()
    other = SchoolFactory(academy=school.academy)
    mine, theirs = some_run(school), some_run(other)
    academy = some_run(school, school=None, source=Source.AAF1D)
    told = as_person(director_of(school)).get(RUNS).text
    assert address_of(mine) in told
    assert address_of(theirs) not in told
    assert address_of(academy) not in told
    wide = as_person(academy_admin(school.academy)).get(RUNS).text
    assert all(address_of(run) in wide for run in (mine, theirs, academy))


def test_runs_are_filtered_by_state_and_source(as_person) -> None:
    school = SchoolFactory()
    dry = some_run(school, RunState.DRY)
    applied = some_run(school, school=None, source=Source.AAF1D)
    client = as_person(academy_admin(school.academy))
    by_state = client.get(RUNS, {"etat": "dry"}).text
    assert address_of(dry) in by_state
    assert address_of(applied) not in by_state
    by_source = client.get(RUNS, {"source": "AAF1D"}).text
    assert address_of(applied) in by_source
    assert address_of(dry) not in by_source
    both = client.get(RUNS, {"source": "AAF1D", "etat": "dry"}).text
    assert "Aucune alimentation ne répond à ces filtres" in both


def test_what_the_address_says_wrong_is_left_aside(as_person) -> None:
    run = some_run(SchoolFactory())
    client = as_person(director_of(run.school))
    query = {"etat": "x", "source": "MANUAL", "avant": "-1", "apres": "9" * 40}
    assert address_of(run) in client.get(RUNS, query).text


def test_nothing_yet_is_said_with_what_to_do(as_person) -> None:
    told = as_person(school_world().director).get(RUNS).text
    assert "Aucune alimentation à montrer ici" in told
    assert reverse("console:school_feeds") in told  # where what the academy fed is read
    assert reverse("console:send") in told


def test_pages_follow_one_another_and_come_back(as_person) -> None:
    school = SchoolFactory()
    runs = [some_run(school) for _ in range(PAGE + 2)]
    client = as_person(director_of(school))
    first = client.get(RUNS).text
    assert address_of(runs[-1]) in first
    assert address_of(runs[1]) not in first
    assert 'rel="prev"' not in first
    older = client.get(RUNS, {"avant": runs[2].pk}).text
    assert address_of(runs[1]) in older
    assert address_of(runs[2]) not in older
    assert 'rel="next"' not in older
    newer = client.get(RUNS, {"apres": runs[1].pk}).text
    assert address_of(runs[2]) in newer
    assert address_of(runs[1]) not in newer
    assert 'rel="prev"' not in newer


def test_the_list_asks_as_much_for_one_run_as_for_two_hundred(as_person) -> None:
    school = SchoolFactory()
    some_run(school)
    client = as_person(director_of(school))
    client.get(RUNS)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(RUNS).status_code == 200
        return len(queries)

    few = asked()
    for _ in range(199):
        some_run(school)
    assert asked() == few
    assert few <= 10
