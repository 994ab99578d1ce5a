"""What every answer of the site carries, whoever asks and whatever went wrong."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver, reverse

from core.models import Job
from tests.accounts.factories import PASSWORD
from tests.house.routes import ROUTES
from tests.house.test_routes import names
from tests.house.world import DIRECTOR, HouseWorld, build

pytestmark = pytest.mark.django_db

# What anybody may ask for without having signed in; the API asks by itself.
PUBLIC = {
    "healthz",
    "readyz",
    "api_schema",
    "ui:accessibility",
    "ui:manifest",
    "ui:offline",
    "ui:worker",
    "ui:legal",
    "ui:personal_data",
    "ui:styles",
    "ui:theme",
    "account:sign_in",
    "account:pupil_sign_in",
    "account:activation",
    "account:class_door",
    "account:class_door_pictures",
    "account:first_password",
    "account:forgotten",
    "account:forgotten_sent",
    "account:new_password",
    "account:confirm_email",
    "account:sign_out",
    "timeline:stop",
    "support:trouble",
    "notebooks:homework_feed",
    "blog:public",
    "blog:public_page",
    "blog:public_atom",
    "blog:public_card",
    "blog:public_document",
}
# Secrets in the address or in the form: kept by nobody, even of whoever has not signed in.
SECRET = {
    "account:sign_in",
    "account:pupil_sign_in",
    "account:activation",
    "account:class_door",
    "account:class_door_pictures",
    "account:first_password",
    "account:forgotten",
    "account:new_password",
    "account:confirm_email",
    "timeline:stop",
    "notebooks:homework_feed",
}

# Kept by the reader's own browser, which asks each time whether it still may and whether it is still so.
ASKED_AGAIN = {
    "annuaire-photo",
    "annuaire:photo",
    "messages-attachment",
    "messaging:attachment",
    "reports-attachment",
    "timeline:bell",
    "blog:public_document",
}
# The same for whoever asks, whose cookies are not looked at: any cache may keep it, and asks each time.
OF_ALL = {"blog:public", "blog:public_page", "blog:public_atom", "blog:public_card"}
COOKIELESS = OF_ALL | {"blog:public_document"}


@pytest.fixture
def world() -> HouseWorld:
    return build()


def answers(world: HouseWorld, client: Client) -> list[tuple[str, HttpResponse]]:
    told = []
    for name, row in sorted(ROUTES.items()):
        if row.method == "get":
            told.append((name, client.get(reverse(name, kwargs=row.address(world)) + row.query)))
    return told


def guarded(answer: HttpResponse) -> bool:
    policy = answer.get("Content-Security-Policy", "")
    if answer.get("Content-Disposition") and policy.startswith("default-src 'none'"):
        return (
            answer.get("X-Content-Type-Options") == "nosniff"
        )  # bytes that somebody gave: nothing in them runs
    script = next((part for part in policy.split(";") if part.strip().startswith("script-src")), "")
    return (
        bool(script)
        and "unsafe" not in policy
        and "*" not in policy
        and "frame-ancestors 'none'" in policy
        and "object-src 'none'" in policy
        and "base-uri 'none'" in policy
        and answer.get("X-Frame-Options") == "DENY"
        and answer.get("X-Content-Type-Options") == "nosniff"
        and answer.get("Referrer-Policy") == "same-origin"
        and answer.get("Cross-Origin-Opener-Policy") == "same-origin"
    )


def test_every_view_but_the_listed_ones_requires_sign_in(world: HouseWorld) -> None:
    assert set(names(get_resolver())) >= PUBLIC
    anonymous = Client()
    opened = {
        name
        for name, row in ROUTES.items()
        for answer in [
            getattr(anonymous, row.method)(reverse(name, kwargs=row.address(world)), row.data(world))
        ]
        if answer.status_code not in (401, 403)
        and not answer.get("Location", "").startswith("/connexion/?next=")
    }
    assert opened == PUBLIC


def test_every_answer_is_guarded_and_none_of_a_person_is_kept(world: HouseWorld) -> None:
    director = Client()
    director.force_login(world.people[DIRECTOR])
    told = answers(world, director)
    assert [name for name, answer in told if not guarded(answer)] == []
    kept = [name for name, answer in told if "no-store" not in answer.get("Cache-Control", "")]
    assert set(kept) == ASKED_AGAIN | OF_ALL
    told_of = dict(told)
    assert {told_of[name]["Cache-Control"] for name in ASKED_AGAIN} == {"private, no-cache"}
    assert {told_of[name]["Cache-Control"] for name in OF_ALL} == {"public, max-age=0, must-revalidate"}
    assert {name for name, answer in told if "Cookie" not in answer.get("Vary", "")} == COOKIELESS


def test_what_holds_a_secret_is_kept_by_nobody(world: HouseWorld) -> None:
    anonymous = answers(world, Client())
    assert [name for name, answer in anonymous if not guarded(answer)] == []
    kept = [
        name for name, answer in anonymous if name in SECRET and "no-store" not in answer["Cache-Control"]
    ]
    assert kept == []


@pytest.mark.parametrize("signed_in", [False, True])
def test_every_error_is_guarded_too(
    world: HouseWorld, monkeypatch: pytest.MonkeyPatch, signed_in: bool
) -> None:
    client = Client(raise_request_exception=False)
    if signed_in:
        client.force_login(world.people[DIRECTOR])
    strict = Client(enforce_csrf_checks=True)

    def broken(*args: Any, **kwargs: Any) -> Any:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr("ui.views.statements.statements.operator", broken)
    told = {
        404: client.get("/nulle-part/"),
        405: client.get("/deconnexion/"),
        403: strict.post("/connexion/"),
        400: client.post("/apparence/", {"theme": "x" * 3_000_000}),
        500: client.get("/mentions-legales/"),
    }
    assert {status: answer.status_code for status, answer in told.items()} == {s: s for s in told}
    assert [status for status, answer in told.items() if not guarded(answer)] == []
    if signed_in:
        kept = [s for s in (404, 405, 500) if "no-store" not in told[s].get("Cache-Control", "")]
        assert kept == []
    assert "broken on purpose" not in told[500].content.decode()


def test_what_changes_something_refuses_to_be_read(world: HouseWorld) -> None:
    director = Client()
    director.force_login(world.people[DIRECTOR])
    # What rows are about is made first: files of theirs have jobs of their own.
    addresses = {
        name: reverse(name, kwargs=row.address(world))
        for name, row in ROUTES.items()
        if row.method != "get" and not name.endswith("members")
    }
    jobs = Job.objects.count()
    read = {name: director.get(address).status_code for name, address in addresses.items()}
    # Read, the console's own form leads to its page, and a favourite's end to the page that confirms it.
    readable = {"console:apply", "annuaire:favourite_delete", "console:rules_reset", "console:group_delete"}
    # Routes of the API of which one address is read and written.
    readable |= {"me-sessions", "me-takeout", "administered-groups-cleaning"}
    assert {name for name, status in read.items() if status != 405} <= readable
    assert Job.objects.count() == jobs


def test_no_page_of_one_person_is_kept_by_htmx(world: HouseWorld, text_of: Callable[..., str]) -> None:
    """Its history would keep, in the browser of a shared machine, the pages of whoever left."""
    director = Client()
    director.force_login(world.people[DIRECTOR])
    page = text_of(director.get("/annuaire/"))
    assert '"historyCacheSize":0' in page
    assert '"allowEval":false' in page


def test_cookies_are_for_the_site_alone(world: HouseWorld) -> None:
    client = Client()
    client.get("/connexion/")
    person = world.people[DIRECTOR]
    client.post("/connexion/", {"username": person.username, "password": PASSWORD})
    for name in (settings.SESSION_COOKIE_NAME, "cartable_device"):
        assert client.cookies[name]["httponly"]
        assert client.cookies[name]["samesite"] == "Lax"
    assert client.cookies[settings.CSRF_COOKIE_NAME]["samesite"] == "Lax"
