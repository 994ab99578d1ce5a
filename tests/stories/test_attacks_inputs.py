"""An adversary who types anything: no page and no answer of the API breaks, whatever it is sent."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.house.world import DIRECTOR, RELATIVE, TEACHER, HouseWorld, build

pytestmark = pytest.mark.django_db

HOSTILE = [
    "\x00",
    "a\x00b",
    "\ud800",
    "\u202e\u200b",
    "9" * 5000,
    "-1",
    "0",
    "1e999",
    "NaN",
    "' or 1=1 --",
    "%",
    "{{ 7*7 }}",
    "../../etc/passwd",
    "null",
    "[]",
    "cD0lMDA=",
    "cD1hYmM=",
    "cj0xJnA9eHl6",
    "bz05OTk5OTk5OTk5OTk5OTk5OTk5",
    "é" * 3000,
]


@pytest.fixture
def world() -> HouseWorld:
    return build()


@pytest.fixture
def browser_of(as_person: Callable[[Any], Client], world: HouseWorld) -> Callable[[str], Client]:
    def client(kind: str) -> Client:
        browser = as_person(world.people[kind])
        browser.raise_request_exception = False
        return browser

    return client


def reading(world: HouseWorld) -> list[str]:
    group = world.school.group_set.get(protected=True)
    return [
        "/annuaire/",
        "/annuaire/recherche/",
        "/annuaire/ecole/",
        f"/annuaire/ecole/{world.school.uuid}/",
        f"/annuaire/classe/{world.school_class.uuid}/",
        "/api/v1/people/",
        "/api/v1/schools/",
        "/api/v1/classes/",
        "/api/v1/groups/",
        f"/api/v1/groups/{group.uuid}/members/",
        "/api/v1/annuaire/",
        "/api/v1/feeds/",
        "/api/v1/schema/",
        "/administration/",
        "/administration/alimentations/",
        f"/administration/alimentations/{world.run.uuid}/",
    ]


def parameters(world: HouseWorld) -> list[tuple[str, str]]:
    """Each parameter that some list reads, with the list's address."""
    group = world.school.group_set.get(protected=True)
    cursors = ["people", "schools", "classes", "groups", "feeds", f"groups/{group.uuid}/members"]
    return [
        ("q", "/annuaire/recherche/"),
        ("page", "/annuaire/recherche/"),
        ("page", "/annuaire/ecole/"),
        ("profil", f"/annuaire/ecole/{world.school.uuid}/"),
        ("q", "/api/v1/annuaire/"),
        ("page", "/api/v1/annuaire/"),
        ("profile", "/api/v1/people/"),
        ("format", "/api/v1/people/"),
        ("state", "/api/v1/feeds/"),
        ("next", "/connexion/"),
        *(("cursor", f"/api/v1/{name}/") for name in cursors),
    ]


def test_no_parameter_breaks_a_list(world: HouseWorld, browser_of: Callable[[str], Client]) -> None:
    client = browser_of(DIRECTOR)
    broken = [
        (address, name, value[:20])
        for name, address in parameters(world)
        for value in HOSTILE
        if client.get(address, {name: value.encode("utf-8", "replace")}).status_code >= 500
    ]
    assert broken == []


def test_no_query_breaks_a_list(world: HouseWorld, browser_of: Callable[[str], Client]) -> None:
    client = browser_of(TEACHER)
    broken = [
        (address, name, query)
        for name, address in parameters(world)
        for query in ("%00", "%ff%fe", "%ed%a0%80", "=b=c", "[a]=2&&&")
        if client.get(f"{address}?{name}={query}").status_code >= 500
    ]
    assert broken == []


def writing(world: HouseWorld) -> list[tuple[str, str]]:
    group = world.school.group_set.get(protected=True)
    return [
        ("post", "/api/v1/me/password/"),
        ("post", "/api/v1/me/email/"),
        ("delete", "/api/v1/me/own-email/"),
        ("post", "/api/v1/groups/"),
        ("patch", f"/api/v1/groups/{group.uuid}/"),
        ("post", f"/api/v1/groups/{group.uuid}/members/"),
        ("post", f"/api/v1/groups/{group.uuid}/members/remove/"),
        ("put", f"/api/v1/classes/{world.school_class.uuid}/teachers/{world.people[TEACHER].uuid}/"),
        ("post", "/api/v1/feeds/"),
        ("post", f"/api/v1/feeds/{world.run.uuid}/apply/"),
        ("post", f"/api/v1/feeds/{world.run.uuid}/undo/"),
    ]


BODIES = [
    b"",
    b"{",
    b"null",
    b"[]",
    b'"x"',
    b"12",
    b"NaN",
    b"\xff\xfe\x00",
    b'{"a": ' + b"9" * 10_000 + b"}",
    b"[" * 100_000,
    b'{"a":' * 50_000,
    b'{"people": "' + b"x" * 2_000_000 + b'"}',
    b'{"name": "' + b"y" * 3_000_000 + b'"}',
    b'{"name": "\\ud800", "school": "\\u0000", "people": ["\\ud800"], "password": "\\u0000\\ud800"}',
    b'{"email": "\\ud800@x.fr", "present": "\\ud800", "password": "\\ud800"}',
    b'{"name": "\\u0000", "people": [null, 1, {}], "present": [], "password": {}, "school": [], "email": 3}',
    b'{"people": {"a": 1}, "name": true, "present": 1.5, "password": null, "accept_departures": "peut-etre"}',
    b'{"school": "x", "files": ["x"], "year": "' + b"9" * 3000 + b'", "dry_run": []}',
]


def test_no_body_breaks_the_api(world: HouseWorld, browser_of: Callable[[str], Client]) -> None:
    client = browser_of(DIRECTOR)
    broken = [
        (method, address, body[:20])
        for body in BODIES
        for method, address in writing(world)
        if getattr(client, method)(address, data=body, content_type="application/json").status_code >= 500
    ]
    assert broken == []
    for kind in (
        "application/x-www-form-urlencoded",
        "text/x-none",
        "application/json; charset=x-none",
        "\x00",
    ):
        for method, address in writing(world):
            answer = client.generic(method.upper(), address, b'{"a": 1}', content_type=kind)
            assert answer.status_code < 500, (method, address, kind)


def test_no_broken_multipart_breaks_the_api(world: HouseWorld, browser_of: Callable[[str], Client]) -> None:
    client = browser_of(DIRECTOR)
    for kind in ("multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=x"):
        for body in (b"", b"--x\r\n", b"--x\r\nContent-Disposition: form-data; name=\r\n\r\n\x00\r\n--x--"):
            for address in ("/api/v1/feeds/", "/connexion/", "/apparence/"):
                assert client.post(address, data=body, content_type=kind).status_code < 500, (kind, body)


def test_no_method_breaks_a_route(world: HouseWorld, browser_of: Callable[[str], Client]) -> None:
    client = browser_of(DIRECTOR)
    for address in [*reading(world), *(address for _, address in writing(world)), "/", "/mon-compte/"]:
        for method in ("OPTIONS", "TRACE", "PUT"):
            assert client.generic(method, address).status_code < 500, (method, address)


def test_no_header_breaks_a_page(world: HouseWorld, browser_of: Callable[[str], Client]) -> None:
    client = browser_of(TEACHER)
    for header in ("Accept", "HX-Current-URL", "HX-Target", "X-Forwarded-For", "Range"):
        for value in ("\x00", "é" * 500, "*/*;q=", "http://[", "text/html;level=\x01"):
            for address in ("/annuaire/", "/api/v1/people/", "/connexion/"):
                answer = client.get(address, headers={header: value, "HX-Request": "true"})
                assert answer.status_code < 500, (header, value, address)


FORMS = (
    "/connexion/",
    "/connexion/eleve/",
    "/connexion/activation/",
    "/connexion/mot-de-passe-oublie/",
    "/mon-compte/mot-de-passe/",
    "/mon-compte/courriel/",
    "/apparence/",
)
FIELDS = ("username", "password", "present", "code", "email", "next", "theme", "charter", "forget")


def test_no_form_breaks(world: HouseWorld, browser_of: Callable[[str], Client]) -> None:
    client = browser_of(RELATIVE)
    for address in FORMS:
        for value in HOSTILE:
            sent = {field: value.encode("utf-8", "replace") for field in FIELDS}
            assert client.post(address, sent).status_code < 500, (address, value[:20])
        many = "&".join(f"a{n}=1" for n in range(5000))
        for too_much in (f"username={'x' * 10_000_000}", many):
            answer = client.post(address, too_much, content_type="application/x-www-form-urlencoded")
            assert answer.status_code in (400, 413)


def test_an_error_tells_nothing_of_the_inside(world: HouseWorld, browser_of: Callable[[str], Client]) -> None:
    client = browser_of(RELATIVE)
    for address in (
        "/nulle-part/",
        f"/api/v1/people/{uuid4()}/",
        "/annuaire/personne/x/",
        "/static/../ent/settings.py",
    ):
        # What was asked is told again, to whoever would be helped from there.
        text = client.get(address).content.decode().replace("settings.py", "")
        assert not any(
            word in text for word in ("Traceback", "/work/", "site-packages", "settings", "SECRET")
        )


def schema_bodies(world: HouseWorld) -> Iterator[tuple[str, str]]:
    """Every operation of the schema that takes a body, its address filled with keys that exist."""
    teacher = world.people[TEACHER].uuid
    known = defaultdict(lambda: teacher, uuid=world.school.group_set.get(protected=True).uuid)
    known |= {"number": 1, "of": "persons", "form": "csv"}
    for path, operations in json.loads(Client().get("/api/v1/schema/").content)["paths"].items():
        for method in operations:
            if method in {"post", "put", "patch", "delete", "get"}:
                known["key"] = 1 if "/administrators/" in path else teacher
                yield method, path.format_map(known) if "{" in path else path


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
BODY = JSON | st.fixed_dictionaries(
    {},
    optional=dict.fromkeys(("school", "name", "people", "files", "year", "dry_run", "accept_departures", "present", "password", "email"), JSON),
)  # fmt: skip


@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
@given(body=BODY)
def test_no_operation_of_the_schema_breaks(
    world: HouseWorld, browser_of: Callable[[str], Client], body: Any
) -> None:
    client = browser_of(DIRECTOR)
    text = json.dumps(body)
    for method, address in schema_bodies(world):
        answer = client.generic(method.upper(), address, text, content_type="application/json")
        assert answer.status_code < 500, (method, address, text)
        if answer.status_code >= 400:
            assert answer["Content-Type"].startswith("application/problem+json"), (method, address)
