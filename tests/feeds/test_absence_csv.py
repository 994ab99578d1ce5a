"""A CSV speaks for its one school, for the files that are there, and never empties what it does not know."""

from datetime import date
from pathlib import Path

import pytest

from accounts.models import User
from directory.models import Attachment, ClassAttachment, Guardianship
from tests.feeds.csvs import Child, Parent, Teacher, a_csv, feed_csv
from tests.feeds.sets import a_set, feed, klass, person, pupil, staff, told
from tests.feeds.whole import differences, whole

pytestmark = pytest.mark.django_db
LATER = "2026-10-06"
LEA = Child("Léa", ine="110000001AB")
NOE = Child("Noé", born="2018-04-15", label="CE1", level="CE1")
CLASS = [
    Child(f"Élève {letter}", born=f"2018-05-{n:02d}") for n, letter in enumerate("abcdefghijkl", start=1)
]
ANNE = Parent("Anne", (LEA, NOE), mail="anne@example.invalid", mobile="0601020304")
PAUL = Parent("Paul", (NOE,), last="DURAND")
GIL = Teacher("Gil", "CP", mail="gil@example.invalid")


def known(first: str) -> User:
    return User.objects.get(first_name=first)


def absent() -> set[str]:
    return set(User.objects.filter(absent_since__isnull=False).values_list("first_name", flat=True))


@pytest.fixture
def fed(tmp_path: Path) -> Path:
    feed_csv(a_csv(tmp_path, pupils=[LEA, NOE, *CLASS], relatives=[ANNE, PAUL], teachers=[GIL]))
    return tmp_path


def again(folder: Path, on: str = LATER, **files: object):
    return feed_csv(a_csv(folder, **files), on=on, make=False)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "files",
    [
        {"pupils": [LEA, NOE, *CLASS]},
        {"relatives": [ANNE, PAUL]},
        {"teachers": [GIL]},
        {"pupils": [LEA, NOE, *CLASS], "teachers": [GIL]},
    ],
    ids=["pupils", "relatives", "teachers", "pupils and teachers"],
)
def test_a_file_that_is_not_there_says_nothing(fed: Path, files: dict[str, list]) -> None:
    before = whole()
    run = again(fed, **files)
    assert run.state == "applied"
    assert differences(before, whole()) == {}


def test_a_pupil_missing_from_the_file_is_absent_with_whoever_has_no_other_child(fed: Path) -> None:
    run = again(fed, pupils=[LEA, *CLASS])
    assert told(run, "pupils") == {"absent": 1, "unchanged": 13}
    assert absent() == {"Noé", "Paul"}
    assert ClassAttachment.objects.filter(person=known("Noé"), ended_on=None).exists()
    back = again(fed, "2026-10-13", pupils=[LEA, NOE, *CLASS])
    assert told(back, "pupils") == {"restored": 1, "unchanged": 13}
    assert absent() == set()


def test_a_tie_that_the_relatives_file_states_no_more_ends(fed: Path) -> None:
    run = again(fed, pupils=[LEA, NOE, *CLASS], relatives=[Parent("Anne", (LEA,), mail=ANNE.mail)])
    assert {(t.relative.first_name, t.pupil.first_name) for t in Guardianship.objects.filter(ended_on=None)} == {
        ("Anne", "Léa"),
    }  # fmt: skip
    assert absent() == {"Paul"}
    assert run.counts["ties"]["absent"] == 2


def test_a_relatives_file_alone_ends_ties_too_and_misses_no_pupil(fed: Path) -> None:
    again(fed, relatives=[ANNE])
    assert absent() == {"Paul"}


def test_a_teacher_missing_from_the_file_is_absent_and_keeps_the_class(fed: Path) -> None:
    again(fed, teachers=[Teacher("Ana")])
    assert absent() == {"Gil"}
    assert ClassAttachment.objects.filter(person=known("Gil"), ended_on=None).exists()


def test_an_empty_cell_empties_nothing(fed: Path) -> None:
    bare = [Child("Léa"), NOE, *CLASS]
    run = again(
        fed, pupils=bare, relatives=[Parent("Anne", (LEA, NOE)), PAUL], teachers=[Teacher("Gil", "CP")]
    )
    assert known("Léa").ine == "110000001AB"
    assert (known("Anne").email, known("Anne").mobile_phone) == ("anne@example.invalid", "0601020304")
    assert known("Gil").email == "gil@example.invalid"
    assert told(run, "relatives") == {"unchanged": 2}


def test_a_row_that_cannot_be_read_today_leaves_pupil_and_family_as_they_are(fed: Path) -> None:
    before = whole()
    run = again(fed, pupils=[LEA, Child("Noé", born="31/02/2018", label="CE1", level="CE1"), *CLASS],
                relatives=[ANNE, PAUL], teachers=[GIL])  # fmt: skip
    assert run.anomalies.filter(code="birth-date-impossible").count() == 1
    assert differences(before, whole()) == {}


def test_a_pupil_without_class_today_keeps_the_one_known(fed: Path) -> None:
    again(fed, pupils=[Child("Léa", label=""), NOE, *CLASS])
    assert ClassAttachment.objects.get(person=known("Léa"), ended_on=None).school_class.label == "CP"


def test_a_school_s_csv_misses_nobody_of_another_school(fed: Path) -> None:
    feed_csv(a_csv(fed, pupils=[Child("Zoé", born="2019-01-01")]), school="B", on=LATER)
    assert absent() == set()


def test_an_ine_takes_a_pupil_from_one_csv_school_to_another_with_login_and_family(fed: Path) -> None:
    login = known("Léa").username
    feed_csv(a_csv(fed, pupils=[LEA]), school="B", on=LATER)
    assert User.objects.filter(first_name="Léa").count() == 1
    assert known("Léa").username == login
    schools = Attachment.objects.filter(person=known("Léa"), ended_on=None)
    assert (
        schools.count() == 2
    )  # a CSV speaks for its own school: the first is left when its own file says so
    again(fed, "2026-10-13", pupils=[NOE, *CLASS])
    assert Attachment.objects.get(person=known("Léa"), ended_on=None).school.name == "École B"
    assert absent() == set()
    assert Guardianship.objects.filter(pupil=known("Léa"), ended_on=None).exists()


def test_people_of_aaf_are_not_the_csv_s_to_miss(tmp_path: Path) -> None:
    feed(
        a_set(
            tmp_path,
            pupils=[
                pupil("P1", ENTPersonPrenom="Léa"),
                pupil("P2", born="2018-04-15", classes=[klass(label="CE1")]),
            ],
            staff=[staff("S1")],
        )
    )
    again(tmp_path, pupils=[Child("Léa")], teachers=[Teacher("Ana")])
    assert absent() == set()
    assert Attachment.objects.get(person=person("P2")).ended_on is None


def test_whoever_is_absent_by_aaf_and_stated_by_the_csv_is_back(tmp_path: Path) -> None:
    feed(a_set(tmp_path, pupils=[pupil("P1", ENTPersonPrenom="Léa"), pupil("P2", born="2018-04-15")]))
    feed(a_set(tmp_path, "2026-09-22", pupils=[pupil("P2", born="2018-04-15")]))
    assert person("P1").absent_since == date(2026, 9, 22)
    run = again(tmp_path, pupils=[Child("Léa")])
    assert told(run, "pupils") == {"restored": 1}
    assert person("P1").absent_since is None


# A file of relatives alone names children; it does not state them.


def test_a_file_of_relatives_alone_leaves_the_pupils_to_the_source_that_states_them(tmp_path: Path) -> None:
    feed(a_set(tmp_path, pupils=[pupil("P1", ENTPersonPrenom="Léa"), pupil("P2", born="2018-04-15")]))
    run = again(tmp_path, relatives=[Parent("Anne", (LEA,))])
    assert told(run, "relatives") == {"created": 1}
    assert Guardianship.objects.get().pupil == person("P1")
    assert Attachment.objects.get(person=person("P1")).source == "AAF1D"


def test_a_file_of_relatives_alone_brings_no_absent_child_back(fed: Path) -> None:
    again(fed, pupils=[LEA, *CLASS], relatives=[ANNE, PAUL])
    assert absent() == {"Noé", "Paul"}
    again(fed, "2026-10-13", relatives=[ANNE, PAUL])
    assert absent() == {"Noé", "Paul"}


def test_a_relative_of_a_child_who_has_left_the_school_is_not_taken_in(fed: Path) -> None:
    Attachment.objects.filter(person=known("Noé")).update(ended_on=date(2026, 9, 30))
    run = again(fed, relatives=[ANNE, Parent("Zoé", (NOE,))])
    assert told(run, "pupils") == {"unchanged": 1}
    assert not User.objects.filter(first_name="Zoé").exists()
    assert run.anomalies.filter(message__contains="Zoé").exists()
    assert not Attachment.objects.filter(person=known("Noé"), ended_on=None).exists()
