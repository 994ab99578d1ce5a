"""The pages of cahiers in a browser: accessible in both themes, nothing sideways on a phone; a pupil ticks, a teacher
notes homework with the keyboard, a relative signs."""

from datetime import timedelta
from typing import Any

import pytest

from core import clock
from notebooks.enums import Asks
from notebooks.models import HomeworkEntry, HomeworkTick, LiaisonCopy
from notebooks.services import homework_entries
from tests.directory.worlds import SchoolWorld, relative_of, school_world
from tests.notebooks.factories import homework, homework_book, liaison_book, word
from tests.plugins.browser import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def school(db: None) -> SchoolWorld:
    """At the machine's own time: the server that the browser asks knows no other."""
    return school_world(classes=2)


@pytest.mark.parametrize(("width", "scheme"), [("narrow", "dark"), ("desktop", "light")])
def test_every_page_is_accessible_and_fits(
    open_as: Any, school: SchoolWorld, width: str, scheme: str
) -> None:
    room, other = school.classes
    pupil, parent = room.pupils[0], relative_of(room.pupils[0], other.pupils[0])
    book = homework_book(room.teacher, room.school_class)
    entry = homework(room.teacher, book, body="<p>Je lis le chapitre 2, puis je raconte.</p>", minutes=20)
    homework(room.teacher, book, clock.today(), subject="Poésie")
    homework(room.teacher, book, subject="Lecture", published=False)
    out = homework_entries.take_out(by=room.teacher, entry=homework(room.teacher, book))
    carnet = liaison_book(room.teacher, room.school_class)
    sent = word(
        room.teacher,
        carnet,
        room.school_class,
        title="Sortie au musée de la Mine, en car et par petits groupes",
        asks=Asks.ANSWER,
        due_on=clock.today() + timedelta(days=3),
    )
    draft = word(room.teacher, carnet, room.school_class, sent=False)
    textes, mots = f"/cahiers/textes/{book.resource.uuid}/", f"/cahiers/liaison/{carnet.resource.uuid}/"
    visits = [(pupil, path) for path in ("/", "/cahiers/", f"/cahiers/textes/devoirs/{entry.uuid}/")]
    visits += [
        (parent, path)
        for path in (
            "/",
            "/cahiers/",
            "/cahiers/textes/semaine/",
            "/cahiers/textes/agenda/",
            "/cahiers/liaison/",
            f"/cahiers/liaison/mots/{sent.uuid}/lire/",
        )
    ]
    visits += [
        (room.teacher, path)
        for path in (
            "/cahiers/",
            "/cahiers/textes/nouveau/",
            textes,
            f"{textes}?vue=liste",
            f"{textes}reglages/",
            f"{textes}copier/",
            f"{textes}retires/",
            f"{textes}imprimer/",
            f"/cahiers/textes/devoirs/{entry.uuid}/modifier/",
            f"/cahiers/textes/devoirs/{out.uuid}/supprimer/",
            mots,
            f"/cahiers/liaison/mots/{draft.uuid}/modifier/",
            f"/cahiers/liaison/mots/{draft.uuid}/envoyer/",
            f"/cahiers/liaison/mots/{draft.uuid}/supprimer/",
            f"/cahiers/liaison/mots/{sent.uuid}/suivi/",
            f"/cahiers/liaison/mots/{sent.uuid}/modifier/",
        )
    ]
    for person, path in visits:
        page = open_as(person, path, width=width, scheme=scheme, again=True)
        assert violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        assert page.complaints == [], path


def test_a_pupil_ticks_their_homework_of_the_evening(open_as: Any, school: SchoolWorld) -> None:
    room = school.classes[0]
    homework(room.teacher, homework_book(room.teacher, room.school_class), subject="Lecture")
    page = open_as(room.pupils[0], "/")
    box = page.get_by_role("checkbox", name="Exercices 3 et 4")
    with page.expect_response(lambda answer: "/fait/" in answer.url):
        box.check()
    assert HomeworkTick.objects.get().pupil == room.pupils[0]
    page.goto(page.url + "cahiers/")
    page.get_by_text("tout est fait").wait_for()
    with page.expect_response(lambda answer: "/fait/" in answer.url):
        page.get_by_role("checkbox", name="Exercices 3 et 4").first.uncheck()
    page.get_by_text("Coche quand c’est fait").wait_for()
    assert page.complaints == []


def test_a_teacher_notes_homework_with_the_keyboard_and_a_draft_is_kept(
    open_as: Any, school: SchoolWorld
) -> None:
    room = school.classes[0]
    book = homework_book(room.teacher, room.school_class)
    page = open_as(room.teacher, f"/cahiers/textes/{book.resource.uuid}/")
    page.get_by_role("button", name="Noter un devoir").click()
    page.get_by_label("Matière").fill("Dictée")
    page.locator("[contenteditable=true]").click()
    page.keyboard.type("Les mots de la liste 2")
    page.get_by_text("brouillon enregistré").wait_for()
    page.get_by_role("button", name="Publier").click()
    page.get_by_text("Devoir publié").wait_for()
    entry = HomeworkEntry.objects.get()
    assert (entry.subject, entry.body, entry.stage) == (
        "Dictée",
        "<p>Les mots de la liste 2</p>",
        "PUBLISHED",
    )
    assert page.complaints == []


def test_a_relative_of_two_children_signs_for_each(open_as: Any, school: SchoolWorld) -> None:
    first, second = school.classes
    parent = relative_of(first.pupils[0], second.pupils[0])
    book = liaison_book(school.director)
    word(school.director, book, first.school_class, second.school_class, title="Grève de la cantine")
    page = open_as(parent, "/", width="phone")
    page.get_by_role("link", name="Lire et signer").first.click()
    for _ in range(2):
        page.get_by_role("button", name="J’ai lu et je signe").first.click()
        page.get_by_text("C’est signé").wait_for()
    assert page.get_by_role("button", name="J’ai lu et je signe").count() == 0
    assert LiaisonCopy.objects.filter(relative=parent, signed_at__isnull=False).count() == 2
    assert page.complaints == []
