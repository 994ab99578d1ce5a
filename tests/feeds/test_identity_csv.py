"""The CSV and AAF of one school double nobody, whichever comes first; names join within a school alone."""

from pathlib import Path

import pytest

from accounts.models import User
from accounts.services.merge import merge, unmerge
from core import clock
from demo.academy import Recipe
from demo.academy.feed import make_csv, make_set, world_of
from directory.models import Attachment, ClassAttachment, Guardianship, SchoolClass
from feeds.services.import_aaf import import_aaf1d
from schools.models import School
from tests.feeds.cases import bring_csv, logins
from tests.feeds.csvs import Child, Parent, Teacher, a_csv, feed_csv
from tests.feeds.sets import a_set, feed, klass, noon, person, pupil, relative, staff, told
from tests.feeds.whole import differences, whole

pytestmark = pytest.mark.django_db
LEA = Child("Léa", born="2018-03-12")
NOE = Child("Noé", born="2018-04-15", label="CE1", level="CE1")
ANNE = Parent("Anne", (LEA, NOE), mail="anne@example.invalid")
GIL = Teacher("Gil", label="CP")


def the_same_in_aaf(folder: Path, day: str = "2026-10-06") -> Path:
    """What AAF says of the people above."""
    return a_set(
        folder,
        day,
        pupils=[
            pupil("P1", ENTPersonPrenom="Léa", relatives=["R1"]),
            pupil("P2", ENTPersonPrenom="NOE", born="2018-04-15", relatives=["R1"],
                  classes=[klass(label="CE1")], ENTEleveNiveau="COURS ELEMENTAIRE 1ERE ANNEE"),
        ],
        relatives=[relative("R1", ENTPersonPrenom="Anne")],
        staff=[staff("S1", ENTPersonPrenom="Gil")],
    )  # fmt: skip


def test_aaf_after_the_csv_knows_everybody_and_keys_them(tmp_path: Path) -> None:
    feed_csv(a_csv(tmp_path, pupils=[LEA, NOE], relatives=[ANNE], teachers=[GIL]))
    before, classes = logins(), set(SchoolClass.objects.values_list("pk", flat=True))
    run = feed(the_same_in_aaf(tmp_path))
    assert {kind: run.counts[kind]["created"] for kind in run.counts} == dict.fromkeys(run.counts, 0)
    assert logins() == before
    assert set(SchoolClass.objects.values_list("pk", flat=True)) == classes
    assert {user.joining_key for user in User.objects.all()} == {"P1", "P2", "R1", "S1"}
    assert set(Attachment.objects.values_list("source", flat=True)) == {"AAF1D"}
    assert Guardianship.objects.filter(ended_on=None).count() == 2
    assert ClassAttachment.objects.filter(ended_on=None).count() == 3


def test_the_csv_after_aaf_knows_everybody_and_gives_the_teacher_a_class(tmp_path: Path) -> None:
    feed(the_same_in_aaf(tmp_path))
    before = logins()
    run = feed_csv(
        a_csv(tmp_path, pupils=[LEA, NOE], relatives=[ANNE], teachers=[GIL]), on="2026-10-10", make=False
    )
    assert {kind: run.counts[kind]["created"] for kind in run.counts} == dict.fromkeys(run.counts, 0)
    assert logins() == before
    assert SchoolClass.objects.count() == 2
    assert ClassAttachment.objects.get(role="TEACHER").person == person("S1")
    assert person("R1").email == "anne@example.invalid"


def test_a_source_that_states_someone_after_another_is_theirs_from_then_on(tmp_path: Path) -> None:
    """An attachment belongs to the source that last stated it: only that one can miss it."""
    feed(the_same_in_aaf(tmp_path))
    feed_csv(a_csv(tmp_path, pupils=[LEA, NOE], relatives=[ANNE]), on="2026-10-10", make=False)
    assert Attachment.objects.get(person=person("P1")).source == "ONDE_CSV"
    run = feed(a_set(tmp_path, "2026-10-20", pupils=[pupil("P9", born="2018-06-06")]))
    assert told(run, "pupils") == {"created": 1}
    assert not User.objects.filter(absent_since__isnull=False).exists()


def test_names_join_within_a_school_alone(tmp_path: Path) -> None:
    feed_csv(a_csv(tmp_path, pupils=[LEA]), school="B")
    feed(a_set(tmp_path, "2026-10-06", pupils=[pupil("P1", "A", ENTPersonPrenom="Léa")]))
    assert User.objects.filter(profile="PUPIL").count() == 2


def test_names_alone_join_nobody_when_the_births_differ(tmp_path: Path) -> None:
    feed_csv(a_csv(tmp_path, pupils=[LEA]))
    feed(a_set(tmp_path, "2026-10-06", pupils=[pupil("P1", ENTPersonPrenom="Léa", born="2018-03-13")]))
    assert User.objects.filter(profile="PUPIL").count() == 2


def test_two_of_one_name_and_birth_are_never_guessed_between(tmp_path: Path) -> None:
    feed_csv(a_csv(tmp_path, pupils=[LEA]))
    feed(
        a_set(
            tmp_path,
            "2026-10-06",
            pupils=[pupil("P1", ENTPersonPrenom="Léa"), pupil("P2", ENTPersonPrenom="LEA")],
        )
    )
    assert User.objects.filter(profile="PUPIL").count() == 3


def test_a_csv_whose_names_fit_two_known_pupils_takes_neither_and_misses_neither(tmp_path: Path) -> None:
    alike = {"ENTPersonPrenom": "Léa"}
    feed(a_set(tmp_path, pupils=[pupil("P1", **alike), pupil("P2", **alike)]))
    feed_csv(a_csv(tmp_path, pupils=[NOE]), on="2026-09-20", make=False)
    Attachment.objects.update(source="ONDE_CSV")
    run = feed_csv(a_csv(tmp_path, pupils=[LEA, NOE]), on="2026-10-06", make=False)
    assert set(run.anomalies.values_list("code", flat=True)) == {"person-ambiguous"}
    assert told(run, "pupils") == {"unchanged": 1}
    assert not User.objects.filter(absent_since__isnull=False).exists()


@pytest.mark.parametrize("first", ["aaf", "csv"])
def test_a_whole_school_of_both_sources_is_doubled_by_neither(tmp_path: Path, first: str) -> None:
    recipe = Recipe(seed=3, schools=2, year=2026, pupils=110)
    uai = max(world_of(recipe).schools, key=lambda school: len(school.classes)).uai
    make_set(recipe, tmp_path / "aaf")
    make_csv(recipe, tmp_path / "csv", uai=uai)
    for source in (first, "csv" if first == "aaf" else "aaf"):
        if source == "csv":
            run, _ = bring_csv(tmp_path / "csv", uai)
        else:
            with clock.at(noon("2026-09-15")):
                run = import_aaf1d(path=tmp_path / "aaf")
        assert run.state == "applied"
    school = School.objects.get(uai=uai)
    inside = Attachment.objects.filter(school=school, ended_on=None)
    made = {source: User.objects.filter(source=source).count() for source in ("AAF1D", "ONDE_CSV")}
    assert made["ONDE_CSV"] == 0, [str(user) for user in User.objects.filter(source="ONDE_CSV")]
    assert inside.count() == inside.values("person").distinct().count()
    assert SchoolClass.objects.filter(school=school, key=None).count() == 0


def test_two_classes_of_one_label_in_aaf_are_two_where_the_csv_knew_one(tmp_path: Path) -> None:
    feed_csv(a_csv(tmp_path, pupils=[LEA]))
    known = SchoolClass.objects.get()
    two = [
        pupil("P1", ENTPersonPrenom="Léa", classes=[klass(key="C1")]),
        pupil("P2", ENTPersonPrenom="Ana", classes=[klass(key="C2")], born="2018-05-05"),
    ]
    run = feed(a_set(tmp_path, "2026-10-06", pupils=two))
    assert set(SchoolClass.objects.values_list("key", "label")) == {("C1", "CP"), ("C2", "CP")}
    assert SchoolClass.objects.get(key="C1") == known
    assert told(run, "classes") == {"created": 1, "changed": 1}
    before = whole()
    feed(a_set(tmp_path, "2026-10-13", pupils=two))
    assert differences(before, whole()) == {}


def test_a_label_of_the_csv_that_two_classes_bear_moves_nobody_between_them(tmp_path: Path) -> None:
    two = [
        pupil("P1", ENTPersonPrenom="Léa", classes=[klass(key="C1")]),
        pupil("P2", ENTPersonPrenom="Ana", classes=[klass(key="C2")], born="2018-05-05"),
    ]
    feed(a_set(tmp_path, pupils=two))
    ana = Child("Ana", born="2018-05-05")
    run = feed_csv(a_csv(tmp_path, pupils=[LEA, ana]), on="2026-10-06", make=False)
    assert SchoolClass.objects.count() == 2
    assert ClassAttachment.objects.get(person=person("P1"), ended_on=None).school_class.key == "C1"
    assert ClassAttachment.objects.get(person=person("P2"), ended_on=None).school_class.key == "C2"
    assert told(run, "pupils") == {"unchanged": 2}


@pytest.mark.parametrize("said", [["Léa"], ["Léanne"], ["Léa", "Léanne"]])
def test_a_row_of_an_absorbed_name_is_the_kept_person_s(tmp_path: Path, said: list[str]) -> None:
    twins = {name: Child(name, born="2018-03-12") for name in ("Léa", "Léanne")}
    feed_csv(a_csv(tmp_path, pupils=[*twins.values(), NOE]))
    kept, gone = (User.objects.get(first_name=name) for name in ("Léanne", "Léa"))
    merge(by=None, kept=kept, gone=gone)
    rows = [twins[name] for name in said]
    run = feed_csv(a_csv(tmp_path, pupils=[*rows, NOE]), on="2026-10-10", make=False)
    assert run.counts["pupils"]["created"] == 0
    assert not User.objects.exclude(absent_since=None).exists()


def test_parted_each_account_is_matched_by_its_own_name_again(tmp_path: Path) -> None:
    feed_csv(a_csv(tmp_path, pupils=[LEA, Child("Léanne", born="2018-03-12"), NOE]))
    kept, gone = (User.objects.get(first_name=name) for name in ("Léanne", "Léa"))
    unmerge(by=None, merge=merge(by=None, kept=kept, gone=gone))
    feed_csv(a_csv(tmp_path, pupils=[LEA, NOE]), on="2026-10-10", make=False)
    assert list(User.objects.exclude(absent_since=None)) == [kept]
