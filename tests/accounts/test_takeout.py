"""The archive of one's contents: one at a time, one's own, safe everywhere, bounded in memory, forgotten in time."""

import re
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from uuid import uuid4
from zipfile import ZipFile

import pytest
from django.conf import settings as site
from django.core.files.storage import default_storage
from django.test import override_settings

from accounts import takeout, takeout_job
from accounts.assurance import Assurance, acting_with
from accounts.errors import LowAssurance
from accounts.models import Takeout, User
from accounts.services import takeout as service
from accounts.services.lifecycle import advance
from accounts.takeout import Part, Shelf
from accounts.takeout_pages import Lists, Passage, join, write_text
from core import clock
from core.jobs import JobKind
from core.models import AuditEntry, Blob, Job, JobState
from core.storage import services as storage
from tests.accounts.factories import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _kept_here(settings: Any, tmp_path: Path) -> None:
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files"},
        }
    }


@contextmanager
def only(*parts: Part) -> Iterator[None]:
    """These parts alone are registered."""
    there = dict(takeout._parts)
    takeout._parts.clear()
    takeout._parts.update({part.key: part for part in parts})
    try:
        yield
    finally:
        takeout._parts.clear()
        takeout._parts.update(there)


def part(gather: takeout.Gather, folder: str = "Essai") -> Part:
    return Part(key="test", order=1, folder=folder, title="Mes essais", hint="Pour voir.", gather=gather)


def asked(person: User) -> Takeout:
    return Takeout.objects.create(person=person, asked_at=clock.now())


def made(person: User) -> ZipFile:
    """The archive of someone, opened."""
    found = service.make(takeout=asked(person).uuid)
    assert found is not None
    assert found.blob is not None
    with storage.opened(found.blob) as file:
        return ZipFile(BytesIO(file.read()))


def run(job: Job) -> None:
    """As the worker does."""
    takeout_job.make_takeout._received(str(job.uuid))


def blob(data: bytes, name: str = "a.bin") -> Blob:
    return storage.receive(file=BytesIO(data), name=name).blob


def test_names_are_safe_everywhere_and_each_is_there_once() -> None:
    kept = [blob(bytes([n])) for n in range(4)]

    def gather(shelf: Shelf, person: User) -> None:
        for each, path in zip(
            kept,
            [("CON", "a:b?.txt"), ("con", "A_B_.txt"), ("..", "../x.txt"), ("é" * 200,) * 4],
            strict=True,
        ):
            shelf.keep(each, *path)

    with only(part(gather)):
        archive = made(PersonFactory(teacher=True, activated=True))
    names = archive.namelist()
    assert len({name.casefold() for name in names}) == len(names) == 6
    assert archive.testzip() is None
    for name in names:
        assert len(name) < 240
        for step in name.split("/"):
            assert not re.search(r'[<>:"|?*\\]', step)
            assert step.split(".")[0].casefold() not in {"con", ""}
            assert step == step.rstrip(". ")


def test_every_page_leads_where_something_is_and_needs_no_network() -> None:
    photo = blob(b"\x89PNG", "p.png")

    def gather(shelf: Shelf, person: User) -> None:
        lists = Lists(shelf, one="page")
        for number in range(3):
            page = shelf.place("Été", f"Page {number} # 100 %.html")
            files = join(shelf, page, photo, "Été", "Fichiers", f"photo {number}.png")
            body = takeout.shown('<p><a href="/annuaire/">ici</a></p>', page, {})
            write_text(
                shelf,
                page,
                title="Page",
                passages=[Passage(body=body, files=files)],
                up=lists.place_of("Été"),
            )
            lists.add("Été", "Page", page)
        lists.close()

    with only(part(gather)):
        archive = made(PersonFactory(teacher=True, activated=True, first_name="<b>Zoé</b>"))
    names = set(archive.namelist())
    pages = [name for name in names if name.endswith(".html")]
    assert "index.html" in pages
    for page in pages:
        told = archive.read(page).decode()
        assert "<script" not in told
        assert "<b>Zoé" not in told
        for address in re.findall(r'(?:href|src)="([^"]*)"', told):
            if address.startswith(site.CARTABLE_URL):
                continue
            assert "://" not in address
            at = Path(page).parent
            where = (Path("/") / at / unquote(address)).resolve().relative_to("/")
            assert str(where) in names, (page, address)


def test_a_list_is_written_as_it_fills() -> None:
    def gather(shelf: Shelf, person: User) -> None:
        lists = Lists(shelf, one="ligne")
        target = shelf.write("x", "x.txt")
        for number in range(1_001):
            lists.add("Lignes", f"Ligne {number}", target)
            assert len(lists._lists["Lignes"].lines) < Lists.MOST
        lists.close()

    with only(part(gather)):
        archive = made(PersonFactory(teacher=True, activated=True))
    pages = sorted(name for name in archive.namelist() if name.startswith("Essai/Lignes"))
    counts = [archive.read(name).decode().count("<li>") for name in pages]
    assert sorted(counts) == [1, 500, 500]
    assert archive.read("Essai/index.html").decode().count("<li>") == 3


def test_text_shows_the_archive_s_pictures_and_no_other() -> None:
    known, unknown = uuid4(), uuid4()
    html = "".join(f'<p><img src="/pieces/fichier/{each}/?voir" alt="x"></p>' for each in (known, unknown))
    told = takeout.shown(html, "Blogs/a/b.html", {known: "Blogs/a/Photos/Été 1.png"})
    assert re.findall(r'src="([^"]*)"', told) == ["Photos/%C3%89t%C3%A9%201.png"]


def test_bytes_that_are_gone_are_said_and_stop_nothing() -> None:
    there, gone = blob(b"un"), blob(b"deux")
    default_storage.delete(gone.path)

    def gather(shelf: Shelf, person: User) -> None:
        assert shelf.keep(gone, "gone.txt") == ""
        assert shelf.keep(there, "there.txt") != ""

    person = PersonFactory(teacher=True, activated=True)
    with only(part(gather)):
        archive = made(person)
    assert "Essai/there.txt" in archive.namelist()
    assert "n’a pas pu être lu" in archive.read("index.html").decode()
    assert Takeout.objects.get(person=person).missing == 1


def test_its_memory_does_not_follow_its_weight() -> None:
    kept = [blob(bytes([n]) * 20_000_000) for n in range(4)]

    def gather(shelf: Shelf, person: User) -> None:
        for each in kept:
            shelf.keep(each, "a.bin")

    person = PersonFactory(teacher=True, activated=True)
    wanted = asked(person)
    with only(part(gather)):
        tracemalloc.start()
        found = service.make(takeout=wanted.uuid)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert found is not None
    assert found.blob is not None
    assert found.blob.size > 80_000_000
    assert most < 12_000_000


def test_one_at_a_time_and_within_the_hour_it_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(JobKind, "send", lambda self, job: None)
    person = PersonFactory(teacher=True, activated=True)
    first = takeout_job.ask(by=person)
    assert first.under_way
    assert takeout_job.ask(by=person).takeout == first.takeout
    run(first.job)
    ready = takeout_job.standing_of(person)
    assert ready.ready
    assert takeout_job.ask(by=person).takeout == first.takeout
    with clock.at(timedelta(hours=2)):
        second = takeout_job.ask(by=person)
        assert second.takeout != first.takeout
        run(second.job)
        assert list(Takeout.objects.all()) == [second.takeout]
        assert Blob.objects.get(pk=ready.takeout.blob_id).references == 0


def test_one_that_failed_is_asked_again_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(JobKind, "send", lambda self, job: None)
    person = PersonFactory(teacher=True, activated=True)
    first = takeout_job.ask(by=person)
    Job.objects.filter(pk=first.job.pk).update(state=JobState.FAILED)
    assert takeout_job.standing_of(person).failed
    assert takeout_job.ask(by=person).takeout != first.takeout


def test_received_twice_it_is_made_once() -> None:
    person = PersonFactory(teacher=True, activated=True)
    wanted = asked(person)
    with only():
        assert service.make(takeout=wanted.uuid) is not None
        assert service.make(takeout=wanted.uuid) is None
    assert AuditEntry.objects.filter(verb="account.takeout_made").count() == 1


def test_it_is_its_person_s_alone_for_some_days_and_counts_for_nobody() -> None:
    person, other = PersonFactory(teacher=True, activated=True), PersonFactory(teacher=True, activated=True)
    with only():
        found = service.make(takeout=asked(person).uuid)
    assert takeout_job.file_of(person, found.uuid) == found
    assert takeout_job.file_of(other, found.uuid) is None
    assert service.forget_old() == 0
    with clock.at(timedelta(days=8)):
        assert takeout_job.file_of(person, found.uuid) is None
        assert service.forget_old() == 1
    assert not Takeout.objects.exists()
    assert Blob.objects.get().references == 0


def test_a_session_of_low_assurance_takes_nothing() -> None:
    pupil = PersonFactory(pupil=True, activated=True)
    with acting_with(Assurance.LOW):
        with pytest.raises(LowAssurance):
            takeout_job.ask(by=pupil)
        with pytest.raises(LowAssurance):
            takeout_job.file_of(pupil, pupil.uuid)
    assert not Takeout.objects.exists()


def test_it_goes_with_the_account() -> None:
    person = PersonFactory(teacher=True, activated=True, pre_deleted=True)
    with only():
        service.make(takeout=asked(person).uuid)
    with override_settings(CARTABLE_PRE_DELETION_DAYS=0):
        assert advance(today=clock.today()).deleted == 1
    assert not Takeout.objects.exists()
    assert Blob.objects.get().references == 0


def test_a_profile_is_there_as_a_page_and_as_data() -> None:
    person = PersonFactory(teacher=True, activated=True, own_email="moi@exemple.fr", motto="Carpe diem")
    archive = made(person)
    page, data = archive.read("Profil/Mon profil.html").decode(), archive.read("Profil/profil.json").decode()
    for told in (person.username, "moi@exemple.fr", "Carpe diem"):
        assert told in page
        assert told in data
    assert "password" not in data
