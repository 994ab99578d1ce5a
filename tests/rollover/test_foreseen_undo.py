"""An undo foreseen: its figures are those of the undo, to the row; what refuses it is said before."""

from pathlib import Path
from typing import Any

import pytest

from core import clock
from directory.models import ClassAttachment, Group
from rollover import undoing
from rollover.errors import LaterTurnover, NothingToUndo
from rollover.models import Turnover
from rollover.services.undo import Undone, undo_turnovers
from sharing.models import Grant, Withdrawal
from sharing.services.resources import forget
from tests.directory.factories import BlockFactory
from tests.feeds.seen import classes_of
from tests.feeds.sets import a_set, feed, noon, person, pupil, pupils_of, school_of, staff
from tests.feeds.whole import differences, whole
from tests.rollover.scene import detach, last_year, teach, turn
from tests.rollover.shares import every_kind
from tests.sharing.kinds import BOX, NOTE, registered

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kinds() -> Any:
    with registered(NOTE, BOX):
        yield


def _open_classes() -> int:
    return ClassAttachment.objects.filter(ended_on__isnull=True, school_class__year=2025).count()


def foreseen_then_undone() -> tuple[undoing.Back, Undone]:
    """What was foreseen, then done; the figures of both agree, and those of the database."""
    turnovers = list(Turnover.objects.filter(undone_at__isnull=True))
    before = whole()
    (back,) = undoing.foresee(turnovers).values()
    assert differences(before, whole()) == {}, "foreseeing changes nothing"
    grants, classes = Grant.objects.count(), _open_classes()
    done = undo_turnovers(turnovers=turnovers)
    assert (back.count, sorted(back.grants_lost)) == (done.grants_restored, sorted(done.grants_lost))
    assert Grant.objects.count() - grants == done.grants_restored
    assert back.attachments == _open_classes() - classes
    assert sorted(back.lost) == sorted(done.lost)
    assert back.grants_forgotten == done.grants_forgotten
    turnover = Turnover.objects.get(pk=turnovers[0].pk)
    assert turnover.undo_figures == back.kept()
    assert back.held == (school_of("A").held_at is not None)
    return back, done


def test_what_is_foreseen_is_what_comes_back(tmp_path: Path) -> None:
    last_year(tmp_path)
    teach("SA1")
    BlockFactory(of_profile=True, school=school_of("A"), until_new_year=True)
    every_kind()
    turn(tmp_path)
    teach("SA2", year=2026, on="2026-09-16")
    with clock.at(noon("2026-09-17")):
        back, _ = foreseen_then_undone()
    assert back.grants == {"notes": 2}
    assert [(each.label, each.pupils, each.teachers) for each in back.classes] == [("CP", 4, 1)]
    assert (back.set_aside, back.by_hand, back.blocks, back.held) == (5, 1, 1, True)


def test_what_no_longer_exists_is_named_before(tmp_path: Path) -> None:
    last_year(tmp_path)
    shares = every_kind()
    turn(tmp_path)
    with clock.at(noon("2026-09-17")):
        forget([shares.things["à la classe"].pk])
        back, _ = foreseen_then_undone()
    assert (back.count, back.grants_gone, back.grants_lost) == (1, 1, ["à la classe"])


def test_who_left_since_and_who_is_detached_again_are_named_before(tmp_path: Path) -> None:
    last_year(tmp_path, schools="AB")
    detach("PA4", on="2026-06-15")
    both = [pupil("PA1", "B"), *pupils_of(3, "A", prefix="PA", first=2), *pupils_of(4, "B", prefix="PB")]
    feed(a_set(tmp_path, "2026-09-15", pupils=both))
    Turnover.objects.exclude(school__joining_key="A").update(undone_at=clock.now())
    with clock.at(noon("2026-09-17")):
        back, _ = foreseen_then_undone()
    left = person("PA1")
    assert f"{left.last_name} {left.first_name}" in back.lost
    assert classes_of("PA2") == ["A CP 2025"]
    assert back.detachments == 1


def test_what_is_kept_no_longer_is_counted_before(tmp_path: Path) -> None:
    last_year(tmp_path)
    every_kind()
    turn(tmp_path)
    Withdrawal.objects.all().delete()
    with clock.at(noon("2026-09-17")):
        back, done = foreseen_then_undone()
    assert (back.grants_forgotten, back.count) == (2, 0)
    assert done.notes


def test_what_refuses_it_is_said_before(tmp_path: Path) -> None:
    last_year(tmp_path)
    turn(tmp_path)
    feed(a_set(tmp_path, "2027-09-15", pupils=pupils_of(4, prefix="PA", year=2027)))
    first, second = Turnover.objects.order_by("pk")
    assert isinstance(undoing.refusal_of([first]), LaterTurnover)
    assert undoing.later_than([first]) == [second]
    assert undoing.refusal_of([second]) is None
    assert undoing.refusal_of([first, second]) is None
    undo_turnovers(turnovers=[second])
    second.refresh_from_db()
    assert isinstance(undoing.refusal_of([second]), NothingToUndo)


def test_of_several_schools_each_has_its_own_figures(tmp_path: Path) -> None:
    last_year(tmp_path, schools="AB")
    every_kind()
    feed(a_set(tmp_path, "2026-08-25", staff=[staff(f"S{s}{n}", s) for s in "AB" for n in (1, 2)]))
    turn(tmp_path, schools="AB")
    found = undoing.foresee(list(Turnover.objects.all()))
    counts = {school_of(key).pk: found[school_of(key).pk].count for key in "AB"}
    assert sorted(counts.values()) == [0, 2]
    assert Group.objects.exists()
