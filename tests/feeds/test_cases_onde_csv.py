"""ONDE CSV files met in the field, imported end to end: counts, and what must happen."""

from datetime import timedelta

import pytest

from accounts.enums import Profile
from accounts.models import User
from core import invariants
from directory.models import (
    Administrator,
    Attachment,
    ClassAttachment,
    Guardianship,
    PhotoConsent,
    SchoolClass,
)
from feeds.models import FeedRun
from schools.models import School
from tests.feeds.cases import CSV, CSV_DAY, bring_csv, counted, expected, flaws, logins, people, steps_of
from tests.feeds.whole import differences, staged, whole

pytestmark = pytest.mark.django_db
SAID = expected(CSV)


def bring(case: str) -> list[FeedRun]:
    """The runs of a case's folders, in order, two weeks apart."""
    return [
        bring_csv(path, SAID[case]["school"], on=CSV_DAY + timedelta(days=14 * n))[0]
        for n, (path, _) in enumerate(steps_of(CSV, case))
    ]


def class_of(user: User) -> str:
    return ClassAttachment.objects.get(person=user, ended_on=None).school_class.label


def pupil(first: str, **fields: object) -> User:
    return User.objects.get(profile=Profile.PUPIL, first_name=first, **fields)


@pytest.mark.parametrize("case", SAID)
def test_each_export_gives_the_counts_told_and_once_more_changes_nothing(case: str) -> None:
    uai = SAID[case]["school"]
    steps = steps_of(CSV, case)
    for n, (path, said) in enumerate(steps):
        before = whole()
        run, code = bring_csv(path, uai, on=CSV_DAY + timedelta(days=14 * n))
        assert code in said["exit"]
        for action in ("created", "absent"):
            wanted = said.get(action, {})
            found = counted(run, action)
            assert {kind: found[kind] for kind in wanted} == wanted
        if code:
            assert differences(before, whole()) == {}
    assert invariants.run_all() == []
    before = whole()
    again, code = bring_csv(path, uai, on=CSV_DAY + timedelta(days=60))
    assert code in said["exit"]
    assert differences(before, whole()) == {}
    if not code:
        assert {a: sum(counted(again, a).values()) for a in ("created", "changed", "moved", "absent")} == {
            "created": 0, "changed": 0, "moved": 0, "absent": 0,
        }  # fmt: skip
        assert staged() == []


def test_a_byte_order_mark_is_no_part_of_the_first_header() -> None:
    bring("01-utf8-bom")
    assert people(Profile.PUPIL) == {"BÉRANGER Zoé", "NOËL-GARANCE Maëlys", "ÇELIK Ömer"}
    assert School.objects.get().name == "École d’essai"
    assert PhotoConsent.objects.filter(allowed=True).count() == 3


def test_what_excel_took_away_turns_nobody_down() -> None:
    (run,) = bring("02-saved-again-by-excel")
    born = User.objects.filter(profile=Profile.PUPIL).order_by("birth_date")
    assert [f"{user.birth_date:%d/%m/%Y}" for user in born] == ["01/10/2017", "03/09/2018", "14/01/2020"]
    father = User.objects.get(profile=Profile.RELATIVE)
    assert father.postal_code == "01500"
    assert father.mobile_phone.replace(" ", "") == "0612345678"
    assert Guardianship.objects.filter(relative=father).count() == 2
    assert flaws(run) == []


def test_a_row_over_several_lines_counts_as_the_lines_of_a_text_editor() -> None:
    (run,) = bring("03-quotes-and-newlines")
    assert [(file, line) for _, file, line in flaws(run)] == [("responsables", 5)]
    aimee = pupil("Aimée")
    assert aimee.address.splitlines() == ['Résidence "Les Tilleuls"', "Bât. B ; porte 12", "4 rue Verte"]
    assert people(Profile.RELATIVE) == {"VANDEPUTTE Nadège", "LE « GRAND » Théo"}


def test_dates_are_read_day_first_and_a_missing_one_is_not_a_bad_one() -> None:
    (run,) = bring("04-dates")
    assert {user.first_name: f"{user.birth_date:%d/%m/%Y}" for user in User.objects.all()} == {
        "Basile": "05/04/2018", "Capucine": "05/04/2019",
    }  # fmt: skip
    lines = dict(run.anomalies.values_list("line", "message"))
    assert list(lines) == [4, 5, 6, 7]
    for line, first in ((4, "Darius"), (5, "Elsa"), (6, "Faustine"), (7, "Gaspard")):
        assert first in lines[line]
        assert "ONDE" in lines[line]
    assert "absente" in lines[5]
    assert len({code for code, _, line in flaws(run) if line in (4, 5)}) == 2


def test_columns_are_found_by_their_headers_wherever_they_are() -> None:
    (run,) = bring("05-headers-moved")
    assert pupil("Inès").ine == "010203040AB"
    assert {class_of(pupil("Inès")), class_of(pupil("Tom"))} == {"CE2"}
    unused = [
        message for code, message in run.anomalies.values_list("code", "message") if code == "column-unused"
    ]
    assert len(unused) == 2
    assert any("Statut d'admission" in message for message in unused)
    assert any("Identifiant classe" in message for message in unused)


def test_homonyms_are_numbered_and_each_father_has_the_child_of_his_class() -> None:
    bring("06-twins-homonyms")
    assert sorted(User.objects.filter(username__startswith="emma.").values_list("username", flat=True)) == [
        "emma.petitjean", "emma.petitjean2", "emma.petitjean3",
    ]  # fmt: skip
    tied = {
        tie.relative.first_name: class_of(tie.pupil)
        for tie in Guardianship.objects.filter(relative__last_name="PETITJEAN")
    }
    assert tied == {"Rémi": "CE2", "Yvan": "CP"}
    before = logins()
    bring("06-twins-homonyms")
    assert logins() == before


def test_a_child_is_found_by_name_of_use_or_of_birth() -> None:
    bring("07-usage-names")
    assert Guardianship.objects.count() == 4
    assert people(Profile.PUPIL) == {"SAUVAGEOT-LIM Manon", "SAUVAGEOT Théa"}
    assert User.objects.get(first_name="Manon").username == "manon.sauvageotlim"


def test_spelling_corrected_changes_names_and_no_login() -> None:
    (first, _), (second, _) = steps_of(CSV, "08-corrected-spelling")
    uai = SAID["08-corrected-spelling"]["school"]
    bring_csv(first, uai)
    before = logins()
    run, _ = bring_csv(second, uai, on=CSV_DAY + timedelta(days=7))
    assert run.counts["pupils"] == {
        "created": 0, "changed": 4, "moved": 0, "restored": 0, "absent": 0, "unchanged": 0,
    }  # fmt: skip
    assert people(Profile.PUPIL) == {
        "GUÉNOLÉ Chloé",
        "ARNAUD Jean-Paul",
        "MacDermott Seán",
        "BLANCHARD Éloïse",
    }
    assert logins() == before


def test_a_mother_on_two_rows_is_one_and_a_stranger_s_father_is_named() -> None:
    (run,) = bring("09-gaps-between-children")
    assert people(Profile.RELATIVE) == {"VIAL Olga", "KOWAL Piotr"}
    olga = User.objects.get(first_name="Olga")
    assert set(Guardianship.objects.filter(relative=olga).values_list("pupil__first_name", flat=True)) == {
        "Ada", "Bruno", "Cléo", "Dan",
    }  # fmt: skip
    said = run.anomalies.get(code="relative-without-child")
    assert said.line == 5
    assert "Marek" in said.message
    assert "Zita" in said.message


def test_a_mail_address_is_never_a_key() -> None:
    bring("10-shared-mail")
    assert User.objects.exclude(profile=Profile.PUPIL).count() == 4
    idas = User.objects.filter(first_name="Ida")
    assert {user.profile for user in idas} == {Profile.TEACHER, Profile.RELATIVE}
    assert len({user.username for user in idas}) == 2
    teacher = idas.get(profile=Profile.TEACHER)
    assert class_of(teacher) == "CE2"


def test_an_export_of_one_class_is_refused_with_figures_and_cause() -> None:
    (first, _), (second, _) = steps_of(CSV, "11-one-class-only")
    uai = SAID["11-one-class-only"]["school"]
    bring_csv(first, uai)
    before = whole()
    run, code = bring_csv(second, uai, on=CSV_DAY + timedelta(days=7))
    assert code == 3
    assert run.state == "refused"
    assert "20 élèves sur 30" in run.refusal["title"]
    assert "l’extraction porte sur une seule classe" in run.refusal["title"]
    assert run.refusal["likely_cause"] == "one-class-only"
    assert run.refusal["names"]
    assert differences(before, whole()) == {}


def test_a_class_written_four_ways_is_one_and_its_teachers_are_attached() -> None:
    (run,) = bring("12-spaces-in-classes")
    school_class = SchoolClass.objects.get()
    assert school_class.label == "CE1 A"
    inside = ClassAttachment.objects.filter(school_class=school_class)
    assert inside.filter(role="PUPIL").count() == 4
    assert set(inside.filter(role="TEACHER").values_list("person__first_name", flat=True)) == {"Loïc", "Luce"}
    said = run.anomalies.get(code="teacher-class-unknown")
    assert "CE1A B" in said.message
    assert said.line == 3
    assert Administrator.objects.get().person.first_name == "Luce"
    assert Attachment.objects.get(is_head=True).person.first_name == "Luce"


def test_a_pupil_without_class_belongs_to_the_school_and_is_awaited() -> None:
    (run,) = bring("13-no-class-yet")
    tim = pupil("Tim")
    assert Attachment.objects.filter(person=tim, ended_on=None).exists()
    assert not ClassAttachment.objects.filter(person=tim).exists()
    assert any("1 élève" in note and "attendu" in note for note in run.notes)


def test_today_s_export_brings_ines_to_the_pupils_known() -> None:
    (first, _), (second, _) = steps_of(CSV, "14-export-of-today")
    uai = SAID["14-export-of-today"]["school"]
    bring_csv(first, uai)
    before = {user.first_name: user.pk for user in User.objects.all()}
    run, _ = bring_csv(second, uai, on=CSV_DAY + timedelta(days=7))
    assert {user.first_name: user.ine for user in User.objects.all()} == {
        "Mina": "050607080EF", "Axel": "050607081FG", "Jeanne": "050607082GH",
    }  # fmt: skip
    assert {name: pupil(name).pk for name in before} == before
    assert SchoolClass.objects.count() == 1
    assert run.counts["pupils"]["absent"] == 0
