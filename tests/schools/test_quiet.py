"""Quiet hours: their edges, week-ends, and the school's own time."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from schools.models import Academy, School, SchoolSettings
from schools.querysets import Chosen, hours_in_use, quiet_hours_of
from schools.rules import Quiet, quiet, quiet_ends
from tests.schools.factories import SchoolFactory

PARIS = ZoneInfo("Europe/Paris")
USUAL = Quiet()


def paris(day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    """An instant of September 2026: the 7th is a Monday."""
    return datetime(2026, 9, day, hour, minute, second, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("instant", "expected"),
    [
        (paris(7, 19, 59, 59), False),
        (paris(7, 20), True),
        (paris(7, 23, 59, 59), True),
        (paris(8, 0), True),
        (paris(8, 6, 59, 59), True),
        (paris(8, 7), False),
        (paris(11, 19, 59), False),  # Friday
        (paris(11, 20), True),
        (paris(12, 12), True),  # Saturday
        (paris(13, 12), True),
        (paris(14, 6, 59), True),  # Monday before school
        (paris(14, 7), False),
    ],
)
def test_nights_and_week_ends_are_quiet_to_the_second(instant: datetime, expected: bool) -> None:
    assert quiet(USUAL, instant) is expected
    assert quiet(USUAL, instant.astimezone(UTC)) is expected


def test_a_week_end_is_open_by_day_where_the_school_says_so() -> None:
    open_days = Quiet(weekends=False)
    assert not quiet(open_days, paris(12, 12))
    assert quiet(open_days, paris(12, 21))


def test_hours_within_one_day_and_none_at_all() -> None:
    nap = Quiet(starts=time(12), ends=time(14), weekends=False)
    assert [quiet(nap, paris(7, hour)) for hour in (11, 12, 13, 14, 23)] == [False, True, True, False, False]
    never = Quiet(starts=time(8), ends=time(8), weekends=False)
    assert not any(quiet(never, paris(7, hour)) for hour in range(24))
    assert not quiet(Quiet(on=False), paris(12, 3))


def test_the_hours_are_those_of_the_school_s_own_place() -> None:
    instant = datetime(
        2026, 9, 8, 5, 30, tzinfo=UTC
    )  # 7:30 in Paris, 9:30 in Saint-Denis, 1:30 in Fort-de-France
    assert not quiet(USUAL, instant)
    assert not quiet(Quiet(zone="Indian/Reunion"), instant)
    assert quiet(Quiet(zone="America/Martinique"), instant)
    # Saturday has begun in Nouméa when Paris is on Friday afternoon
    friday = paris(11, 16)
    assert (quiet(USUAL, friday), quiet(Quiet(zone="Pacific/Noumea"), friday)) == (False, True)


@pytest.mark.parametrize("day", [24, 25])
def test_the_night_in_which_clocks_go_back_ends_in_the_morning(day: int) -> None:
    """25 October 2026, at 3:00 it is 2:00 again."""
    nights = Quiet(weekends=False)
    evening = datetime(2026, 10, day, 22, tzinfo=PARIS)
    assert quiet_ends(nights, evening) == datetime(2026, 10, day + 1, 7, tzinfo=PARIS)


def test_what_is_written_in_the_evening_goes_in_the_morning_and_on_saturday_on_monday() -> None:
    assert quiet_ends(USUAL, paris(7, 12)) == paris(7, 12)
    assert quiet_ends(USUAL, paris(7, 21)) == paris(8, 7)
    assert quiet_ends(USUAL, paris(8, 3)) == paris(8, 7)
    assert quiet_ends(USUAL, paris(11, 21)) == paris(14, 7)
    assert quiet_ends(USUAL, paris(12, 9)) == paris(14, 7)
    assert quiet_ends(Quiet(starts=time(8), ends=time(8)), paris(12, 9)) == paris(14, 0)
    napping = Quiet(starts=time(12), ends=time(14))
    assert quiet_ends(napping, paris(7, 13)) == paris(7, 14)


@pytest.mark.django_db
def test_the_hours_of_many_schools_are_those_of_each_and_a_school_s_default_is_the_rule_s() -> None:
    usual, chosen, late, far = SchoolFactory.create_batch(4)
    SchoolSettings.objects.create(school=chosen)
    SchoolSettings.objects.create(school=late, quiet_from=time(22), quiet_until=time(6), quiet_weekends=False)
    SchoolSettings.objects.create(school=far, quiet=False)
    Academy.objects.filter(pk=far.academy_id).update(time_zone="Indian/Reunion")
    assert quiet_hours_of([usual.pk, chosen.pk, late.pk, far.pk]) == {
        usual.pk: Quiet(zone=usual.academy.time_zone),
        chosen.pk: Quiet(zone=chosen.academy.time_zone),
        late.pk: Quiet(starts=time(22), ends=time(6), weekends=False, zone=late.academy.time_zone),
        far.pk: Quiet(on=False, zone="Indian/Reunion"),
    }
    # The two academies' usual hours, and what two schools chose; the first school's choice is the usual.
    in_use = hours_in_use()
    of_schools = quiet_hours_of(School.objects.values_list("pk", flat=True))
    assert set(in_use.values()) == set(of_schools.values()) | {Quiet(zone="Indian/Reunion")}
    paris = usual.academy.time_zone
    assert in_use[Chosen(paris, None, None, None, None)] == Quiet(zone=paris)
    assert in_use[Chosen(paris, True, time(20), time(7), True)] == Quiet(zone=paris)
    assert len(in_use) == 5
