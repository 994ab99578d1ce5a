"""A CM2 pupil and their mother leave: told, in grace, pre-deleted, with their archive and their word; then back as
they were, or deleted with a trace."""

import json
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import Takeout, User
from accounts.services import takeout
from accounts.services.lifecycle import advance
from core import clock, invariants
from core.models import AuditEntry
from core.storage import services as storage
from directory.tasks import tell_leaving, tell_pre_deleted
from sharing.models import Resource
from sharing.querysets import visible_to
from tests.documents import factories as files
from tests.feeds.sets import a_set, feed, is_known, noon, person, pupil, pupils_of, staff
from tests.feeds.whole import differences, whole
from tests.sharing.factories import GrantFactory

pytestmark = pytest.mark.django_db
LEFT = date(2026, 10, 6)
OTHERS = pupils_of(12, first=20)
P1 = pupil("P1", ine="110000001AB", relatives=["R1"])
#: What a leaving writes of itself, and nothing else.
OF_A_LEAVING = ("core_auditentry", "core_job", "core_blob", "accounts_takeout")


@pytest.fixture(autouse=True)
def _kept_here(settings: Any, tmp_path: Path) -> None:
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files"},
        }
    }


@pytest.fixture
def left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """P1 made things, shared one by name, was given one; the set of 6 October no longer names them."""
    for task in (tell_leaving, tell_pre_deleted):
        monkeypatch.setattr(task, "delay", task)
    with clock.at(noon("2026-09-16")):
        feed(a_set(tmp_path, pupils=[P1, *OTHERS], staff=[staff("S1")]))
        User.objects.update(password="!sealed", activated_at=noon("2026-09-16"), code_open=False)
        User.objects.filter(pk=person("R1").pk).update(own_email="mere@exemple.fr")
        me = person("P1")
        files.file(me, "exposé.txt", b"Les volcans", files.folder(me, "Sciences"))
        files.share(files.file(me, "poème.txt", b"L'automne"), person("P20"))
        GrantFactory(resource=files.file(person("S1"), "modèle.txt", b"autre"), person=me)
    feed(a_set(tmp_path, LEFT.isoformat(), pupils=OTHERS, staff=[staff("S1")]))
    return tmp_path


def night(days: int, capture: Any) -> None:
    """The night so many days after the leaving."""
    with clock.at(noon(LEFT + timedelta(days=days))), capture(execute=True):
        advance(today=clock.today())


def client_of(who: User) -> Client:
    client = Client()
    client.force_login(who)
    return client


def archive_of(who: User) -> ZipFile:
    """Asked for and made, as the worker does."""
    client_of(who).post(reverse("account:takeout_start"))
    takeout.make(takeout=Takeout.objects.filter(person=who)[0].uuid)
    found = Takeout.objects.get(person=who)
    answer = client_of(who).get(reverse("account:takeout_file", args=[found.uuid]))
    assert answer.status_code == 200
    assert found.blob is not None
    with storage.opened(found.blob) as file:
        return ZipFile(BytesIO(file.read()))


def test_told_then_closed_then_back_by_a_feed_exactly_as_they_were(
    left: Path, django_capture_on_commit_callbacks: Any
) -> None:
    capture = django_capture_on_commit_callbacks
    me, mother = person("P1"), person("R1")
    assert me.absent_since == mother.absent_since == LEFT
    before, titles = whole(), set(visible_to(me).values_list("title", flat=True))

    night(15, capture)
    night(16, capture)
    assert [sent.to for sent in mail.outbox] == [["mere@exemple.fr"]]
    told = mail.outbox[0].body
    assert f"Le compte de {me.first_name}" in told
    assert "5 novembre 2026" in told
    assert "4 janvier 2027" in told
    with clock.at(noon(LEFT + timedelta(days=20))):
        for who in (me, mother):
            who.refresh_from_db()
            assert who.leaving_told_on == LEFT + timedelta(days=15)
            assert "5 novembre 2026" in client_of(who).get("/mon-compte/depart/").text
            assert "bientôt fermer" in client_of(who).get("/").text
        # In the grace one takes and sees as before.
        assert "Documents/Sciences/exposé.txt" in archive_of(me).namelist()
        assert set(visible_to(me).values_list("title", flat=True)) == titles

    night(30, capture)
    me.refresh_from_db()
    assert me.pre_deleted_on == LEFT + timedelta(days=30)
    assert len(mail.outbox) == 2
    with clock.at(noon(LEFT + timedelta(days=40))):
        here = client_of(me)
        assert here.get("/documents/").url == "/mon-compte/depart/"
        assert "4 janvier 2027" in here.get("/mon-compte/depart/").text
        names = archive_of(me).namelist()
        assert {"Documents/Sciences/exposé.txt", "Documents/poème.txt"} <= set(names)
        assert not any("modèle" in name for name in names)
        here.post("/mon-compte/depart/choix/", {"reste": "non"})
        me.refresh_from_db()
        assert me.objected_at is not None

    feed(a_set(left, "2026-11-20", pupils=[P1, *OTHERS], staff=[staff("S1")]))
    me.refresh_from_db()
    assert (me.absent_since, me.pre_deleted_on, me.leaving_told_on, me.objected_at) == (None,) * 4
    after = whole()
    changed = differences(before, after)
    for table in OF_A_LEAVING:
        changed.pop(table, None)
    # Nothing but the days of their absence, and sessions opened since.
    for row in changed.pop("accounts_user")["gone"]:
        was = next(r for r in map(_row, after["accounts_user"]) if r["id"] == row["id"])
        assert {k for k in row if row[k] != was[k]} <= {"absent_since", "last_login"}
    assert set(changed) <= {"accounts_opensession", "django_session", "timeline_reader"}
    assert set(visible_to(me).values_list("title", flat=True)) == titles
    assert invariants.run_all() == []


def _row(told: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(told)
    return found


@pytest.mark.parametrize("word", ["oui", "non"])
def test_at_the_end_they_go_with_a_trace_and_their_word_holds(
    left: Path, word: str, django_capture_on_commit_callbacks: Any
) -> None:
    capture = django_capture_on_commit_callbacks
    me = person("P1")
    night(15, capture)
    night(30, capture)
    with clock.at(noon(LEFT + timedelta(days=50))):
        client_of(me).post("/mon-compte/depart/choix/", {"reste": word})
    night(89, capture)
    assert is_known("P1")
    night(90, capture)
    assert not is_known("P1")
    assert not is_known("R1")
    trace = AuditEntry.objects.get(verb="account.deleted", subject=me.uuid)
    stays = word == "oui"
    assert trace.after == {"stayed": int(stays), "went": int(not stays)}
    assert Resource.objects.filter(title="poème.txt").exists() is stays
    assert not Resource.objects.filter(title="exposé.txt").exists()
    passed = AuditEntry.objects.filter(verb="resource.passed_on").count()
    assert passed == int(stays)
    assert invariants.run_all() == []
