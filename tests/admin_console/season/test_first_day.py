"""The first day of class: said by an academy, read by each school's calendar."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client

from core.models import AuditEntry
from feeds.services.open_years import open_unfed_years
from schools.models import SchoolYear
from schools.season import standings
from tests.admin_console.season.worlds import settled
from tests.admin_console.worlds import academy_admin
from tests.feeds.sets import PARIS
from tests.schools.factories import AcademyFactory, SchoolFactory

pytestmark = pytest.mark.django_db
PAGE = "/administration/rentree/premier-jour/"
type SignIn = Callable[[Any], Client]


@pytest.fixture(autouse=True)
def _a_day_of_august(at: Any) -> None:
    at(datetime(2026, 8, 20, 9, tzinfo=PARIS))


def first_day(school: Any) -> date:
    (standing,) = standings([school], date(2026, 8, 20))
    return standing.first_day


def test_an_academy_says_its_first_day_and_its_schools_are_told(as_person: SignIn) -> None:
    world = settled()
    academy, other = world.school.academy, SchoolFactory(academy=AcademyFactory())
    boss = as_person(academy_admin(academy))
    assert "Vide : 1er septembre 2026." in boss.get(PAGE).text.replace("\xa0", " ")
    posted = {"academie": academy.code, f"{academy.code}-first_day": "2026-09-03"}
    answer = boss.post(PAGE, posted, follow=True)
    assert "premier jour de classe le 3 septembre 2026" in answer.text.replace("\xa0", " ")
    assert (first_day(world.school), first_day(other)) == (date(2026, 9, 3), date(2026, 9, 1))
    assert AuditEntry.objects.filter(verb="academy.first_day_set").count() == 1
    assert "3 septembre" in as_person(world.director).get("/administration/rentree/").text
    # Empty, it is the usual day again.
    boss.post(PAGE, posted | {f"{academy.code}-first_day": ""})
    assert first_day(world.school) == date(2026, 9, 1)


def test_a_day_of_another_year_is_refused_and_nothing_changes(as_person: SignIn) -> None:
    world = settled()
    academy = world.school.academy
    boss = as_person(academy_admin(academy))
    for day in ("2027-09-01", "2026-02-30", "demain"):
        answer = boss.post(PAGE, {"academie": academy.code, f"{academy.code}-first_day": day})
        assert answer.status_code == 422, day
        assert 'aria-invalid="true"' in answer.text, day
    assert not SchoolYear.objects.filter(first_day__isnull=False).exists()
    stranger = as_person(academy_admin(AcademyFactory()))
    posted = {"academie": academy.code, f"{academy.code}-first_day": "2026-09-03"}
    assert stranger.post(PAGE, posted).status_code == 404


def test_machines_read_and_say_it(as_person: SignIn) -> None:
    world = settled()
    academy = world.school.academy
    boss = as_person(academy_admin(academy))
    (told,) = boss.get("/api/v1/administration/season/academies/").json()
    assert (told["academy"], told["first_day"], told["chosen"]) == (academy.code, "2026-09-01", None)
    path = f"/api/v1/administration/season/academies/{academy.code}/"
    told = boss.put(path, {"chosen": "2026-09-03"}, content_type="application/json").json()
    assert told["first_day"] == told["chosen"] == "2026-09-03"
    assert boss.get(path).json() == told
    refused = boss.put(path, {"chosen": "2025-09-03"}, content_type="application/json")
    assert refused.status_code == 400
    assert refused.json()["type"] == "urn:cartable:day-not-of-the-year"


def test_schools_that_nobody_feeds_wait_for_their_academy_s_day(at: Any) -> None:
    said, usual = (
        SchoolFactory(academy=AcademyFactory(), running_year=2025, class_year=2025) for _ in range(2)
    )
    SchoolYear.objects.update_or_create(
        academy=said.academy,
        year=2026,
        defaults={
            "starts_on": date(2026, 8, 1), "ends_on": date(2027, 7, 31), "first_day": date(2026, 9, 3),
        },
    )  # fmt: skip

    def years() -> tuple[int, int]:
        for school in (said, usual):
            school.refresh_from_db()
        return said.running_year, usual.running_year

    at(datetime(2026, 9, 1, 6, tzinfo=PARIS))
    assert open_unfed_years() == 1
    assert years() == (2025, 2026)
    at(datetime(2026, 9, 3, 6, tzinfo=PARIS))
    assert open_unfed_years() == 1
    assert years() == (2026, 2026)
    assert open_unfed_years() == 0
