"""The first page of each profile, and those of notices, in a browser: accessible in both themes, nothing
sideways on a phone; « J’ai lu » and a notice written with the keyboard."""

from typing import Any

import pytest

from accounts.enums import Profile
from home.enums import Weight
from home.models import Acknowledgement, Notice
from home.services import acknowledge
from tests.directory.worlds import SchoolWorld, relative_of, school_world
from tests.home.notices import in_classes, posted
from tests.plugins.browser import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def board(db: None) -> SchoolWorld:
    """At the machine's own time: the server that the browser asks knows no other."""
    return school_world(classes=2)


@pytest.mark.parametrize(("width", "scheme"), [("narrow", "dark"), ("desktop", "light")])
def test_every_page_is_accessible_and_fits(open_as: Any, board: SchoolWorld, width: str, scheme: str) -> None:
    first, second = board.classes
    parent = relative_of(first.pupils[0], second.pupils[0])
    long = "Une phrase qui explique tout ce que les familles doivent savoir de cette journée. " * 4
    notice = posted(
        board,
        "Exercice d’évacuation mardi matin\u00a0: consignes aux familles et aux élèves",
        body=f"<p>{long}</p>",
        weight=Weight.IMPORTANT,
        asks=True,
        profiles=tuple(Profile),
    )
    posted(board, asks=True, **in_classes(first.school_class))
    acknowledge.acknowledge(by=first.relatives[0], notice=notice)
    here = f"/actualites/{notice.uuid}/"
    visits = [(person, "/") for person in (parent, first.teacher, first.pupils[0], board.director)]
    visits += [
        (parent, f"/?enfant={first.pupils[0].uuid}"),
        (parent, "/actualites/"),
        (parent, here),
        (parent, "/applications/"),
    ]
    visits += [
        (board.director, path)
        for path in (
            here,
            f"{here}lectures/",
            f"{here}modifier/",
            "/actualites/gerer/",
            "/actualites/ecrire/",
        )
    ]
    for person, path in visits:
        page = open_as(person, path, width=width, scheme=scheme, again=True)
        assert violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        assert page.complaints == [], path


def test_a_relative_says_that_they_have_read_from_their_home_page(open_as: Any, board: SchoolWorld) -> None:
    relative = board.classes[0].relatives[0]
    posted(board, asks=True)
    page = open_as(relative, "/", width="phone")
    page.get_by_role("button", name="J’ai lu").click()
    page.get_by_text("l’école sait que vous l’avez lue").wait_for()
    assert page.get_by_role("button", name="J’ai lu").count() == 0
    assert Acknowledgement.objects.get().person == relative
    assert page.complaints == []


def test_a_director_writes_a_notice_with_its_bold(open_as: Any, board: SchoolWorld) -> None:
    page = open_as(board.director, "/actualites/ecrire/")
    page.get_by_label("Titre", exact=True).fill("Photo de classe")
    page.locator("[contenteditable=true]").click()
    page.wait_for_function("() => document.activeElement.isContentEditable")
    page.keyboard.press("Control+b")
    page.keyboard.type("Lundi matin")
    page.get_by_role("button", name="Publier").click()
    page.get_by_text("elle est sur l’accueil").wait_for()
    notice = Notice.objects.get()
    assert notice.body == "<p><strong>Lundi matin</strong></p>"
    assert notice.posted_at is not None
    assert page.complaints == []
