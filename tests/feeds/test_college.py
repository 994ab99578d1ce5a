"""CM2 pupils who leave for the *collège*: whoever its sets name is restored as they were, relatives with them."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command

from accounts.models import User
from accounts.services.lifecycle import advance
from core import clock, invariants
from directory.duplicates import Reason, reasons
from directory.models import Attachment, Guardianship
from directory.querysets import people_visible_to
from feeds.errors import OtherDegree
from feeds.services.undo_run import undo_run
from schools.enums import SchoolKind
from sharing.querysets import visible_to
from tests.feeds.colleges import INE, a_college_set, colleague, collegian, feed_college, parent
from tests.feeds.seen import ITSELF, changes, classes_of, schools_of, years_of
from tests.feeds.sets import (
    a_set,
    feed,
    klass,
    noon,
    person,
    pupil,
    pupils_of,
    relative,
    school_of,
    staff,
    told,
)
from tests.feeds.whole import differences, whole
from tests.sharing.factories import GrantFactory, ResourceFactory

pytestmark = pytest.mark.django_db
BORN = "2016-03-12"
CM2 = pupil("P1", ine=INE, born=BORN, relatives=["R1"], classes=[klass("A", label="CM2")])
OTHERS = pupils_of(12, first=20)
NEXT_YEAR = pupils_of(12, first=20, year=2027)
SIXTH = collegian("P91", ine=INE, born=BORN, relatives=["R1"])
AWAY = date(2027, 9, 15)


@pytest.fixture
def gone(tmp_path: Path) -> Path:
    """P1 and their parent R1 had content and a share by name; the école's next set no longer names the pupil."""
    feed(a_set(tmp_path, pupils=[CM2, *OTHERS], staff=[staff("S1")]))
    User.objects.update(password="!sealed", activated_at=noon("2026-09-16"), code_open=False)
    ResourceFactory(owner=person("P1"), title="Mon exposé")
    GrantFactory(resource=ResourceFactory(owner=person("S1"), title="Exercice confié"), person=person("P1"))
    feed(a_set(tmp_path, AWAY.isoformat(), pupils=NEXT_YEAR))
    return tmp_path


def who(pk: int) -> list[object]:
    found = User.everyone.get(pk=pk)
    return [found.username, found.password, found.activated_at, found.uuid]


def test_a_cm2_pupil_found_again_in_a_college_is_the_same_account_whole(gone: Path) -> None:
    pupil_, relative_ = person("P1"), person("R1")
    before = who(pupil_.pk), who(relative_.pk)
    assert pupil_.absent_since == relative_.absent_since == AWAY
    run = feed_college(a_college_set(gone, pupils=[SIXTH], staff=[colleague("T1")]))
    assert told(run, "pupils") == {"restored": 1}
    assert told(run, "relatives") == {"restored": 1}
    back = User.objects.get(pk=pupil_.pk)
    assert (who(back.pk), who(relative_.pk)) == before
    assert (back.absent_since, person("R1").absent_since) == (None, None)
    assert (back.source, back.joining_key) == ("AAF2D", "P91")
    assert set(visible_to(back).values_list("title", flat=True)) == {"Mon exposé", "Exercice confié"}
    assert schools_of("P91") == ["Z"]
    assert classes_of("P91") == ["Z 6A 2027"]
    assert Attachment.objects.get(person=back, ended_on=None).source == "AAF2D"
    tie = Guardianship.objects.get(pupil=back, ended_on=None)
    assert (tie.relative_id, tie.source) == (relative_.pk, "AAF2D")
    assert school_of("Z").kind == SchoolKind.COLLEGE
    assert years_of("Z") == (2027, 2027)
    assert invariants.run_all() == []


def test_pre_deleted_they_come_back_all_the_same(gone: Path) -> None:
    pk = person("P1").pk
    day = AWAY + timedelta(days=45)
    for n in range(1, 46):
        with clock.at(noon(AWAY + timedelta(days=n))):
            advance(today=clock.today())
    assert User.everyone.get(pk=pk).pre_deleted_on is not None
    feed_college(a_college_set(gone, day.isoformat(), pupils=[SIXTH]))
    back = User.objects.get(pk=pk)
    assert (back.pre_deleted_on, back.absent_since, back.password) == (None, None, "!sealed")
    assert person("R1").pre_deleted_on is None
    assert back in people_visible_to(person("R1"))


def test_the_same_set_of_a_college_twice_changes_nothing(gone: Path) -> None:
    path = a_college_set(
        gone, pupils=[SIXTH, *(collegian(f"P9{n}") for n in range(2, 5))], staff=[colleague("T1")]
    )
    feed_college(path)
    before = whole(but=ITSELF)
    assert changes(feed_college(path)) == {}
    assert differences(before, whole(but=ITSELF)) == {}


def test_a_dry_run_says_it_and_does_nothing(gone: Path) -> None:
    before = whole(but=ITSELF)
    run = feed_college(a_college_set(gone, pupils=[SIXTH]), dry_run=True)
    assert told(run, "pupils") == {"restored": 1}
    assert differences(before, whole(but=ITSELF)) == {}


def test_undone_they_are_absent_from_the_ecole_again(gone: Path) -> None:
    pk = person("P1").pk
    before = whole(but=ITSELF)
    with clock.at(noon("2027-09-20")):
        undo_run(run=feed_college(a_college_set(gone, pupils=[SIXTH])))
    found = User.objects.get(pk=pk)
    assert (found.absent_since, found.joining_key, found.source) == (AWAY, "P1", "AAF1D")
    assert schools_of("P1") == ["A"]
    assert differences(before, whole(but=ITSELF)) == {}


def test_the_ecole_that_no_longer_names_them_takes_nothing_back(gone: Path) -> None:
    feed_college(a_college_set(gone, pupils=[SIXTH]))
    before = whole(but=ITSELF)
    assert changes(feed(a_set(gone, "2027-09-21", pupils=NEXT_YEAR))) == {}
    assert differences(before, whole(but=ITSELF)) == {}


def test_an_ine_with_another_birth_date_or_none_restores_nobody(gone: Path) -> None:
    strangers = [
        collegian("P91", ine=INE, born="2016-03-13"),
        collegian("P92", born=BORN, givenName=person("P1").first_name),
    ]
    run = feed_college(a_college_set(gone, pupils=strangers))
    assert told(run, "pupils") == {"created": 2}
    assert person("P1").absent_since == AWAY
    assert run.anomalies.filter(code="ine-of-another", line__isnull=False).count() == 1


def test_a_key_of_the_ecoles_born_on_another_day_is_set_aside_and_named(gone: Path) -> None:
    run = feed_college(a_college_set(gone, pupils=[collegian("P1", born="2015-01-01"), collegian("P92")]))
    (found,) = run.anomalies.filter(code="key-of-another")
    assert "SIECLE" in found.message
    assert found.file.endswith("_Eleve_0000.xml")
    assert told(run, "pupils") == {"created": 1}
    assert person("P1").absent_since == AWAY


def test_relatives_under_another_key_are_never_joined_by_name_and_proposed_to_a_human(gone: Path) -> None:
    mother = person("R1")
    named = parent("X1", sn=mother.last_name, givenName=mother.first_name)
    run = feed_college(
        a_college_set(
            gone, pupils=[collegian("P91", ine=INE, born=BORN, relatives=["X1"])], relatives=[named]
        )
    )
    assert told(run, "relatives") == {"created": 1, "restored": 1}
    assert any(note.startswith("1 lien(s) de responsabilité, connus par l’autre degré") for note in run.notes)
    other = person("X1", kind="R")
    assert other.pk != mother.pk
    children = frozenset({person("P91", kind="P").pk})
    assert Reason.CHILD in reasons(person("R1"), other, children=children, others=children)
    assert set(
        Guardianship.objects.filter(ended_on=None, pupil__in=children).values_list("relative", "source")
    ) == {
        (mother.pk, "AAF1D"),
        (other.pk, "AAF2D"),
    }


def test_a_class_of_a_college_is_its_label_in_the_year_of_the_day(tmp_path: Path) -> None:
    def on(day: str, label: str) -> None:
        feed_college(
            a_college_set(tmp_path, day, pupils=[collegian("P91", label=label), collegian("P92", label="6B")])
        )

    on("2027-09-20", "6A")
    on("2027-10-04", "6 a")  # spaces do not make a class
    on("2028-06-30", "6A")
    on("2028-09-20", "5A")
    assert classes_of("P91") == ["Z 5A 2028"]
    labels = school_of("Z").schoolclass_set.order_by("year", "label").values_list("year", "label")
    assert set(labels) >= {(2027, "6A"), (2027, "6B"), (2028, "5A"), (2028, "6B")}
    assert years_of("Z")[1] == 2028


def test_thresholds_hold_in_a_college_too(tmp_path: Path) -> None:
    pupils = [collegian(f"P9{n}", born=f"2016-01-{n:02d}") for n in range(1, 25)]
    feed_college(a_college_set(tmp_path, pupils=pupils))
    run = feed_college(a_college_set(tmp_path, "2027-10-04", pupils=pupils[:3]))
    assert run.state == "refused"
    assert not User.objects.filter(absent_since__isnull=False).exists()


def test_a_set_of_one_degree_read_as_the_others_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OtherDegree):
        feed_college(a_set(tmp_path, pupils=[pupil("P1")]))
    with pytest.raises(OtherDegree):
        feed(a_college_set(tmp_path, pupils=[SIXTH]))
    assert not User.objects.exists()


def test_a_teacher_of_both_is_one_account_by_the_key(tmp_path: Path) -> None:
    feed(a_set(tmp_path, "2027-09-15", staff=[staff("S1", "A"), staff("S2", "A")]))
    feed_college(a_college_set(tmp_path, staff=[colleague("S1", "Z")]))
    assert schools_of("S1") == ["A", "Z"]
    feed(a_set(tmp_path, "2027-09-21", staff=[staff("S2", "A")]))
    assert schools_of("S1") == ["Z"]
    assert person("S1").absent_since is None


def test_relatives_keep_one_account_for_children_of_both_degrees(tmp_path: Path) -> None:
    younger = pupil("P2", ine="110000002AB", relatives=["R1"])
    coordinates = relative("R1", ENTPersonTelPerso="0353010001")
    feed(a_set(tmp_path, pupils=[CM2, younger, *OTHERS], relatives=[coordinates]))
    mother = person("R1")
    feed(a_set(tmp_path, AWAY.isoformat(), pupils=[pupil("P2", relatives=["R1"], year=2027), *NEXT_YEAR],
               relatives=[coordinates]))  # fmt: skip
    assert person("R1").absent_since is None
    college_says = parent("R1", homePhone="0353019999")
    feed_college(a_college_set(tmp_path, pupils=[SIXTH], relatives=[college_says]))
    assert User.objects.filter(profile="RELATIVE").count() == 1
    found = User.objects.get(pk=mother.pk)
    assert (found.source, found.home_phone) == ("AAF1D", "0353010001")  # the first to tell, while it does
    children = Guardianship.objects.filter(relative=found, ended_on=None).values_list(
        "pupil__joining_key", "source"
    )
    assert set(children) == {("P91", "AAF2D"), ("P2", "AAF1D")}
    # the younger one leaves too: the mother stays by the elder, and the collège says who she is from then on
    feed(a_set(tmp_path, "2027-10-04", pupils=NEXT_YEAR))
    assert person("R1").absent_since is None
    feed_college(a_college_set(tmp_path, "2027-10-05", pupils=[SIXTH], relatives=[college_says]))
    assert (person("R1").source, person("R1").home_phone) == ("AAF2D", "0353019999")


def test_the_command_takes_the_same_options_and_ends_with_the_same_codes(
    gone: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def command(path: Path, *words: str) -> dict[str, object]:
        with clock.at(noon("2027-09-20")):
            call_command("import_feed", "aaf2d", str(path), "--academy", "EXEMPLE", "--json", *words)
        return dict(json.loads(capsys.readouterr().out))

    path = a_college_set(gone, pupils=[SIXTH])
    tried = command(path, "--dry-run")
    assert (tried["state"], tried["source"], tried["school_year"]) == ("dry", "AAF2D", 2027)
    assert command(path)["state"] == "applied"
    with pytest.raises(SystemExit) as ended:  # the écoles' files, as of collèges
        command(a_set(gone, "2027-09-20", pupils=NEXT_YEAR))
    assert ended.value.code == 3
    assert json.loads(capsys.readouterr().out)["refusal"]["type"] == "urn:cartable:other-degree"
