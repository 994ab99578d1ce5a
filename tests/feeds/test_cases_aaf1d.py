"""AAF 1D sets met in the field, imported end to end: counts, and what must happen."""

from typing import Any

import pytest

from accounts.enums import Profile
from accounts.models import User
from core import clock, invariants
from directory.gate import blocked
from directory.models import (
    Administrator,
    Attachment,
    ClassAttachment,
    Group,
    Guardianship,
    SchoolClass,
    ScolarityMembership,
)
from feeds import report
from feeds.models import PlanRow
from schools.models import School
from tests.accounts.factories import PersonFactory
from tests.directory.factories import AttachmentFactory, BlockFactory, ClassAttachmentFactory
from tests.feeds.cases import AAF, bring_aaf, counted, expected, flaws, logins, people, steps_of
from tests.feeds.sets import noon, person
from tests.feeds.whole import differences, staged, whole

pytestmark = pytest.mark.django_db


def bring(case: str) -> list[Any]:
    """The runs of a case's folders, in order."""
    return [bring_aaf(path)[0] for path, _ in steps_of(AAF, case)]


def groups_of(user: User) -> set[tuple[int, int]]:
    return set(ScolarityMembership.objects.filter(person=user).values_list("group_id", "through_id"))


@pytest.mark.parametrize("case", expected(AAF))
def test_each_set_gives_the_counts_told_and_once_more_changes_nothing(case: str) -> None:
    for path, said in steps_of(AAF, case):
        run, code = bring_aaf(path)
        assert code in said["exit"]
        created = counted(run, "created") if run.counts else {}
        assert {kind: created.get(kind, 0) for kind in said["created"]} == said["created"]
        assert invariants.run_all() == []
    before = whole()
    again, code = bring_aaf(path)
    assert code in said["exit"]
    assert differences(before, whole()) == {}
    assert {action: sum(counted(again, action).values()) for action in ("created", "changed", "absent")} == {
        "created": 0, "changed": 0, "absent": 0,
    }  # fmt: skip
    assert staged() == []


def test_entities_escaped_once_too_often_are_read_as_meant() -> None:
    bring("01-escaped-twice")
    assert people(Profile.PUPIL) == {"L'HÉRITIER Noëlle", "D'AUBIGNY Maël"}
    assert list(SchoolClass.objects.values_list("label", flat=True)) == ["CP & CE1"]
    assert ClassAttachment.objects.count() == 2


def test_bad_records_are_named_with_file_and_line_and_bring_nobody_down() -> None:
    (run,) = bring("02-bad-records")
    # Nil and Nils bear one key and differ: neither is taken.
    assert people(Profile.PUPIL) == {"RENAUDIN Léa", "RENAUDIN Luc"}
    assert people(Profile.RELATIVE) == {"RENAUDIN Jo"}
    lea, luc = person("5110011", kind="P"), person("5110012", kind="P")
    assert ClassAttachment.objects.get().person == lea
    assert Attachment.objects.filter(person=luc, ended_on=None).exists()
    assert set(flaws(run)) == {
        ("attribute-unknown", "Eleve", 21),
        ("class-parts", "Eleve", 24),
        ("birth-date-missing", "Eleve", 44),
        ("key-twice", "Eleve", 63),
        ("key-twice", "Eleve", 82),
        ("relative-unknown", "Eleve", 63),
        ("relative-unnamed", "PersRelEleve", 21),
        ("relative-unnamed", "PersRelEleve", 38),
    }
    messages = " ".join(run.anomalies.values_list("message", flat=True))
    assert "SABATIER Kim" in messages
    assert "VERNET Ana" in messages


def test_an_ine_that_arrives_weeks_later_makes_nobody_new() -> None:
    first, second = (path for path, _ in steps_of(AAF, "03-ine-arrives"))
    bring_aaf(first)
    before, groups = logins(), {user.pk: groups_of(user) for user in User.objects.all()}
    assert set(User.objects.filter(profile=Profile.PUPIL).values_list("ine", flat=True)) == {""}
    run, _ = bring_aaf(second)
    assert run.counts["pupils"]["created"] == 0
    assert run.counts["pupils"]["changed"] == 2
    assert set(User.objects.filter(profile=Profile.PUPIL).values_list("ine", flat=True)) == {
        "110000021AH", "110000022AJ",
    }  # fmt: skip
    assert logins() == before
    assert {user.pk: groups_of(user) for user in User.objects.all()} == groups
    assert len(groups[person("5110021", kind="P").pk]) == 2


def test_one_ine_on_two_children_joins_nobody_and_names_both_lines() -> None:
    (run,) = bring("04-one-ine-two-children")
    assert people(Profile.PUPIL) == {"GRANGER Eva", "HUGON Théo"}
    assert {line for code, _, line in flaws(run) if code == "ine-twice"} == {4, 23}


def test_one_account_for_a_parent_of_two_schools_and_a_teacher_who_heads_another() -> None:
    bring("05-two-schools")
    lilas, muriers = School.objects.get(joining_key="110005"), School.objects.get(joining_key="110006")
    dea, eno = person("2110041", kind="R"), person("2110042", kind="R")
    assert schools_of(dea) == {lilas, muriers}
    assert schools_of(eno) == {lilas}
    assert schools_of(person("2110043", kind="R")) == {lilas, muriers}
    gil = person("8110041", kind="S")
    assert set(Attachment.objects.filter(person=gil).values_list("school_id", "is_head")) == {
        (lilas.pk, False), (muriers.pk, True),
    }  # fmt: skip
    assert Administrator.objects.get().school == muriers
    assert SchoolClass.objects.filter(label="CE1").count() == 2


def schools_of(relative: User) -> set[School]:
    """The schools whose group of relatives holds this one."""
    groups = Group.objects.filter(
        kind="SCHOOL", profile=Profile.RELATIVE, pk__in=[group for group, _ in groups_of(relative)]
    )
    return {group.school for group in groups.select_related("school")}


def test_blocking_the_relatives_of_one_school_leaves_the_other() -> None:
    bring("05-two-schools")
    lilas = School.objects.get(joining_key="110005")
    BlockFactory(of_profile=True, school=lilas, profile=Profile.RELATIVE)
    dea, eno = person("2110041", kind="R"), person("2110042", kind="R")
    with clock.at(noon("2026-09-16")):
        assert set(blocked([dea, eno])) == {eno.pk}


def test_a_class_relabelled_stays_itself_with_its_groups_and_teachers() -> None:
    first, second = (path for path, _ in steps_of(AAF, "06-class-renamed"))
    bring_aaf(first)
    school_class = SchoolClass.objects.get()
    teacher = PersonFactory(teacher=True)
    AttachmentFactory(person=teacher, school=school_class.school, by_hand=True)
    ClassAttachmentFactory(person=teacher, school_class=school_class, by_hand=True)
    rows = set(ClassAttachment.objects.values_list("pk", "person", "ended_on"))
    groups = set(Group.objects.values_list("pk", "school_class"))
    run, _ = bring_aaf(second)
    school_class.refresh_from_db()
    assert school_class.label == "CE1 M. PAGE"
    assert run.counts["classes"] == {**run.counts["classes"], "created": 0, "changed": 1}
    assert set(ClassAttachment.objects.values_list("pk", "person", "ended_on")) == rows
    assert set(Group.objects.values_list("pk", "school_class")) == groups


def test_the_declared_encoding_is_honoured() -> None:
    bring("07-iso-8859-15")
    assert people(Profile.PUPIL) == {"NOËL Cœlia"}
    assert SchoolClass.objects.get().label == "CP €"


def test_twins_homonyms_and_a_shared_mail_are_as_many_accounts() -> None:
    bring("08-twins-homonyms-one-mail")
    assert User.objects.count() == 6
    assert len(set(User.objects.values_list("username", flat=True))) == 6
    assert Guardianship.objects.count() == 5
    mails = list(
        User.objects.filter(profile=Profile.RELATIVE).exclude(email="").values_list("email", flat=True)
    )
    assert len({mail.casefold() for mail in mails}) < len(mails)


def test_a_name_changed_keeps_login_and_password_and_is_told_before_and_after() -> None:
    first, second = (path for path, _ in steps_of(AAF, "09-name-changed"))
    bring_aaf(first)
    pupil = User.objects.get(profile=Profile.PUPIL)
    before = (pupil.username, pupil.password, pupil.last_name)
    run, _ = bring_aaf(second)
    pupil.refresh_from_db()
    assert (pupil.username, pupil.password) == before[:2]
    assert pupil.last_name != before[2]
    row = PlanRow.objects.get(run=run, kind="pupils")
    assert (row.action, row.before["last_name"], row.after["last_name"]) == (
        "changed", before[2], pupil.last_name,
    )  # fmt: skip
    assert report.details(run)["pupils"][0]["label"].startswith(pupil.last_name)


def test_a_difference_set_is_refused_in_one_line_and_changes_nothing() -> None:
    before = whole()
    (path, _), *_ = steps_of(AAF, "10-difference-set")
    run, code = bring_aaf(path)
    assert code in (1, 3)
    assert run.state in ("failed", "refused")
    assert run.refusal["type"].endswith("difference-set")
    assert differences(before, whole()) == {}
    assert staged() == []
