"""In what order feeds come (design, §5): older ones, another academy's, differences, dates ahead of the clock."""

from pathlib import Path

import pytest

from core.errors import DomainError
from feeds.errors import OlderThanApplied, OtherAcademy
from feeds.models import FeedRun
from schools.models import Academy
from tests.feeds.seen import ITSELF, classes_of, schools_of
from tests.feeds.sets import a_set, feed, is_known, person, pupil, pupils_of, school, staff
from tests.feeds.whole import differences, staged, whole

pytestmark = pytest.mark.django_db


def refused(path: Path, error: type[DomainError], **options: str) -> FeedRun:
    """A set refused before its plan is weighed: nothing changed, the run says so."""
    before = whole(but=ITSELF)
    with pytest.raises(error) as raised:
        feed(path, **options)
    assert raised.value.exit_code == 3
    assert differences(before, whole(but=ITSELF)) == {}
    assert staged() == []
    run: FeedRun = raised.value.run  # type: ignore[attr-defined]
    assert run.state == "refused"
    return run


def test_a_set_older_than_what_was_applied_is_refused(tmp_path: Path) -> None:
    feed(a_set(tmp_path, "2026-09-20", pupils=pupils_of(3)))
    run = refused(a_set(tmp_path, "2026-09-19", pupils=pupils_of(4)), OlderThanApplied, on="2026-09-21")
    assert "20/09/2026" in run.refusal["title"]
    assert run.academy == Academy.objects.get()


def test_a_set_of_the_same_day_is_taken(tmp_path: Path) -> None:
    feed(a_set(tmp_path, "2026-09-20", pupils=pupils_of(3)))
    assert feed(a_set(tmp_path, "2026-09-20", pupils=pupils_of(4))).state == "applied"
    assert is_known("P4")


def test_families_and_staff_are_compared_apart(tmp_path: Path) -> None:
    feed(a_set(tmp_path, "2026-09-20", staff=[staff("S1")]))
    run = feed(a_set(tmp_path, "2026-09-15", pupils=pupils_of(3)), on="2026-09-21")
    assert run.state == "applied"
    refused(
        a_set(tmp_path, "2026-09-16", pupils=pupils_of(3), staff=[staff("S2")]),
        OlderThanApplied,
        on="2026-09-22",
    )


def test_schools_are_compared_apart(tmp_path: Path) -> None:
    feed(a_set(tmp_path, "2026-09-20", pupils=pupils_of(3)))
    run = feed(a_set(tmp_path, "2026-09-15", pupils=pupils_of(3, "B", prefix="P5")), on="2026-09-21")
    assert run.state == "applied"


def test_one_school_already_fed_by_newer_files_refuses_the_whole_set(tmp_path: Path) -> None:
    feed(a_set(tmp_path, "2026-09-20", pupils=pupils_of(3)))
    both = [*pupils_of(3), *pupils_of(3, "B", prefix="P5")]
    run = refused(a_set(tmp_path, "2026-09-19", pupils=both), OlderThanApplied, on="2026-09-21")
    assert len(run.refusal["schools"]) == 1
    assert not is_known("P51")


def test_an_older_dry_run_is_refused_too(tmp_path: Path) -> None:
    feed(a_set(tmp_path, "2026-09-20", pupils=pupils_of(3)))
    with pytest.raises(OlderThanApplied):
        feed(a_set(tmp_path, "2026-09-19", pupils=pupils_of(3)), dry_run=True)


@pytest.mark.parametrize("options", [{"dry_run": True}, {}])
def test_a_set_that_was_not_applied_leaves_no_date(tmp_path: Path, options: dict[str, bool]) -> None:
    feed(a_set(tmp_path, "2026-09-10", pupils=pupils_of(20)))
    newer = pupils_of(20) if options else pupils_of(3)  # the second is refused
    assert feed(a_set(tmp_path, "2026-09-20", pupils=newer), **options).state in {"dry", "refused"}
    assert feed(a_set(tmp_path, "2026-09-15", pupils=pupils_of(20)), on="2026-09-21").state == "applied"


def test_a_feed_dated_ahead_of_the_clock_is_accepted_and_said(tmp_path: Path) -> None:
    run = feed(a_set(tmp_path, "2026-09-20", pupils=pupils_of(3)), on="2026-09-15")
    assert run.state == "applied"
    assert any("20/09/2026" in note and "15/09/2026" in note for note in run.notes)
    again = feed(a_set(tmp_path, "2026-09-20", pupils=pupils_of(3)), on="2026-09-20")
    assert not any("20/09/2026" in note for note in again.notes)


def test_rules_use_the_feeds_date_and_delays_the_clock(tmp_path: Path) -> None:
    feed(a_set(tmp_path, "2026-09-20", pupils=[*pupils_of(3), pupil("P8"), pupil("P9")]))
    feed(
        a_set(tmp_path, "2026-10-01", pupils=[*pupils_of(3), pupil("P8", left="2026-09-30")]), on="2026-10-12"
    )
    assert f"{person('P9').absent_since}" == "2026-10-12"
    assert schools_of("P8") == []  # had left at the file's date
    assert classes_of("P8") == []


def test_a_set_of_another_academy_than_the_one_named_is_refused(tmp_path: Path) -> None:
    feed(a_set(tmp_path, pupils=pupils_of(3)))
    Academy.objects.create(code="LYON", name="LYON", national_code="10")
    other = a_set(tmp_path, "2026-09-20", pupils=pupils_of(3))
    run = refused(other, OtherAcademy, academy="LYON")
    assert "LYON" in run.refusal["title"]


def test_a_set_that_says_another_academys_code_is_refused(tmp_path: Path) -> None:
    feed(a_set(tmp_path, pupils=pupils_of(3)))
    mixed = a_set(tmp_path, "2026-09-20", pupils=pupils_of(3), schools=[school("A", code="10")])
    refused(mixed, OtherAcademy)


def test_two_academies_keep_their_keys_apart(tmp_path: Path) -> None:
    feed(a_set(tmp_path, pupils=[pupil("P1")]))
    other = [school("B", academy="LYON", code="10")]
    feed(a_set(tmp_path, pupils=[pupil("P1", "B", born="2018-05-05")], schools=other, academy="LYON"))
    assert person("P1").pk != person("P1", academy="LYON").pk
    assert Academy.objects.count() == 2


def test_an_older_set_of_another_academy_is_taken(tmp_path: Path) -> None:
    feed(a_set(tmp_path, "2026-09-20", pupils=[pupil("P1")]))
    other = [school("B", academy="LYON", code="10")]
    path = a_set(
        tmp_path, "2026-09-10", pupils=[pupil("P1", "B", born="2018-05-05")], schools=other, academy="LYON"
    )
    assert feed(path, on="2026-09-21").state == "applied"


def test_a_difference_set_is_refused_and_says_to_ask_for_a_complete_one(tmp_path: Path) -> None:
    feed(a_set(tmp_path, pupils=pupils_of(3)))
    path = a_set(tmp_path, "2026-09-20", pupils=pupils_of(1))
    for file in path.iterdir():
        file.rename(file.with_name(file.name.replace("_Complet_", "_Delta_")))
    before = whole(but=ITSELF)
    with pytest.raises(DomainError) as raised:
        feed(path)
    assert "omplet" in f"{raised.value} {raised.value.remedy}"
    assert raised.value.exit_code in {1, 3}
    assert differences(before, whole(but=ITSELF)) == {}
    assert staged() == []
