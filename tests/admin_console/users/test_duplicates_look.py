"""Accounts in double in a browser: accessible, nothing sideways, made one by the keyboard's own controls."""

from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from directory.services import duplicates
from tests.admin_console.test_look import look, session_of
from tests.directory.merging.worlds import TwinWorld, twins

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def _world() -> TwinWorld:
    world = twins("pupil")
    User.objects.filter(pk=world.gone.pk).update(ine="110000001AB", email="famille.legoff@exemple.fr")
    return world


@pytest.mark.parametrize(("width", "scheme"), [("phone", "dark"), ("desktop", "light")])
def test_pages_of_duplicates_are_accessible_and_fit(open_page: Any, width: str, scheme: str) -> None:
    world, other = _world(), twins("pupil")
    pair = reverse("console:duplicate", args=[world.kept.uuid, world.gone.uuid])
    look(open_page, world.director, [reverse("console:duplicates"), pair], width, scheme)
    merge = duplicates.merge(by=other.director, kept=other.kept, gone=other.gone)
    undo = reverse("console:merge_undo", args=[merge.uuid])
    look(open_page, other.director, [reverse("console:merges"), undo], width, scheme)


def test_two_accounts_are_made_one_then_parted(open_page: Any) -> None:
    world = _world()
    page = open_page(reverse("console:duplicates"), **session_of(world.director))
    page.get_by_role("link", name="Maëlle Le Goff").click()
    page.get_by_role("radio", name=f"Garder ce compte : {world.gone.username}").check()
    page.get_by_role("button", name="Réunir les deux comptes").click()
    page.get_by_role("link", name="Annuler la réunion des comptes de Maëlle Le Goff").click()
    assert User.everyone.get(pk=world.kept.pk).merged_into_id == world.gone.pk
    page.get_by_role("button", name="Séparer les deux comptes").click()
    page.get_by_text("de nouveau séparés").wait_for()
    assert User.everyone.get(pk=world.kept.pk).merged_into_id is None
