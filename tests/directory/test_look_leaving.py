"""The way out in a browser: accessible, nothing sideways, light and dark; an archive opened from a disk, likewise."""

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import Takeout, User
from accounts.services import takeout
from core import clock
from core.storage import services as storage
from tests.directory.routes_leaving import archive_of
from tests.directory.worlds import school_world
from tests.documents import factories as files
from tests.plugins.browser import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SESSION = settings.SESSION_COOKIE_NAME


@pytest.fixture(autouse=True)
def _kept_here(settings: Any, tmp_path: Path) -> None:
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files"},
        }
    }


def session_of(person: User) -> dict[str, str]:
    client = Client()
    client.force_login(person)
    return {SESSION: client.cookies[SESSION].value}


def leaver(kind: str, *, closed: bool) -> User:
    """Somebody who left something to the direction, on their way out."""
    world = school_world()
    room = world.classes[0]
    person = room.teacher if kind == "teacher" else room.pupils[0]
    files.share(files.file(person, "plan.txt"), world.director)
    gone = date(2026, 10, 1) if closed else None
    User.objects.filter(pk=person.pk).update(absent_since=date(2026, 9, 1), pre_deleted_on=gone)
    return User.objects.get(pk=person.pk)


@pytest.mark.parametrize(
    ("kind", "closed", "width", "scheme"),
    [
        ("teacher", False, "phone", "light"),
        ("teacher", True, "desktop", "dark"),
        ("pupil", False, "desktop", "dark"),
        ("pupil", True, "phone", "light"),
    ],
)
def test_the_way_out_is_accessible_and_fits(
    open_page: Any, kind: str, closed: bool, width: str, scheme: str
) -> None:
    person = leaver(kind, closed=closed)
    if kind == "teacher":
        archive_of(person)
    addresses = ["/mon-compte/depart/", "/mon-compte/contenus/"] + ([] if closed else ["/", "/mon-compte/"])
    for address in addresses:
        page = open_page(address, width=width, scheme=scheme, **session_of(person))
        assert violations(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address


def test_one_says_without_a_script_that_all_goes(open_page: Any) -> None:
    person = leaver("teacher", closed=True)
    page = open_page("/mon-compte/depart/", width="phone", script=False, **session_of(person))
    page.get_by_label("doit disparaitre avec mon compte").check()
    page.get_by_role("button", name="Enregistrer ce choix").click()
    page.wait_for_url("**/mon-compte/depart/")
    assert page.get_by_label("doit disparaitre avec mon compte").is_checked()
    assert User.objects.get(pk=person.pk).objected_at is not None


@pytest.mark.parametrize(("width", "scheme"), [("phone", "light"), ("desktop", "dark")])
def test_an_archive_opens_from_a_disk(open_page: Any, tmp_path: Path, width: str, scheme: str) -> None:
    person = leaver("teacher", closed=False)
    asked = Takeout.objects.create(person=person, asked_at=clock.now())
    made = takeout.make(takeout=asked.uuid)
    assert made is not None
    assert made.blob is not None
    with storage.opened(made.blob) as held:
        ZipFile(BytesIO(held.read())).extractall(tmp_path / "chez-moi")
    page = open_page("/connexion/", width=width, scheme=scheme)
    page.goto(f"file://{tmp_path}/chez-moi/index.html")
    for link in ("Mes documents", "Liste de mes fichiers"):
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.get_by_role("link", name=link).click()
    assert page.get_by_role("link", name="plan.txt").is_visible()
