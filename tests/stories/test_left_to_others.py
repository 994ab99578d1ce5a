"""What somebody left where others read it, when their account is deleted: it stays, unless they asked otherwise;
what others made stays in any case, and so does what each holds. What was told before is what happens."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from accounts import fates
from accounts.left_behind import left_by
from accounts.models import User
from accounts.services import lifecycle, objection
from blog.enums import Talk
from blog.models import Blog, Post
from blog.models import Comment as PostComment
from blog.services import comments
from core import invariants
from core.models import AuditEntry
from documents import spaces
from documents.models import Comment, File
from documents.services import keeping
from documents.services.comments import comment
from messaging.models import Copy
from notebooks.models import HomeworkEntry, LiaisonBook, LiaisonCopy, LiaisonWord, MemoPage
from notebooks.services.liaison_words import SPACE, send_word
from sharing.enums import Role
from sharing.models import Grant, Resource
from tests.blog.factories import BlogWorld, blog_world, joined, published
from tests.documents import factories as files
from tests.messaging.factories import holders, sent
from tests.notebooks import memo_factories as memo
from tests.notebooks.factories import homework, homework_book, liaison_book, word

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 10, 6, 10, 0, tzinfo=UTC)
WENT = date(2026, 12, 1)


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


def absent(person: User) -> User:
    User.objects.filter(pk=person.pk).update(absent_since=date(2026, 9, 1))
    person.refresh_from_db()
    return person


def deleted(person: User, *, objecting: bool) -> dict[str, int] | None:
    """The end of someone's account, by their word; answers what the log keeps of it."""
    objection.say_what_stays(by=absent(person), stays=not objecting)
    User.objects.filter(pk=person.pk).update(pre_deleted_on=date(2026, 10, 1))
    assert lifecycle.erase([person.pk], WENT) == 1
    assert invariants.run_all() == []
    assert not Resource.objects.filter(owner=person.pk).exists()
    told: dict[str, int] | None = AuditEntry.objects.get(verb="account.deleted", subject=person.uuid).after
    return told


def figures(person: User) -> dict[str, int]:
    return {line.key: line.number for line in left_by(person)}


@pytest.fixture
def left(here: BlogWorld) -> BlogWorld:
    """The neighbour left something of each kind to others."""
    me, room = here.neighbour, here.school.classes[1]
    Grant.objects.filter(resource=here.blog.resource, person=me).update(role=Role.CONTRIBUTE)
    published_post = published(here.teacher, here.blog, "De la classe")
    comments.say(by=me, post=published_post, text="Bravo !")
    mine = files.folder(me, "Sorties")
    files.file(me, "plan.txt", folder=mine)
    files.share(mine, here.teacher, Role.CONTRIBUTE)
    theirs = files.file(here.teacher, "liste.txt", b"autre")
    files.share(theirs, me, Role.COMMENT)
    comment(by=me, resource=theirs, text="Il manque Noé.")
    homework(me, homework_book(me, room.school_class))
    memo.page(me, memo.book(here.teacher, "Notre année", me, role=Role.CONTRIBUTE), "Ma page", "Bonjour")
    files.file(me, "seul.txt", b"personne")
    return here


def test_what_is_told_before_is_what_stays(left: BlogWorld) -> None:
    me = left.neighbour
    told = figures(me)
    assert told == {
        "post_comments": 1, "homework": 1, "memo_pages": 1, "document_comments": 1, "file": 1, "folder": 1,
        "homework_book": 1,
    }  # fmt: skip
    assert deleted(me, objecting=False) == {"stayed": sum(told.values()), "went": 0}
    assert PostComment.objects.get().author is None
    assert HomeworkEntry.objects.get().author is None
    assert MemoPage.objects.get().author is None
    assert Comment.objects.get().author is None
    assert set(Resource.objects.filter(kind__in=["file", "folder"]).values_list("title", flat=True)) == {
        "Sorties", "plan.txt", "liste.txt"
    }  # fmt: skip


def test_of_who_objected_all_that_goes_with_the_account(left: BlogWorld) -> None:
    me = left.neighbour
    told = figures(me)
    assert deleted(me, objecting=True) == {"stayed": 0, "went": sum(told.values())}
    assert not PostComment.objects.exists()
    assert not HomeworkEntry.objects.exists()
    assert not MemoPage.objects.exists()
    assert not Comment.objects.exists()
    assert list(File.objects.values_list("resource__title", flat=True)) == ["liste.txt"]


def test_one_may_change_ones_mind(left: BlogWorld) -> None:
    objection.say_what_stays(by=absent(left.neighbour), stays=False)
    assert deleted(left.neighbour, objecting=False)["went"] == 0


def test_what_others_made_in_it_stays_theirs(here: BlogWorld) -> None:
    """The owner of a blog, of books and of a folder objects: others' things there lose nothing."""
    me, mate, room = here.teacher, here.neighbour, here.room
    mine = published(me, here.blog, "De la maitresse")
    joined(me, mine, "red")
    by_pupil = Post.objects.get(pk=published(mate, _contributed(here), "Du voisin").pk)
    album = memo.book(me, "Album", mate, role=Role.CONTRIBUTE)
    memo.page(me, album, "La mienne", "Bonjour")
    memo.page(mate, album, "La sienne", "Salut")
    box = files.folder(me, "Commun")
    files.share(box, mate, Role.CONTRIBUTE)
    theirs = files.file(mate, "sien.txt", b"sien", folder=box)
    book = homework_book(me, room.school_class)
    homework(me, book)
    deleted(me, objecting=True)
    assert list(Post.objects.all()) == [by_pupil]
    assert Blog.objects.get().resource.owner_id != me.pk
    assert MemoPage.objects.get().title == "La sienne"
    theirs.refresh_from_db()
    assert (theirs.owner, theirs.parent) == (mate, None)
    assert not HomeworkEntry.objects.exists()
    assert not Resource.objects.filter(title__in=["Commun", "Cahier de textes"]).exists()


def _contributed(here: BlogWorld) -> Blog:
    """The blog, in which the neighbour publishes."""
    Grant.objects.filter(resource=here.blog.resource, person=here.neighbour).update(role=Role.MANAGE)
    return here.blog


def test_each_keeps_the_messages_and_the_words_that_they_hold(here: BlogWorld) -> None:
    me, relative, room = here.teacher, here.relative, here.room
    message = sent(me, relative)
    book = liaison_book(me, room.school_class)
    word(me, book, room.school_class)
    word(me, book, room.school_class, sent=False, title="Brouillon")
    assert figures(me) == {"blog": 1, "liaison_book": 1}
    deleted(me, objecting=True)
    assert holders(message) == {relative.pk}
    assert Copy.objects.get(person=relative).message.author_name == me.full_name
    assert LiaisonWord.objects.get().author_name == me.full_name
    assert LiaisonCopy.objects.filter(relative=relative).count() == 1
    # The school has the carnet: what its families signed is not lost with its author.
    assert LiaisonBook.objects.get().resource.owner_school == here.school.school


def test_a_batch_of_leavers_goes_each_by_their_own_word(here: BlogWorld) -> None:
    stays, goes = here.teacher, here.neighbour
    for owner, title in ((stays, "reste.txt"), (goes, "part.txt")):
        files.share(files.file(owner, title, title.encode()), here.school.director)
    objection.say_what_stays(by=absent(goes), stays=False)
    absent(stays)
    both = [stays.pk, goes.pk]
    User.objects.filter(pk__in=both).update(pre_deleted_on=date(2026, 10, 1))
    lifecycle.erase(both, WENT)
    assert list(File.objects.values_list("resource__title", flat=True)) == ["reste.txt"]


def test_every_room_that_answers_counts_people() -> None:
    """A fate that tells, tells of those who were given."""
    for fate in fates.in_order():
        assert not fate.erase([])


@pytest.mark.parametrize("objecting", [False, True], ids=["stays", "objects"])
@pytest.mark.parametrize("shared", [False, True], ids=["alone", "shared"])
def test_a_word_held_keeps_its_files(here: BlogWorld, objecting: bool, shared: bool) -> None:
    """Whatever its author asks, and whether or not a colleague follows its carnet."""
    me, room = here.teacher, here.room
    book = liaison_book(me, room.school_class)
    if shared:
        files.share(book.resource, here.neighbour, Role.CONTRIBUTE)
    made = word(me, book, room.school_class, sent=False)
    keeping.join(
        by=me, space=SPACE, subject=made.uuid, blob=files.content(b"autorisation"), name="papier.txt"
    )
    send_word(by=me, word=made)
    deleted(me, objecting=objecting)
    assert list(File.objects.values_list("resource__title", flat=True)) == ["papier.txt"]
    assert spaces.user_of(SPACE).opens(here.relative, made.uuid)
