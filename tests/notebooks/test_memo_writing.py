"""Cahiers mémo: who writes where, nobody overwrites anybody, order and removal, files and space."""

import pytest

from accounts.assurance import Assurance, acting_with
from accounts.errors import LowAssurance
from accounts.models import User
from core import invariants
from documents.errors import QuotaExceeded
from documents.models import Use
from documents.pieces import pieces_of
from documents.querysets import quota_of
from documents.services.quota import set_limit
from notebooks import memo_fates
from notebooks.memo_enums import SPACE, BlockKind, Cover
from notebooks.memo_errors import (
    MemoChanged,
    MemoLinkWrong,
    MemoNotOpenToYou,
    MemoPageNotYours,
    MemoStillThere,
    MemoTitleMissing,
    NoSuchMemo,
    NotACover,
    NotForAMemo,
)
from notebooks.memo_reading import page_seen, pages_in, pages_to_read
from notebooks.memo_rules import address_of, may_write_page
from notebooks.models import MemoBlock, MemoBook, MemoPage
from notebooks.services import memo_blocks, memo_books, memo_pages
from sharing.enums import Role
from sharing.errors import InTrash
from sharing.services import resources
from sharing.services.share import share
from tests.directory.worlds import SchoolWorld
from tests.notebooks import memo_factories as memo

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "author", "expected"),
    [
        (None, True, False),
        (Role.READ, True, False),
        (Role.COMMENT, True, False),
        (Role.CONTRIBUTE, True, True),
        (Role.CONTRIBUTE, False, False),
        (Role.MANAGE, False, True),
    ],
)
def test_who_contributes_writes_on_their_own_pages_and_who_manages_on_all(
    role: Role | None, author: bool, expected: bool
) -> None:
    assert may_write_page(role, author=author) is expected


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://www.education.gouv.fr/ecole", "https://www.education.gouv.fr/ecole"),
        (" www.ac-lyon.fr ", "https://www.ac-lyon.fr"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("ftp://a.fr", ""),
        ("/documents/", ""),
        ("http://[", ""),
        ("mot", ""),
        ("", ""),
    ],
)
def test_a_link_is_a_whole_address_of_the_web(typed: str, kept: str) -> None:
    assert address_of(typed) == kept


def test_a_pupil_adds_their_own_page_and_touches_no_other(world: SchoolWorld) -> None:
    room = world.classes[0]
    zoe, tom = room.pupils
    made = memo.book(room.teacher, "Album", zoe, tom, role=Role.CONTRIBUTE)
    mine = memo.page(zoe, made, "La mer", "Bleue")
    theirs = memo.page(tom, made, "La forêt", "Verte")
    block = theirs.blocks.get()
    for refused in (
        lambda: memo_blocks.add_text(by=zoe, page=theirs, html="<p>x</p>"),
        lambda: memo_blocks.save(by=zoe, block=block, version=1, html="<p>x</p>"),
        lambda: memo_blocks.remove(by=zoe, block=block),
        lambda: memo_pages.title_page(by=zoe, page=theirs, title="x"),
        lambda: memo_pages.remove_page(by=zoe, page=theirs),
    ):
        with pytest.raises(MemoPageNotYours):
            refused()
    with pytest.raises(MemoNotOpenToYou):
        memo_pages.shift_page(by=zoe, page=mine, down=True)
    with pytest.raises(MemoNotOpenToYou):
        memo_books.dress(by=zoe, book=made, title="À moi")
    memo_pages.shift_page(by=room.teacher, page=theirs, down=False)
    assert memo.titles(made) == ["La forêt", "La mer"]
    memo_blocks.save(by=room.teacher, block=block, version=1, html="<p>Verte !</p>")
    assert invariants.run_all() == []


def test_a_reader_adds_nothing_and_whoever_loses_the_right_loses_the_page(world: SchoolWorld) -> None:
    room = world.classes[0]
    reader = room.pupils[0]
    made = memo.book(room.teacher, "Album", reader)
    page = memo.page(room.teacher, made, "La mer", "Bleue")
    with pytest.raises(MemoNotOpenToYou):
        memo_pages.add_page(by=reader, book=made)
    assert page_seen(reader, page.uuid) is not None
    stranger = world.classes[1].teacher
    assert page_seen(stranger, page.uuid) is None
    with pytest.raises(NoSuchMemo):
        memo_pages.add_page(by=stranger, book=made)
    made.grants.all().delete()
    assert page_seen(reader, page.uuid) is None


def test_two_who_write_the_same_block_at_once_overwrite_nothing(world: SchoolWorld) -> None:
    room = world.classes[0]
    zoe = room.pupils[0]
    made = memo.book(room.teacher, "Album", zoe, role=Role.CONTRIBUTE)
    block = memo.page(zoe, made, "La mer", "Bleue").blocks.get()
    read = block.version
    memo_blocks.save(by=zoe, block=block, version=read, html="<p>Bleue et verte</p>")
    with pytest.raises(MemoChanged) as refused:
        memo_blocks.save(by=room.teacher, block=block, version=read, html="<p>Grise</p>")
    assert refused.value.fields == {"version": read + 1}
    block.refresh_from_db()
    assert (block.body, block.changed_by) == ("<p>Bleue et verte</p>", zoe.uuid)
    memo_blocks.add_below(by=room.teacher, block=block, html="<p>Grise</p>")
    bodies = block.page.blocks.order_by("position").values_list("body", flat=True)
    assert list(bodies) == ["<p>Bleue et verte</p>", "<p>Grise</p>"]
    # The same words again are no quarrel, and one form never stands in its own way.
    memo_blocks.save(by=room.teacher, block=block, version=read, html="<p>Bleue et verte</p>")
    hand = made.uuid
    memo_blocks.save(by=zoe, block=block, version=read + 1, html="<p>A</p>", hand=hand)
    memo_blocks.save(by=zoe, block=block, version=read + 1, html="<p>AB</p>", hand=hand)
    with pytest.raises(MemoChanged):
        memo_blocks.save(by=zoe, block=block, version=read + 1, html="<p>C</p>")


def test_a_title_typed_meanwhile_is_not_overwritten(world: SchoolWorld) -> None:
    teacher = world.classes[0].teacher
    page = memo.page(teacher, memo.book(teacher), "La mer")
    memo_pages.title_page(by=teacher, page=page, title="La mer bleue", version=1)
    with pytest.raises(MemoChanged):
        memo_pages.title_page(by=teacher, page=page, title="La plage", version=1)
    page.refresh_from_db()
    assert page.title == "La mer bleue"


def test_blocks_keep_their_order_and_a_block_taken_off_is_put_back_where_it_was(world: SchoolWorld) -> None:
    teacher = world.classes[0].teacher
    page = memo.page(teacher, memo.book(teacher))
    made = [memo_blocks.add_text(by=teacher, page=page, html=f"<p>{n}</p>") for n in "abc"]

    def order() -> str:
        rows = MemoBlock.objects.filter(page=page, removed_at__isnull=True).order_by("position")
        return "".join(row.body.removeprefix("<p>").removesuffix("</p>") for row in rows)

    memo_blocks.place(by=teacher, block=made[2], after=None)
    assert order() == "cab"
    memo_blocks.shift(by=teacher, block=made[2], down=True)
    assert order() == "acb"
    memo_blocks.shift(by=teacher, block=made[1], down=True)
    assert order() == "acb"
    memo_blocks.remove(by=teacher, block=made[2])
    assert order() == "ab"
    memo_blocks.put_back(by=teacher, block=made[2])
    assert order() == "acb"


def test_files_are_the_writers_own_and_only_what_a_page_shows(world: SchoolWorld) -> None:
    room = world.classes[0]
    zoe = room.pupils[0]
    made = memo.book(room.teacher, "Album", zoe, role=Role.CONTRIBUTE)
    page = memo.page(zoe, made)
    shown = memo.picture(zoe, page, caption="La mer")
    heard = memo_blocks.add_file(by=zoe, page=page, blob=memo.blob(memo.sound(), "s.wav"), name="s.wav")
    assert [shown.kind, heard.kind] == [BlockKind.PICTURE, BlockKind.SOUND]
    page.refresh_from_db()
    assert page.filled
    assert "la mer" in page.said
    (piece,) = pieces_of(SPACE, [shown.uuid])[shown.uuid]
    assert piece.owner == zoe.pk
    assert quota_of(zoe).used == piece.size + pieces_of(SPACE, [heard.uuid])[heard.uuid][0].size
    with pytest.raises(NotForAMemo):
        memo_blocks.add_file(by=zoe, page=page, blob=memo.blob(b"%PDF-1.7", "a.pdf"), name="a.pdf")
    set_limit(by=world.director, person=zoe, limit=0)
    with pytest.raises(QuotaExceeded):
        memo.picture(zoe, page, "red")
    assert page.blocks.count() == 2
    memo_blocks.replace_file(
        by=room.teacher, block=shown, blob=memo.blob(memo.photo("red"), "r.jpg"), name="r.jpg"
    )
    (piece,) = pieces_of(SPACE, [shown.uuid])[shown.uuid]
    assert piece.owner == room.teacher.pk
    assert invariants.run_all() == []


def test_a_page_that_says_nothing_is_its_authors_and_the_managers_alone(world: SchoolWorld) -> None:
    room = world.classes[0]
    zoe, tom = room.pupils
    made = memo.book(room.teacher, "Album", zoe, tom, role=Role.CONTRIBUTE)
    page = memo_pages.add_page(by=zoe, book=made)
    assert memo_pages.add_page(by=zoe, book=made) == page
    assert page_seen(tom, page.uuid) is None
    seen = {
        person: list(pages_in(made, person, role)) for person, role in ((zoe, 3), (tom, 3), (room.teacher, 4))
    }
    assert seen == {zoe: [page], tom: [], room.teacher: [page]}
    memo_blocks.add_link(by=zoe, page=page, address="www.mer.fr")
    assert page_seen(tom, page.uuid) is not None
    assert [each.pk for each in pages_to_read(made)] == [page.pk]
    with pytest.raises(MemoLinkWrong):
        memo_blocks.add_link(by=zoe, page=page, address="mer")


def test_a_page_goes_in_two_steps_and_comes_back_where_it_was(world: SchoolWorld) -> None:
    room = world.classes[0]
    zoe = room.pupils[0]
    made = memo.book(room.teacher, "Album", zoe, role=Role.CONTRIBUTE)
    pages = [memo.page(zoe, made, title, "x") for title in ("Un", "Deux", "Trois")]
    block = memo.picture(zoe, pages[1])
    with pytest.raises(MemoStillThere):
        memo_pages.erase_page(by=zoe, page=pages[1])
    memo_pages.remove_page(by=room.teacher, page=pages[1])
    assert memo.titles(made) == ["Un", "Trois"]
    pages[1].refresh_from_db()
    assert page_seen(room.relatives[0], pages[1].uuid) is None
    memo_pages.put_back_page(by=zoe, page=pages[1])
    assert memo.titles(made) == ["Un", "Deux", "Trois"]
    memo_pages.remove_page(by=zoe, page=pages[1])
    pages[1].refresh_from_db()
    with acting_with(Assurance.LOW), pytest.raises(LowAssurance):
        memo_pages.erase_page(by=zoe, page=pages[1])
    memo_pages.erase_page(by=zoe, page=pages[1])
    assert not MemoPage.objects.filter(pk=pages[1].pk).exists()
    assert not Use.objects.filter(subject=block.uuid).exists()
    assert invariants.run_all() == []


def test_a_cover_is_dressed_by_who_manages_with_a_picture_of_ones_own(world: SchoolWorld) -> None:
    teacher = world.classes[0].teacher
    with pytest.raises(MemoTitleMissing):
        memo_books.begin(by=teacher, title="  ")
    made = memo_books.begin(by=teacher, title=" Notre  année ", cover=Cover.TEAL)
    assert made.title == "Notre année"
    memo_books.dress(by=teacher, book=made, title="L’année", cover=Cover.CORAL)
    memo_books.set_picture(by=teacher, book=made, blob=memo.blob(memo.photo(), "a.jpg"), name="a.jpg")
    made.refresh_from_db()
    assert (made.title, MemoBook.objects.get().cover) == ("L’année", Cover.CORAL)
    assert len(pieces_of(SPACE, [made.uuid])[made.uuid]) == 1
    assert Use.objects.get().label == "L’année"
    with pytest.raises(NotACover):
        memo_books.set_picture(by=teacher, book=made, blob=memo.blob(memo.sound(), "s.wav"), name="s.wav")
    memo_books.drop_picture(by=teacher, book=made)
    assert not Use.objects.exists()


def test_nothing_is_written_in_a_book_of_the_trash_and_erased_it_leaves_files_to_their_owners(
    world: SchoolWorld,
) -> None:
    teacher = world.classes[0].teacher
    made = memo.book(teacher)
    page = memo.page(teacher, made, "La mer", "Bleue")
    memo.picture(teacher, page)
    resources.trash(by=teacher, resource=made)
    with pytest.raises(InTrash):
        memo_blocks.add_text(by=teacher, page=page, html="<p>x</p>")
    memo_books.erase_books([made.pk])
    resources.forget([made.pk])
    assert not MemoBook.objects.exists()
    assert not Use.objects.exists()
    assert quota_of(teacher).used > 0
    assert invariants.run_all() == []


def test_what_someone_else_shares_again_keeps_the_pages_of_whoever_left(world: SchoolWorld) -> None:
    room = world.classes[0]
    zoe: User = room.pupils[0]
    made = memo.book(room.teacher, "Album", zoe, role=Role.CONTRIBUTE)
    page = memo.page(zoe, made, "La mer", "Bleue")
    memo_fates.erase([zoe.pk])
    page.refresh_from_db()
    assert page.author is None
    share(by=room.teacher, resource=made, persons=[room.pupils[1]], role=Role.READ)
    assert page_seen(room.pupils[1], page.uuid) is not None
