"""What the product exists for, watched in a browser: what is shared, the year that turns, and back."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from accounts.models import User
from accounts.services.activate import activate
from directory.models import ClassAttachment
from directory.services import favourites
from rollover.models import Turnover
from tests.directory.factories import GroupFactory, MembershipFactory
from tests.feeds.sets import a_set, feed, person, pupils_of, school_of, staff
from tests.rollover.scene import teach

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORDS = {"teacher": "Trois-petits-chats-1", "pupil": "soleil-42"}
FOLDERS = ("Pour la classe", "Pour un élève", "Pour la chorale", "Pour les jardiniers")


@pytest.fixture
def people(tmp_path: Path) -> dict[str, User]:
    """A teacher and a pupil of a class of 2025, come by the feed; a favourite and a manual group of theirs."""
    pupils = pupils_of(4, "A", prefix="PA", year=2025)
    feed(
        a_set(tmp_path, "2026-06-10", pupils=pupils, staff=[staff("S1", "A", heads=("A",)), staff("S2", "A")])
    )
    teach("S2", on="2026-06-11")
    found = {"teacher": person("S2"), "pupil": person("PA1")}
    for kind, who in found.items():
        activate(person=who, code_counter=who.code_counter, password=PASSWORDS[kind])
        who.refresh_from_db()
    favourites.create(
        by=found["teacher"], name="Chorale du vendredi", persons=[found["pupil"], person("PA2")]
    )
    group = GroupFactory(school=school_of("A"), name="Les jardiniers")
    for who in (*found.values(), person("PA3")):
        MembershipFactory(group=group, person=who)
    return found


@pytest.fixture
def sign_in(open_page: Callable[..., Any]) -> Callable[..., Any]:
    """Signs in as people do, by the page, and answers theirs."""

    def entered(who: User, secret: str, **given: Any) -> Any:
        page = open_page("/connexion/", **given)
        page.get_by_label("Identifiant", exact=True).fill(who.username)
        page.get_by_label("Mot de passe", exact=True).fill(secret)
        page.get_by_role("button", name="Se connecter").click()
        page.wait_for_load_state("networkidle")
        charter = page.get_by_role("button", name="J’ai compris")
        if charter.count():
            charter.click()
            page.wait_for_load_state("networkidle")
        return page

    return entered


def _folder(page: Any, live_server: Any, name: str, file: Path) -> None:
    """A folder made, a file really sent into it, its share panel left open."""
    page.goto(f"{live_server.url}/documents/")
    page.get_by_role("link", name="Nouveau dossier").click()
    page.get_by_role("dialog").get_by_label("Nom").fill(name)
    page.get_by_role("button", name="Créer le dossier").click()
    page.get_by_role("link", name=name, exact=True).first.click()
    page.wait_for_load_state("networkidle")
    page.get_by_role("link", name="Ajouter", exact=True).click()
    page.get_by_role("dialog").locator("input[name=fichiers]").set_input_files(file)
    page.locator("#documents").get_by_text(file.name).first.wait_for()
    page.goto(f"{live_server.url}/documents/")
    line = page.locator("#documents").get_by_role("link", name=name, exact=True).first
    uuid = line.get_attribute("href").rstrip("/").rpartition("/")[2]
    page.goto(f"{live_server.url}/partages/{uuid}/")


def _share(page: Any, words: str, option: str) -> None:
    page.locator("#qui").fill(words)
    page.get_by_role("option", name=option).first.click()
    page.locator("#partage-donner").get_by_role("button", name="Partager").click()
    page.locator(".ct-grantee").nth(1).wait_for()


def _titles(page: Any, live_server: Any, path: str) -> set[str]:
    page.goto(f"{live_server.url}{path}")
    text = page.locator("main").inner_text()
    return {name for name in FOLDERS if name in text}


def test_last_years_class_loses_what_was_the_classs_and_nothing_else(
    people: dict[str, User], sign_in: Callable[..., Any], live_server: Any, tmp_path: Path
) -> None:
    teacher, pupil = people["teacher"], people["pupil"]
    page = sign_in(teacher, PASSWORDS["teacher"])
    recipients = (
        ("CP", "Élèves"),
        (pupil.last_name, pupil.first_name),
        ("Chorale", "Chorale du vendredi"),
        ("jardiniers", "Les jardiniers"),
    )
    for number, (name, (words, option)) in enumerate(zip(FOLDERS, recipients, strict=True)):
        file = tmp_path / f"lecture {number}.txt"
        file.write_text(f"Il était une fois, n° {number}.")
        _folder(page, live_server, name, file)
        _share(page, words, option)
    assert _titles(page, live_server, "/documents/") == set(FOLDERS)

    phone = sign_in(pupil, PASSWORDS["pupil"], width="phone")
    assert _titles(phone, live_server, "/partages/") == set(FOLDERS)

    feed(a_set(tmp_path, "2026-09-15", pupils=pupils_of(4, "A", prefix="PA", year=2026)))
    assert not ClassAttachment.objects.filter(school_class__year=2025, ended_on__isnull=True).exists()

    # The session that was open sees it at its next request; a new one is had by the same password.
    kept = set(FOLDERS[1:])
    assert _titles(phone, live_server, "/partages/") == kept
    again = sign_in(pupil, PASSWORDS["pupil"], width="phone")
    assert _titles(again, live_server, "/partages/") == kept
    again.get_by_role("link", name=FOLDERS[1]).first.click()
    again.get_by_text("lecture 1.txt").first.wait_for()
    assert _titles(page, live_server, "/documents/") == set(FOLDERS)

    call_command("rollover_undo", str(Turnover.objects.get().run))
    assert _titles(again, live_server, "/partages/") == set(FOLDERS)
    assert page.complaints == []
    assert again.complaints == []
