"""Identity is exact, never fuzzy: a key belongs to its kind and academy, an INE joins when the births agree."""

from pathlib import Path

import pytest

from accounts.models import User
from directory.models import Attachment, Guardianship
from tests.feeds.cases import logins
from tests.feeds.sets import (
    a_set,
    feed,
    klass,
    person,
    pupil,
    pupils_of,
    relative,
    school,
    school_of,
    staff,
    told,
)
from tests.feeds.whole import differences, whole

pytestmark = pytest.mark.django_db
INE = "110000001AB"


def a_set_of_the_north(folder: Path, day: str = "2026-10-06", **told: object) -> Path:
    """A set of another academy of the instance, whose school is N."""
    schools = [school("N", academy="NORD", code="09")]
    return a_set(folder, day, academy="NORD", schools=schools, **told)  # type: ignore[arg-type]


def schools_of(who: User) -> set[str]:
    """The keys of the schools where someone is attached now."""
    return set(
        Attachment.objects.filter(person=who, ended_on=None).values_list("school__joining_key", flat=True)
    )


# Keys.


def test_one_key_borne_by_three_kinds_is_three_people(tmp_path: Path) -> None:
    feed(
        a_set(
            tmp_path,
            pupils=[pupil("100", relatives=["100"])],
            relatives=[relative("100", ENTPersonPrenom="Anne")],
            staff=[staff("100", ENTPersonPrenom="Gil")],
        )
    )
    assert {user.profile for user in User.objects.filter(joining_key="100")} == {
        "PUPIL",
        "RELATIVE",
        "TEACHER",
    }


def test_a_key_is_text_and_007_is_not_7(tmp_path: Path) -> None:
    feed(a_set(tmp_path, pupils=[pupil("007", born="2018-01-01"), pupil("7", born="2018-01-02")]))
    assert User.objects.filter(profile="PUPIL").count() == 2


def test_one_key_in_two_academies_is_two_people(tmp_path: Path) -> None:
    feed(a_set(tmp_path, pupils=[pupil("P1")]))
    feed(a_set_of_the_north(tmp_path, pupils=[pupil("P1", "N", classes=[klass("N")])]))
    assert person("P1").pk != person("P1", academy="NORD").pk


# INE.


def test_an_ine_joins_across_academies_when_the_birth_dates_agree(tmp_path: Path) -> None:
    feed(a_set(tmp_path, pupils=[pupil("P1", ine=INE), *pupils_of(3, first=5)]))
    before, known = logins(), person("P1")
    run = feed(a_set_of_the_north(tmp_path, pupils=[pupil("P9", "N", ine=INE, classes=[klass("N")])]))
    moved = person("P9", academy="NORD")
    assert moved.pk == known.pk
    assert logins()[moved.pk] == before[known.pk]
    assert told(run, "pupils") == {"moved": 1}
    assert schools_of(moved) == {"N"}


def test_an_ine_whose_birth_dates_differ_joins_nobody_and_is_named(tmp_path: Path) -> None:
    feed(a_set(tmp_path, pupils=[pupil("P1", ine=INE)]))
    run = feed(
        a_set(tmp_path, "2026-10-06", pupils=[pupil("P1", ine=INE), pupil("P2", ine=INE, born="2016-07-15")])
    )
    assert User.objects.filter(profile="PUPIL").count() == 2
    assert set(run.anomalies.values_list("code", flat=True)) == {"ine-twice"}


def test_an_ine_known_of_a_child_born_another_day_makes_a_new_account_and_is_named(tmp_path: Path) -> None:
    feed(a_set(tmp_path, pupils=[pupil("P1", ine=INE), pupil("P2")]))
    run = feed(a_set(tmp_path, "2026-10-06", pupils=[pupil("P3", ine=INE, born="2016-07-15"), pupil("P2")]))
    assert person("P3").pk != person("P1").pk
    assert person("P1").absent_since is not None
    assert set(run.anomalies.values_list("code", flat=True)) == {"ine-of-another"}


@pytest.mark.parametrize("ine", ["", "00000000000", "INCONNU", "XXXXXXXXXXX", "12345"])
def test_an_empty_malformed_or_placeholder_ine_joins_nobody(tmp_path: Path, ine: str) -> None:
    feed(a_set(tmp_path, pupils=[pupil("P1", ine=ine)]))
    run = feed(a_set(tmp_path, "2026-10-06", pupils=[pupil("P1", ine=ine), pupil("P2", ine=ine)]))
    assert told(run, "pupils") == {"created": 1, "unchanged": 1}


def test_a_new_key_with_the_known_ine_and_birth_date_is_the_same_pupil(tmp_path: Path) -> None:
    feed(a_set(tmp_path, pupils=[pupil("P1", ine=INE, relatives=["R1"])]))
    before, known = logins(), person("P1")
    run = feed(a_set(tmp_path, "2026-10-06", pupils=[pupil("P2", ine=INE, relatives=["R1"])]))
    assert person("P2").pk == known.pk
    assert logins() == before
    assert told(run, "pupils") == {"changed": 1}
    assert Guardianship.objects.get().ended_on is None


def test_an_ine_on_two_records_joins_neither_and_the_known_key_stays(tmp_path: Path) -> None:
    feed(a_set(tmp_path, pupils=[pupil("P1", ine=INE)]))
    known = person("P1")
    run = feed(a_set(tmp_path, "2026-10-06", pupils=[pupil("P1", ine=INE), pupil("P2", ine=INE)]))
    assert person("P1").pk == known.pk
    assert person("P2").pk != known.pk
    assert run.anomalies.filter(code="ine-twice").count() == 2


def test_the_ine_of_a_known_key_never_takes_another_s_account(tmp_path: Path) -> None:
    # ONDE gave P1's number to P2 by a slip, with one birth date: keys are exact, two people stay two.
    feed(a_set(tmp_path, pupils=[pupil("P1", ine=INE), pupil("P2", ine="110000002AC")]))
    before = logins()
    feed(a_set(tmp_path, "2026-10-06", pupils=[pupil("P2", ine=INE), pupil("P1", ine="110000003AD")]))
    assert logins() == before
    assert (person("P1").ine, person("P2").ine) == ("110000003AD", INE)


def test_an_ine_once_known_is_not_lost_to_a_record_without(tmp_path: Path) -> None:
    feed(a_set(tmp_path, pupils=[pupil("P1", ine=INE)]))
    feed(a_set(tmp_path, "2026-10-06", pupils=[pupil("P1")]))
    assert person("P1").ine == INE


# Homonyms, families.


def test_homonyms_born_on_one_day_are_two_pupils_with_two_logins(tmp_path: Path) -> None:
    alike = {"ENTPersonPrenom": "Léa", "ENTPersonNom": "LE GOFF"}
    path = a_set(tmp_path, pupils=[pupil("P1", **alike), pupil("P2", **alike)])
    feed(path)
    assert {person("P1").username, person("P2").username} == {"lea.legoff", "lea.legoff2"}
    before = whole()
    feed(path, on="2026-09-20")
    assert differences(before, whole()) == {}


def test_siblings_in_two_schools_have_one_mother_with_one_account(tmp_path: Path) -> None:
    run = feed(
        a_set(
            tmp_path,
            pupils=[
                pupil("P1", "A", relatives=["R1"]),
                pupil("P2", "B", relatives=["R1"], born="2021-01-01"),
            ],
        )
    )
    assert told(run, "relatives") == {"created": 1}
    assert set(Guardianship.objects.filter(relative=person("R1")).values_list("pupil", flat=True)) == {
        person("P1").pk,
        person("P2").pk,
    }


def test_parents_who_live_apart_have_each_an_account_and_contacts_of_their_own(tmp_path: Path) -> None:
    first = [
        relative("R1", ENTPersonMail="anne@example.invalid"),
        relative("R2", ENTPersonMail="paul@example.invalid"),
    ]
    feed(a_set(tmp_path, pupils=[pupil("P1", relatives=["R1$1$1$1$0", "R2$2$1$1$1"])], relatives=first))
    second = [relative("R1", ENTPersonMail="a.neuf@example.invalid"), first[1]]
    run = feed(
        a_set(
            tmp_path,
            "2026-10-06",
            pupils=[pupil("P1", relatives=["R1$1$1$1$0", "R2$2$1$1$1"])],
            relatives=second,
        )
    )
    assert told(run, "relatives") == {"changed": 1, "unchanged": 1}
    assert person("R1").email == "a.neuf@example.invalid"
    assert person("R2").email == "paul@example.invalid"
    ties = Guardianship.objects.filter(pupil=person("P1")).order_by("rank")
    assert [(tie.relative.joining_key, tie.rank, tie.payer) for tie in ties] == [
        ("R1", 1, False),
        ("R2", 2, True),
    ]


def test_a_teacher_who_is_a_parent_has_two_accounts(tmp_path: Path) -> None:
    alike = {"ENTPersonPrenom": "Gil", "ENTPersonNom": "MOREL", "ENTPersonMail": "gil@example.invalid"}
    feed(
        a_set(
            tmp_path,
            pupils=[pupil("P1", relatives=["R1"])],
            relatives=[relative("R1", **alike)],
            staff=[staff("S1", **alike)],
        )
    )
    assert {person("R1").username, person("S1").username} == {"gil.morel", "gil.morel2"}
    assert not Guardianship.objects.filter(relative=person("S1")).exists()


def test_a_record_corrected_keeps_the_login_and_the_password(tmp_path: Path) -> None:
    feed(a_set(tmp_path, pupils=[pupil("P1", relatives=["R1"])], staff=[staff("S1")]))
    User.objects.update(password="!sealed", activated_at="2026-09-16T08:00:00Z")
    before = logins()
    feed(
        a_set(
            tmp_path,
            "2026-10-06",
            pupils=[pupil("P1", relatives=["R1"], born="2018-03-13", ENTPersonNom="DUPONT")],
            relatives=[relative("R1", ENTPersonNom="DUPONT", ENTPersonPrenom="Zoé")],
            staff=[staff("S1", teacher=False, ENTPersonNom="DUPONT")],
        )
    )
    assert logins() == before
    assert {user.last_name for user in User.objects.all()} == {"DUPONT"}
    assert person("S1").profile == "STAFF"
    assert school_of("A").class_year == 2026
