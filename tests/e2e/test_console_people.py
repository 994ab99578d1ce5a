"""The guide's acts on accounts, in its own words and order: detach, add a class, delete, pre-delete."""

from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import User
from directory.models import Attachment, ClassAttachment
from tests.accounts.factories import PersonFactory
from tests.directory.factories import AttachmentFactory
from tests.directory.worlds import SchoolWorld, school_world, teacher_at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world() -> SchoolWorld:
    return school_world(in_district=True, name="École Rosa-Parks", city="Villeaubin")


def _by_hand(world: SchoolWorld, first_name: str, last_name: str, **traits: Any) -> User:
    person = PersonFactory(teacher=True, first_name=first_name, last_name=last_name, **traits)
    AttachmentFactory(person=person, school=world.school, by_hand=True)
    return person


def _open(page: Any, menu: str, choice: str, name: str) -> None:
    """The list, a filter, a card opened by its name."""
    page.get_by_role("link", name="Utilisateurs", exact=True).click()
    page.locator("summary", has_text=menu).first.click()
    page.get_by_role("link", name=choice, exact=True).click()
    page.locator(".ct-accounts").get_by_role("link", name=name).click()
    page.get_by_role("heading", name=name, exact=True).wait_for()


def test_a_director_puts_the_accounts_of_the_school_in_order(
    world: SchoolWorld, open_as: Callable[..., Any]
) -> None:
    gone = teacher_at(world.school, first_name="Claire", last_name="Adamski")
    AttachmentFactory(person=gone, school=school_world().school)
    newcomer = teacher_at(world.school, first_name="Inès", last_name="Ferrand")
    never = _by_hand(world, "Mona", "Pruvost")
    used = _by_hand(world, "Bernard", "Grolier", activated=True)
    label = world.classes[0].school_class.label
    page = open_as(world.director, "/")
    page.get_by_role("link", name="Console d’administration").first.click()

    # Détacher un enseignant parti
    _open(page, "Profil", "Enseignants", "Claire Adamski")
    page.locator("details.ct-fold", has_text="Établissement(s)").get_by_role(
        "link", name="Détacher de École Rosa-Parks"
    ).click()
    page.get_by_role("button", name="Détacher de l’école").click()
    assert "Rosa-Parks" in page.locator("s").inner_text()
    page.get_by_role("button", name="Rattacher").wait_for()
    assert not Attachment.objects.filter(person=gone, school=world.school, ended_on=None).exists()
    page.get_by_role("link", name="Utilisateurs", exact=True).click()
    assert page.locator(".ct-accounts").get_by_text("Claire Adamski").count() == 0

    # Associer un enseignant à sa classe
    _open(page, "Profil", "Enseignants", "Inès Ferrand")
    page.locator("summary", has_text="Ajouter une classe").click()
    page.get_by_role("button", name=label).click()
    page.get_by_role("button", name=f"Retirer la classe {label}").wait_for()
    assert ClassAttachment.objects.get(person=newcomer, ended_on=None).school_class.label == label

    # Supprimer le compte manuel jamais activé, pré-supprimer celui qui a servi
    _open(page, "Source", "Manuel", "Mona Pruvost")
    page.get_by_role("link", name="Supprimer le compte", exact=True).click()
    page.get_by_role("button", name="Supprimer le compte").click()
    page.get_by_text("est supprimé").first.wait_for()
    assert not User.objects.filter(pk=never.pk).exists()
    _open(page, "Source", "Manuel", "Bernard Grolier")
    page.get_by_role("link", name="Pré-supprimer le compte").click()
    page.get_by_role("button", name="Pré-supprimer le compte").click()
    page.get_by_role("button", name="Restaurer").wait_for()
    used.refresh_from_db()
    assert used.pre_deleted_on is not None
    assert page.complaints == []
