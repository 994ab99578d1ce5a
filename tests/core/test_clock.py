from datetime import UTC, date, datetime, timedelta

from django.utils import timezone

from core import clock


def test_the_clock_is_the_machine_s_unless_told_otherwise() -> None:
    assert abs(clock.now() - timezone.now()) < timedelta(seconds=5)
    assert clock.shift() == timedelta(0)


def test_a_block_runs_at_another_instant_and_the_clock_comes_back() -> None:
    with clock.at(datetime(2027, 9, 1, 8, tzinfo=UTC)):
        assert clock.today() == date(2027, 9, 1)
        with clock.at(timedelta(days=-1)):
            assert clock.today() == timezone.localtime(timezone.now() - timedelta(days=1)).date()
        assert clock.today() == date(2027, 9, 1)
    assert clock.shift() == timedelta(0)


def test_the_day_is_that_of_the_time_zone_not_of_greenwich() -> None:
    with clock.at(datetime(2026, 8, 31, 22, 30, tzinfo=UTC)):
        assert clock.today() == date(2026, 9, 1)


def test_the_environment_starts_the_clock_elsewhere_and_it_runs_on(monkeypatch) -> None:
    monkeypatch.setenv("CARTABLE_NOW", "2027-08-25T07:00")
    first = clock.now()
    assert first.astimezone(UTC).isoformat().startswith("2027-08-25T05:00")
    assert clock.now() > first


def test_production_ignores_the_rehearsed_clock(monkeypatch, settings) -> None:
    settings.CARTABLE_PRODUCTION = True
    monkeypatch.setenv("CARTABLE_NOW", "2027-08-25T07:00")
    assert clock.shift() == timedelta(0)
