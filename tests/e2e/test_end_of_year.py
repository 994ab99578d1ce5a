"""The end of a year, watched in a browser: what a teacher decides of their shares, and what is seen of them once
the school has turned."""

from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import User
from core.models import Job
from rollover import tasks
from schools.models import School
from sharing.enums import Role
from sharing.services import share
from tests.directory.worlds import SchoolWorld, school_world, teacher_at
from tests.documents.factories import folder

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TITLES = ("Mes règles", "Progression de lecture", "Photos de la sortie", "Chansons")


@pytest.fixture
def world(db: None) -> SchoolWorld:
    """A teacher shares four folders with the pupils of the class."""
    made = school_world(classes=1, pupils=2)
    klass = made.classes[0]
    for title in TITLES:
        share.share(
            by=klass.teacher,
            resource=folder(klass.teacher, title),
            groups=[klass.school_class.group_set.get(profile="PUPIL")],
            role=Role.READ,
        )
    return made


def _line(page: Any, title: str) -> Any:
    return page.locator("fieldset.ct-fate", has=page.get_by_role("heading", name=title))


def _seen(page: Any) -> set[str]:
    said = page.locator("main").inner_text()
    return {title for title in TITLES if title in said}


def _figures(page: Any) -> list[str]:
    """The four numbers of a preview, or of a report."""
    found: list[str] = page.locator(".ct-today__figs dd").all_inner_texts()
    return found


def _turned_by_the_direction(world: SchoolWorld, open_as: Callable[..., Any]) -> None:
    """Foreseen, launched, followed: the report says what the preview said, and Nouveautés leads to it."""
    School.objects.filter(pk=world.school.pk).update(running_year=2027)
    page = open_as(world.director, "/administration/changement-d-annee/", width="phone")
    foreseen = _figures(page)
    # Three folders end for two pupils; the songs, kept by nobody, are one of them; the rules go by name too.
    assert foreseen[0] == "1"
    page.get_by_label("J’ai lu ce qui prend fin").check()
    page.get_by_role("button", name="Passer à 2027-2028").click()
    page.get_by_role("heading", name="Changement d’année", level=2).wait_for()
    tasks.roll._run(Job.objects.get(name="rollover.roll"))
    page.get_by_role("heading", name="L’école est passée à 2027-2028").wait_for(timeout=15_000)
    assert _figures(page) == foreseen
    news = open_as(world.director, "/nouveautes/", width="phone")
    news.get_by_role("link", name="le compte rendu de son passage à 2027-2028").first.click()
    news.get_by_role("heading", name="L’école est passée à 2027-2028").wait_for()
    assert (page.complaints, news.complaints) == ([], [])


def test_what_a_teacher_decides_before_the_turn_is_what_is_seen_after(
    world: SchoolWorld, open_as: Callable[..., Any]
) -> None:
    teacher, pupil = world.classes[0].teacher, world.classes[0].pupils[0]
    colleague: User = teacher_at(world.school, first_name="Inès", last_name="Ferrand")

    page = open_as(teacher, "/changement-d-annee/", width="phone")
    assert page.locator("fieldset.ct-fate").count() == len(TITLES)
    assert "2 élèves" in _line(page, "Mes règles").inner_text().replace("\u00a0", " ")
    _line(page, "Mes règles").get_by_label("Garder pour ces élèves, à leur nom").check()
    entrusted = _line(page, "Progression de lecture")
    entrusted.get_by_label("Confier à un collègue").check()
    entrusted.get_by_label("À qui").fill("Inès Ferrand")
    _line(page, "Photos de la sortie").get_by_label("Laisser partir").check()
    _line(page, "Chansons").get_by_label("Garder pour ces élèves, à leur nom").check()
    page.get_by_role("button", name="Enregistrer mes choix").click()
    page.get_by_text("4 décidés sur 4").wait_for()

    # The colleague manages it already; the songs are thought better of.
    theirs = open_as(colleague, "/partages/")
    assert _seen(theirs) == {"Progression de lecture"}
    _line(page, "Chansons").get_by_role("button", name="Annuler ce choix").click()
    page.get_by_text("3 décidés sur 4").wait_for()
    assert "à décider" in _line(page, "Chansons").inner_text()

    child = open_as(pupil, "/partages/", width="phone")
    assert _seen(child) == set(TITLES)
    _turned_by_the_direction(world, open_as)
    child.reload()
    assert _seen(child) == {"Mes règles"}
    theirs.reload()
    assert _seen(theirs) == {"Progression de lecture"}
    page.reload()
    page.get_by_text("Rien ne sera perdu de vue").wait_for()
    assert (page.complaints, child.complaints, theirs.complaints) == ([], [], [])
