"""What is in the archive of a person: what they made and hold in each room, and nothing that they merely read."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from accounts import fates
from accounts.models import Takeout, User
from accounts.services import takeout
from accounts.takeout import parts
from blog.enums import Talk
from blog.services import comments
from core import clock
from core.storage import services as storage
from documents.models import Use
from documents.services import trash
from documents.services.comments import comment
from messaging.models import Copy
from messaging.services import boxes
from notebooks.services.liaison_signatures import sign
from sharing.enums import Role
from tests.blog.factories import BlogWorld, blog_world, draft, joined, published
from tests.documents import factories as files
from tests.messaging.factories import sent
from tests.notebooks import memo_factories as memo
from tests.notebooks.factories import copy_of, homework, homework_book, liaison_book, word
from tests.support.factories import asked as help_asked

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 10, 6, 10, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _kept_here(settings: Any, tmp_path: Path) -> None:
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files"},
        }
    }


@pytest.fixture
def here(at: Callable[[Any], None]) -> BlogWorld:
    at(NOON)
    return blog_world(comments=Talk.OPEN)


class Opened:
    """An archive, read."""

    def __init__(self, person: User) -> None:
        asked = Takeout.objects.create(person=person, asked_at=clock.now())
        made = takeout.make(takeout=asked.uuid)
        assert made is not None
        assert made.blob is not None
        assert made.missing == 0
        with storage.opened(made.blob) as file:
            self.file = ZipFile(BytesIO(file.read()))
        self.names = self.file.namelist()
        pages = [name for name in self.names if name.endswith((".html", ".json"))]
        self.words = "\n".join(self.file.read(name).decode() for name in pages).replace("\xa0", " ")

    def one(self, start: str, end: str) -> str:
        """The one place that begins and ends so."""
        found = [name for name in self.names if name.startswith(start) and name.endswith(end)]
        assert len(found) == 1, (start, end, self.names)
        return found[0]

    def text(self, start: str, end: str) -> str:
        return self.file.read(self.one(start, end)).decode().replace("\xa0", " ")


def closed(person: User) -> User:
    User.objects.filter(pk=person.pk).update(absent_since=date(2026, 9, 1), pre_deleted_on=date(2026, 10, 1))
    person.refresh_from_db()
    return person


@pytest.mark.parametrize("leaving", [False, True], ids=["here", "pre-deleted"])
def test_documents_are_in_their_folders_and_others_stay_out(here: BlogWorld, leaving: bool) -> None:
    me, mate = here.teacher, here.neighbour
    box = files.folder(me, "Sorties: été")
    files.file(me, "plan.txt", b"le plan", files.folder(me, "Musée", parent=box))
    files.share(box, mate, Role.CONTRIBUTE)
    files.file(mate, "leur.txt", b"leur", folder=box)
    common = files.folder(mate, "Commun")
    files.share(common, me, Role.CONTRIBUTE)
    files.file(me, "apport.txt", b"apport", folder=common)
    files.share(files.file(mate, "lu.txt", b"lu"), me)
    thrown = files.folder(me, "Vieux")
    files.file(me, "ancien.txt", b"ancien", folder=thrown)
    trash.trash(by=me, resources=[thrown])
    comment(by=me, resource=files.file(me, "a moi.txt"), text="À relire")
    found = Opened(closed(me) if leaving else me)
    mine = {name for name in found.names if name.startswith("Documents/") and name.endswith(".txt")}
    assert mine == {
        "Documents/Sorties_ été/Musée/plan.txt",
        "Documents/Ajoutés dans des dossiers partagés/apport.txt",
        "Documents/Corbeille/Vieux/ancien.txt",
        "Documents/a moi.txt",
    }
    assert found.file.read("Documents/Sorties_ été/Musée/plan.txt") == b"le plan"
    assert "À relire" in found.words
    assert "leur.txt" not in found.words


@pytest.mark.parametrize("leaving", [False, True], ids=["here", "pre-deleted"])
def test_messages_are_those_that_one_holds_as_one_may_read_them(here: BlogWorld, leaving: bool) -> None:
    me, mate, relative = here.neighbour, here.teacher, here.relative
    sent(mate, me, hidden=[here.school.director], subject="Conseil : lundi", body="<p>À 12 h</p>")
    sent(me, mate, hidden=[here.school.director], subject="Réponse")
    sent(mate, relative, subject="Pas pour moi")
    thrown = sent(mate, me, subject="À jeter")
    boxes.throw(by=me, copies=list(Copy.objects.filter(message=thrown, person=me)))
    found = Opened(closed(me) if leaving else me)
    received = found.text("Messages/Reçus/", "Conseil - lundi.html")
    assert "À 12 h" in received
    assert here.school.director.full_name not in received
    assert here.school.director.full_name in found.text("Messages/Envoyés/", "Réponse.html")
    assert found.one("Messages/Corbeille/", "À jeter.html")
    assert "Pas pour moi" not in found.words


@pytest.mark.parametrize("leaving", [False, True], ids=["here", "pre-deleted"])
def test_posts_come_with_their_pictures_and_comments_alone(here: BlogWorld, leaving: bool) -> None:
    me = here.teacher
    post = published(me, here.blog, "La mare")
    joined(me, post, "teal")
    draft(me, here.blog, "Pas encore")
    theirs = draft(here.pupil, here.blog, "Des élèves")
    comments.say(by=here.relative, post=post, text="Quelle belle mare")
    found = Opened(closed(me) if leaving else me)
    page = found.text("Blogs/Le blog des CE2/", "La mare.html")
    assert "Trois grenouilles." in page
    picture = found.one("Blogs/Le blog des CE2/Photos et fichiers/", "mare.png")
    assert picture.rsplit("/", 1)[1] in page
    assert found.one("Blogs/Le blog des CE2/", "Pas encore.html")
    assert theirs.title not in found.words
    assert "Quelle belle mare" not in found.words
    # Kept once, beside what shows it.
    assert Use.objects.count() == 1
    assert len([name for name in found.names if name.endswith("mare.png")]) == 1
    assert "Quelle belle mare" in Opened(here.relative).words


@pytest.mark.parametrize("leaving", [False, True], ids=["here", "pre-deleted"])
def test_notebooks_give_what_one_wrote(here: BlogWorld, leaving: bool) -> None:
    me, mate, room = here.teacher, here.neighbour, here.room
    homework(me, homework_book(me, room.school_class), body="<p>Exercices 3 et 4</p>")
    album = memo.book(mate, "Notre année", me, role=Role.CONTRIBUTE)
    memo.page(me, album, "Ma page", "Bonjour à tous")
    memo.page(mate, album, "Sa page", "Bonsoir")
    made = word(me, liaison_book(me, room.school_class), room.school_class)
    sign(by=here.relative, copy=copy_of(made, here.relative))
    found = Opened(closed(me) if leaving else me)
    assert "Exercices 3 et 4" in found.text("Cahiers/Cahier de textes/", "2026-10.html")
    assert "Bonjour à tous" in found.text("Cahiers/Cahiers mémo/Notre année/", "001 Ma page.html")
    assert "Bonsoir" not in found.words
    told = found.text("Cahiers/Mots écrits/", "Sortie.html")
    assert "1 signature sur 2" in told
    assert here.relative.full_name not in told


def test_a_relative_takes_the_words_that_they_signed(here: BlogWorld) -> None:
    made = word(here.teacher, liaison_book(here.teacher, here.room.school_class), here.room.school_class)
    sign(by=here.relative, copy=copy_of(made, here.relative))
    told = Opened(closed(here.relative)).text("Cahiers/Mots reçus/", "Sortie.html")
    assert "Jeudi au musée" in told
    assert here.pupil.full_name in told
    assert "6 octobre 2026" in told


def test_shares_family_schools_and_requests_are_listed(here: BlogWorld) -> None:
    me = here.relative
    files.share(files.file(me, "photo.txt"), here.teacher)
    help_asked(me, subject="Un souci", school=here.school.school)
    found = Opened(me)
    shares = found.text("Partages/", "index.html")
    assert "photo.txt" in shares
    assert f"{here.teacher.full_name} (Consulter" in shares
    assert here.pupil.full_name in found.text("Écoles et famille/", "index.html")
    assert "La page est vide." in found.text("Assistance/Mes demandes/", "Un souci.html")


def test_a_pupil_s_archive_holds_theirs_alone(here: BlogWorld) -> None:
    published(here.teacher, here.blog, "De la maitresse")
    draft(here.pupil, here.blog, "Mon billet")
    found = Opened(here.pupil)
    assert "Mon billet" in found.words
    assert "De la maitresse" not in found.words
    assert here.school.school.name in found.words


def test_every_room_that_keeps_what_people_make_has_its_part() -> None:
    """The others hold marks alone: what was read, who pressed what, what a feed planned."""
    marks = {"home", "feeds", "rollover", "timeline"}
    assert {part.key for part in parts()} == {fate.app for fate in fates.in_order()} - marks
