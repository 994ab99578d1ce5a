"""The page of a person in the console, and every act from it."""

import re
from typing import Any
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.utils.html import escape

from accounts.enums import Lifecycle
from accounts.models import User
from core import audit
from directory.models import Attachment, Block, ClassAttachment, PhotoConsent, TieRestriction
from directory.services.detach import detach
from tests.accounts.factories import PersonFactory
from tests.directory.factories import (
    AdministratorFactory,
    AttachmentFactory,
    ClassAttachmentFactory,
    GroupFactory,
    GuardianshipFactory,
    MembershipFactory,
    SchoolClassFactory,
)
from tests.directory.worlds import SchoolWorld, class_world, school_world, teacher_at

pytestmark = pytest.mark.django_db
MOST = 48  # the card, and the list at its left


@pytest.fixture
def world() -> SchoolWorld:
    return school_world(in_district=True)


@pytest.fixture
def console(world: SchoolWorld, as_person) -> Any:
    return as_person(world.director)


def url(name: str, person: User, **more: Any) -> str:
    return reverse(f"console:{name}", kwargs={"uuid": person.uuid, **more})


def by_hand(world: SchoolWorld, **traits: Any) -> User:
    person = PersonFactory(**{"teacher": True, "first_name": "Bernard", "last_name": "Grolier", **traits})
    AttachmentFactory(person=person, school=world.school, by_hand=True)
    return person


def said(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.content.decode().replace("\u00a0", " ").replace("&nbsp;", " "))


def test_the_card_tells_who_where_from_what_they_hold_and_what_was_done(world: SchoolWorld, console) -> None:
    person = by_hand(world, activated=True)
    with audit.acting(by=world.director):
        audit.record(
            "account.edited",
            subject=person.uuid,
            before={"first_name": "Bernar"},
            after={"first_name": "Bernard"},
        )
    text = said(console.get(url("user", person)))
    for words in (
        "Bernard Grolier", "source : Manuel", "Établissement(s)", "Classe(s)", "Pré-supprimer le compte",
        "Bloquer", "Identité corrigée", "Avant : prénom : Bernar", world.director.full_name,
        "Aucune classe cette année", "utilisés sur",
    ):  # fmt: skip
        assert words in text, words
    assert "Supprimer le compte<" not in text


def test_a_fed_account_says_why_it_is_not_ended_by_hand(world: SchoolWorld, console) -> None:
    person = PersonFactory(teacher=True, fed=True, academy=world.school.academy)
    AttachmentFactory(person=person, school=world.school)
    text = said(console.get(url("user", person)))
    assert "Ce compte vient de l’alimentation (AAF 1D) : il ne se supprime pas à la main." in text
    assert "upprimer le compte<" not in text
    answer = console.post(url("user_delete", person))
    assert answer.status_code == 409
    assert User.objects.filter(pk=person.pk).exists()
    console.get(url("user_edit", person), follow=True)


def more_of_everything(world: SchoolWorld, person: User) -> None:
    AttachmentFactory(person=person, school=school_world().school)
    ClassAttachmentFactory(person=person, school_class=class_world(world.school).school_class)
    MembershipFactory(person=person, group=GroupFactory(school=world.school))
    with audit.acting(by=world.director):
        audit.record(
            "class.teacher_attached",
            subject=person.uuid,
            school=world.school.uuid,
            after={"class": str(world.classes[0].school_class.uuid)},
        )


def test_the_card_asks_as_many_questions_whatever_it_tells(
    world: SchoolWorld, console, django_assert_num_queries, django_assert_max_num_queries
) -> None:
    person = by_hand(world, activated=True)
    more_of_everything(world, person)
    with django_assert_max_num_queries(MOST) as first:
        console.get(url("user", person))
    for _ in range(8):
        more_of_everything(world, person)
    with django_assert_num_queries(len(first)):
        console.get(url("user", person))


def test_the_red_cross_detaches_and_the_school_stays_struck_through_until_the_next_sign_in(
    world: SchoolWorld, console, as_person
) -> None:
    other = school_world()
    person = by_hand(world)
    AttachmentFactory(person=person, school=other.school)
    page = said(console.get(url("user", person)))
    assert f"Détacher de {world.school.name}" in page
    assert "École hors de votre périmètre" in page
    cross = url("user_detach", person, school=world.school.uuid)
    assert "Son compte, ses productions" in said(console.get(cross))
    struck = said(console.post(cross, follow=True))
    assert f"<s>{world.school.name}" in struck
    assert "Rattacher" in struck
    assert as_person(world.director).get(url("user", person)).status_code == 404
    back = said(console.post(url("user_attach", person), {"ecole": world.school.uuid}, follow=True))
    assert f"<s>{world.school.name}" not in back
    assert Attachment.objects.filter(person=person, school=world.school, ended_on=None).exists()


def test_a_school_out_of_the_scope_is_not_detached(world: SchoolWorld, console) -> None:
    other = school_world()
    person = by_hand(world)
    AttachmentFactory(person=person, school=other.school)
    assert console.post(url("user_detach", person, school=other.school.uuid)).status_code == 404
    assert Attachment.objects.filter(person=person, school=other.school, ended_on=None).exists()


def test_a_class_is_added_and_taken_away_among_those_with_a_pupil(world: SchoolWorld, console) -> None:
    teacher, here = teacher_at(world.school), world.classes[0].school_class
    empty = SchoolClassFactory(school=world.school, label="CM2 vide")
    SchoolClassFactory(school=world.school, last_year=True, label="GS jaune")
    page = said(console.get(url("user", teacher)))
    assert "Ajouter une classe" in page
    assert f'value="{here.uuid}"' in page
    assert f'value="{empty.uuid}"' not in page
    assert "Pas encore arrivée : GS jaune" in page
    console.post(url("user_add_class", teacher), {"classe": here.uuid})
    assert ClassAttachment.objects.filter(person=teacher, school_class=here, ended_on=None).exists()
    refused = said(console.post(url("user_add_class", teacher), {"classe": empty.uuid}, follow=True))
    assert "Cette classe n’est pas ouverte cette année." in refused
    removed = said(console.post(url("user_remove_class", teacher), {"classe": here.uuid}, follow=True))
    toast = removed[removed.index('id="toasts"') :]
    assert url("user_add_class", teacher) in toast  # « Annuler » gives it back
    assert f'value="{here.uuid}"' in toast
    assert not ClassAttachment.objects.filter(person=teacher, ended_on=None).exists()
    assert console.post(url("user_add_class", teacher), {"classe": "x"}).status_code == 404


def test_whoever_acts_finds_the_card_beside_the_list_that_it_was_opened_from(
    world: SchoolWorld, console
) -> None:
    pupil = world.classes[0].pupils[0]
    listed = "profil=pupil&q=Du"
    card = f"{url('user', pupil)}?{listed}"
    page = console.get(f"{card}&intrus=1").text
    for name in ("user_block", "user_code", "user_tie_add", "user_photo"):
        assert f'{url(name, pupil)}?liste=profil%3Dpupil%26q%3DDu"' in page
    carried = "?" + urlencode({"liste": listed})
    block = url("user_block", pupil) + carried
    assert f'href="{escape(card)}"' in console.get(block).text  # « Annuler »
    assert console.post(block, {"reason": "Essai"})["Location"] == card
    assert console.post(url("user_unblock", pupil) + carried)["Location"] == card
    code = console.post(url("user_code", pupil) + carried)["Location"]
    assert code == url("user_code_shown", pupil) + carried
    assert f'href="{escape(card)}"' in console.get(code).text
    typed = console.get(url("user_tie_add", pupil) + carried + "&q=nobody").text
    assert f'name="liste" value="{escape(listed)}"' in typed
    stranger = by_hand(world)
    gone = console.post(url("user_delete", stranger) + "?liste=etat%3Dnever%26autre%3D1")
    assert gone["Location"] == reverse("console:users") + "?etat=never"


def test_an_account_is_deleted_or_pre_deleted_then_restored(world: SchoolWorld, console) -> None:
    never, used = by_hand(world), by_hand(world, last_name="Adamski", activated=True)
    assert "n’a jamais servi" in said(console.get(url("user", never)))
    assert "Supprimer le compte de Bernard Grolier ?" in said(console.get(url("user_delete", never)))
    assert console.post(url("user_delete", never)).status_code == 302
    assert not User.objects.filter(pk=never.pk).exists()
    assert "Pendant 60 jours, rien n’est effacé" in said(console.get(url("user_pre_delete", used)))
    assert "Restaurer" in said(console.post(url("user_pre_delete", used), follow=True))
    console.post(url("user_restore", used))
    used.refresh_from_db()
    assert used.lifecycle == Lifecycle.ACTIVE


def test_a_person_is_blocked_with_a_reason_and_a_message_then_let_in(world: SchoolWorld, console) -> None:
    teacher = world.classes[0].teacher
    assert console.post(url("user_block", teacher), {"until": "2020-01-01"}).status_code == 200
    console.post(
        url("user_block", teacher),
        {"until": "2026-10-01", "reason": "Enquête", "message": "Voir la direction."},
    )
    block = Block.objects.get(person=teacher)
    assert (block.reason, block.message, block.ends_at is not None) == ("Enquête", "Voir la direction.", True)
    page = said(console.get(url("user", teacher)))
    assert "Débloquer" in page
    assert "« Voir la direction. »" in page
    console.post(url("user_unblock", teacher))
    block.refresh_from_db()
    assert block.lifted_at is not None


def test_a_new_code_is_shown_once_and_the_password_opens_nothing_more(world: SchoolWorld, console) -> None:
    teacher = world.classes[0].teacher
    shown = said(console.post(url("user_code", teacher), follow=True))
    assert re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}", shown)
    assert teacher.username in shown
    teacher.refresh_from_db()
    assert (teacher.password, teacher.code_open) == ("", True)
    assert console.get(url("user_code_shown", teacher)).status_code == 302


def test_a_tie_is_limited_then_lifted_and_the_school_speaks_on_pictures(world: SchoolWorld, console) -> None:
    pupil, relative = world.classes[0].pupils[0], world.classes[0].relatives[0]
    assert "Limiter" in said(console.get(url("user", pupil)))
    tie = url("user_tie", pupil, other=relative.uuid)
    console.post(tie, {"limit": "LIMITED", "reason": "Jugement"})
    assert TieRestriction.objects.get(relative=relative, lifted_at=None).pupil == pupil
    assert "lien limité" in said(console.get(url("user", relative)))
    console.post(url("user_lift_tie", relative, other=pupil.uuid))
    assert not TieRestriction.objects.filter(lifted_at=None).exists()
    console.post(url("user_photo", pupil), {"photo": "non"})
    assert PhotoConsent.objects.get(pupil=pupil, said_by="SCHOOL").allowed is False
    assert console.get(url("user_tie", pupil, other=world.director.uuid)).status_code == 404


def test_a_child_and_a_relative_are_added_by_name_and_taken_back(world: SchoolWorld, console) -> None:
    here, stranger = world.classes[0], school_world()
    pupil, other = here.pupils
    relative = here.relatives[0]
    page = url("user_tie_add", relative)
    assert "Ajouter un enfant" in said(console.get(url("user", relative)))
    assert "Ajouter un responsable" in said(console.get(url("user", pupil)))
    assert f'value="{other.uuid}"' in said(console.get(page, {"q": other.first_name}))
    away = stranger.classes[0].pupils[0]
    assert str(away.uuid) not in said(console.get(page, {"q": away.first_name}))
    assert console.post(page, {"personne": away.uuid}).status_code == 404
    added = said(console.post(page, {"personne": other.uuid, "legal": "1"}, follow=True))
    tie = relative.guardianships.get(pupil=other, ended_on=None)
    assert (tie.source, tie.legal) == ("MANUAL", True)
    assert f"Retirer le lien avec {other.full_name}" in added
    assert f"Retirer le lien avec {pupil.full_name}" not in added
    console.post(url("user_tie_end", relative, other=other.uuid))
    assert not relative.guardianships.filter(pupil=other, ended_on=None).exists()
    fed = console.post(url("user_tie_end", relative, other=pupil.uuid))
    assert (fed.status_code, "vient de l’alimentation" in said(fed)) == (409, True)
    assert relative.guardianships.filter(pupil=pupil, ended_on=None).exists()
    assert console.get(url("user_tie_add", here.teacher)).status_code == 404


def test_the_only_tie_of_a_relative_is_not_taken_back(world: SchoolWorld, console) -> None:
    pupil = world.classes[0].pupils[0]
    relative = PersonFactory(relative=True)
    GuardianshipFactory(relative=relative, pupil=pupil, by_hand=True)
    refused = console.post(url("user_tie_end", relative, other=pupil.uuid))
    assert (refused.status_code, "le seul enfant" in said(refused)) == (409, True)
    assert relative.guardianships.filter(ended_on=None).exists()


def test_a_pupil_is_given_an_easy_password_shown_once(world: SchoolWorld, console) -> None:
    pupil = world.classes[0].pupils[0]
    shown = console.post(url("user_password", pupil))
    given = re.search(r'ct-slip__code">([^<]+)<', shown.text)
    pupil.refresh_from_db()
    assert given is not None
    assert pupil.check_password(given[1])
    assert "no-store" in shown["Cache-Control"]
    assert given[1] not in said(console.get(url("user_password", pupil)))
    assert console.get(url("user_password", world.classes[0].teacher)).status_code == 404


def test_a_detachment_is_undone_from_the_card_after_the_next_sign_in(world: SchoolWorld, as_person) -> None:
    other = school_world(academy=world.school.academy, district=world.school.district)
    person, eye = by_hand(world), PersonFactory(staff=True, activated=True)
    AttachmentFactory(person=person, school=other.school)
    AdministratorFactory(person=eye, of_district=True, district=world.school.district)
    detach(by=world.director, person=person, school=world.school)
    page = said(as_person(eye).get(url("user", person)))
    assert f'Rattacher de nouveau<span class="visually-hidden"> à {world.school.name}' in page
    as_person(eye).post(url("user_attach", person), {"ecole": world.school.uuid})
    assert Attachment.objects.filter(person=person, school=world.school, ended_on=None).exists()
    assert "Rattacher de nouveau" not in said(as_person(eye).get(url("user", person)))


def test_a_struck_card_offers_no_act_but_to_attach_again(world: SchoolWorld, console) -> None:
    person = by_hand(world)
    assert "Pré-supprimer" in said(console.get(url("user", person))) or "Supprimer le compte" in said(
        console.get(url("user", person))
    )
    struck = said(console.post(url("user_detach", person, school=world.school.uuid), follow=True))
    assert "rattachez-la pour agir sur son compte" in struck
    assert "Supprimer le compte<" not in struck
    assert "Rattacher" in struck


def test_a_card_says_who_looks_like_the_same_person(world: SchoolWorld, console) -> None:
    twins = [by_hand(world, birth_date="1980-02-03") for _ in range(2)]
    page = said(console.get(url("user", twins[0])))
    assert "Un autre compte lui ressemble" in page
    assert reverse("console:duplicate", args=[twin.uuid for twin in twins]) in page
    assert "lui ressemble" not in said(console.get(url("user", world.classes[0].teacher)))


def test_an_account_is_made_after_those_of_its_name_were_proposed(world: SchoolWorld, console) -> None:
    twin = by_hand(world)
    page = reverse("console:user_new")
    given = {"first_name": "Bernard", "last_name": "Grolier"}
    proposed = console.post(f"{page}?profil=enseignant", given)
    assert proposed.status_code == 409
    assert str(twin.uuid) in said(proposed)
    assert "déjà dans l’école" in said(proposed)
    made = said(console.post(f"{page}?profil=enseignant", {**given, "anyway": "1"}, follow=True))
    assert "bernard.grolier2" in made
    assert "Écrivez le nom." in said(console.post(f"{page}?profil=eleve", {"first_name": "Inès"}))


def test_a_relative_and_a_pupil_are_made_from_the_page(world: SchoolWorld, console) -> None:
    page, here = reverse("console:user_new"), world.classes[0]
    console.post(
        f"{page}?profil=parent",
        {"first_name": "Jules", "last_name": "Thévenin", "child": here.pupils[0].uuid},
    )
    relative = User.objects.get(last_name="Thévenin")
    assert relative.guardianships.get().pupil == here.pupils[0]
    console.post(
        f"{page}?profil=eleve",
        {
            "first_name": "Mona",
            "last_name": "Pruvost",
            "birth_date": "2019-02-03",
            "school_class": here.school_class.uuid,
        },
    )
    assert ClassAttachment.objects.get(person__last_name="Pruvost").school_class == here.school_class


def test_an_account_made_by_hand_is_corrected(world: SchoolWorld, console) -> None:
    person = by_hand(world)
    given = {"first_name": "Bernard", "last_name": "Grollier", "email": "b@exemple.fr"}
    assert console.post(url("user_edit", person), given).status_code == 302
    person.refresh_from_db()
    assert (person.last_name, person.email) == ("Grollier", "b@exemple.fr")


def test_nobody_acts_on_themself_nor_on_whoever_administers_more(world: SchoolWorld, console) -> None:
    assert "C’est votre compte" in said(console.get(url("user", world.director)))
    assert console.post(url("user_block", world.director)).status_code == 409
