"""The guide, « Libérer de l’espace », its four steps in their order, in a browser: each figure falls when it must."""

from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import User
from documents.models import Allowance
from messaging.enums import Box
from messaging.models import Copy
from messaging.services import writing
from messaging.services.send import send
from tests.directory.worlds import SchoolWorld, school_world, teacher_at
from tests.documents.factories import content, file, folder
from tests.messaging.factories import broken, draft

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MO = 1_000_000


@pytest.fixture
def world(db: None) -> SchoolWorld:
    return school_world()


def test_space_is_freed_in_four_steps_and_others_keep_what_they_hold(
    world: SchoolWorld, open_as: Callable[..., Any]
) -> None:
    teacher, colleague = world.classes[0].teacher, teacher_at(world.school, activated=True)
    _sent(teacher, colleague, "Emploi du temps", 3)
    _sent(colleague, teacher, "Photos de la sortie", 2)
    trip = folder(teacher, "Sorties")
    file(teacher, "verger.txt", b"v" * 4 * MO, folder=folder(teacher, "Verger", parent=trip))
    file(teacher, "garde.txt", b"g" * MO)
    assert _used(teacher) == 10 * MO

    page = open_as(teacher, "/documents/")
    page.get_by_role("link", name="Libérer de l’espace").click()
    steps = page.locator(".ct-spacesteps > li")
    steps.first.wait_for()
    here = page.url
    assert steps.count() == 4
    assert _figure(page) == "10 Mo"
    assert "5\u00a0Mo" in steps.nth(0).inner_text()

    # 1. Messages received and sent are put into the trash: nothing is freed yet.
    steps.nth(0).get_by_role("link").click()
    page.get_by_label("Choisir Photos de la sortie").check()
    page.get_by_role("button", name="Effacer").click()
    page.get_by_role("navigation", name="Boites").get_by_role("link", name="Envoyés").click()
    page.get_by_label("Choisir Emploi du temps").check()
    page.get_by_role("button", name="Effacer").click()
    page.get_by_text("Photos de la sortie").wait_for(state="detached")
    assert _used(teacher) == 10 * MO

    # 2. Deleted for good from there, they are.
    page.goto(here)
    page.locator(".ct-spacesteps > li").nth(1).get_by_role("link").click()
    page.get_by_role("button", name="Vider la corbeille").click()
    page.get_by_text("Cela libère 5\u00a0Mo.").wait_for()
    page.get_by_role("button", name="Supprimer définitivement").click()
    page.get_by_text("La corbeille est vide").wait_for()
    assert _used(teacher) == 5 * MO

    # 3. A file of a folder within a folder is thrown away.
    page.goto(here)
    assert _figure(page) == "5 Mo"
    page.locator(".ct-spacesteps > li").nth(2).get_by_role("link").click()
    for name in ("Sorties", "Verger"):
        page.get_by_role("link", name=name, exact=True).click()
    page.get_by_label("Choisir verger.txt").check()
    page.get_by_role("toolbar").get_by_role("button", name="Supprimer").click()
    page.get_by_role("link", name="verger.txt").wait_for(state="detached")
    assert _used(teacher) == 5 * MO

    # 4. Deleted for good, it frees the rest.
    page.goto(here)
    page.locator(".ct-spacesteps > li").nth(3).get_by_role("link").click()
    page.get_by_role("button", name="Vider la corbeille").click()
    page.get_by_role("button", name="Supprimer 1 document").click()
    page.get_by_text("La corbeille est vide").wait_for()
    assert _figure(page) == "1 Mo"
    assert _used(teacher) == MO

    # Each of the others holds their own copy still, and is charged for it.
    assert Copy.objects.filter(person=colleague, trashed_at=None).count() == 2
    assert _used(colleague) == 5 * MO
    assert (page.complaints, broken()) == ([], [])


def _sent(by: User, to: User, subject: str, megabytes: int) -> None:
    message = draft(by, to, subject=subject)
    joined = content(subject.encode().ljust(megabytes * MO, b"."))
    writing.attach(by=by, message=message, blob=joined, name="joint.txt")
    send(by=by, message=message)
    assert Copy.objects.filter(message=message, person=to, box=Box.RECEIVED).exists()


def _used(person: User) -> int:
    allowance = Allowance.objects.get(person=person)
    return allowance.used + allowance.held


def _figure(page: Any) -> str:
    return str(page.locator("#quota strong").inner_text()).replace("\u00a0", " ")
