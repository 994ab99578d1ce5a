"""What an academy's people write in notebooks: homework and what is ticked, words to families and their signatures,
pages of cahiers mémo."""

from collections.abc import Mapping
from datetime import timedelta
from random import Random
from typing import Any, ClassVar, NamedTuple

from accounts.enums import Profile
from accounts.models import User
from core import clock
from directory.models import SchoolClass
from directory.querysets import standpoint_of
from notebooks.enums import Asks, WordState
from notebooks.homework_querysets import entries_within, roles_on_books
from notebooks.liaison_querysets import author_classes, copies_of
from notebooks.memo_enums import MEMO_BOOK
from notebooks.models import (
    HomeworkBook,
    HomeworkEntry,
    HomeworkTick,
    LiaisonBook,
    LiaisonCopy,
    LiaisonWord,
    MemoPage,
)
from notebooks.places import classes_of
from notebooks.services import (
    homework_books,
    homework_entries,
    homework_ticks,
    liaison_books,
    liaison_signatures,
    liaison_words,
    memo_blocks,
    memo_books,
    memo_pages,
)
from notebooks.services.homework_entries import Words
from notebooks.services.liaison_words import WordWords
from sharing.models import Resource
from sharing.querysets import reach_of, visible_to
from tests.properties.academy import Academy, Gone, Memory, Rows, happens, one, signed_in, some

KINDS = ("homework", "homework", "liaison", "liaison", "memo")
ENTRIES = ("write", "write", "write", "unpublish", "take out", "put back", "erase")
WORDS = ("send", "send", "send", "send again", "correct", "close", "reopen", "erase")
PAGES = ("write", "write", "write", "remove", "put back", "erase")


class Entry(NamedTuple):
    key: int
    book: int
    author: int | None
    stage: str
    out: bool


class Tick(NamedTuple):
    entry: int
    pupil: int


class Word(NamedTuple):
    key: int
    book: int | None
    author: int | None
    state: str
    version: int


class Slip(NamedTuple):
    """A word as one relative holds it, for one child."""

    key: int
    word: int
    pupil: int | None
    relative: int | None
    signed: int
    answer: bool | None


class Page(NamedTuple):
    key: int
    book: int
    author: int | None
    said: str
    out: bool


def _entries() -> Rows:
    rows = HomeworkEntry.objects.values_list("pk", "book_id", "author_id", "stage", "trashed_at")
    return {Entry(*row[:4], out=row[4] is not None) for row in rows}


def _pages() -> Rows:
    rows = MemoPage.objects.values_list("pk", "book_id", "author_id", "said", "removed_at")
    return {Page(*row[:4], out=row[4] is not None) for row in rows}


def _in_books_left(rows: Rows, gone: Gone) -> Rows:
    """What stands in a book stays there, unsigned, as long as the book."""
    return {
        row._replace(author=None if row.author in gone.people else row.author)
        for row in rows
        if row.book not in gone.things
    }


def _ticks() -> Rows:
    return {Tick(*row) for row in HomeworkTick.objects.values_list("entry_id", "pupil_id")}


def _ticks_left(rows: Rows, gone: Gone) -> Rows:
    there = set(HomeworkEntry.objects.values_list("pk", flat=True))
    return {row for row in rows if row.pupil not in gone.people and row.entry in there}


def _words() -> Rows:
    rows = LiaisonWord.objects.values_list("pk", "book_id", "author_id", "state", "version")
    return {Word(*row) for row in rows}


def _words_left(rows: Rows, gone: Gone) -> Rows:
    """A word that went outlives its carnet while a relative holds it, and asks nothing then."""
    left = set()
    for row in rows:
        if row.author in gone.people:
            row = row._replace(author=None)
        copies = LiaisonCopy.objects.filter(word=row.key)
        if row.book in gone.things:
            row = row._replace(book=None, state=WordState.CLOSED.value)
            copies = copies.filter(relative__isnull=False)
        if row.book is None and not copies.exists():
            continue
        left.add(row)
    return left


def _slips() -> Rows:
    columns = ("pk", "word_id", "pupil_id", "relative_id", "signed_version", "answer")
    return {Slip(*row) for row in LiaisonCopy.objects.values_list(*columns)}


def _slips_left(rows: Rows, gone: Gone) -> Rows:
    words = set(LiaisonWord.objects.values_list("pk", flat=True))
    left = set()
    for row in rows:
        pupil = None if row.pupil in gone.people else row.pupil
        relative = None if row.relative in gone.people else row.relative
        changed = (pupil, relative) != (row.pupil, row.relative)
        if row.word in words and not (changed and pupil is None and relative is None):
            left.add(row._replace(pupil=pupil, relative=relative))
    return left


class Books(Academy):
    MEMORIES: ClassVar[Mapping[str, Memory]] = {
        "homework": Memory(_entries, _in_books_left),
        "ticks": Memory(_ticks, _ticks_left),
        "notes": Memory(_words, _words_left),
        "slips": Memory(_slips, _slips_left),
        "pages": Memory(_pages, _in_books_left),
    }

    @happens(4, first=5)
    def someone_begins_a_notebook(self, chance: Random) -> None:
        by, kind = self.teacher(chance), chance.choice(KINDS)
        if by is None:
            return
        school_class: SchoolClass | None = one(classes_of(standpoint_of(by)), chance)
        title = f"Cahier {chance.randrange(1_000)}"

        def act() -> Any:
            if kind == "memo":
                return memo_books.begin(by=by, title=title)
            if kind == "liaison":
                return liaison_books.begin_liaison_book(by=by, title=title, school_class=school_class)
            return homework_books.begin_book(
                by=by, title=title, school_class=school_class, with_families=school_class is not None
            )

        known = {row.key for row in self.memory["things"]}
        self.done(f"a notebook: {kind}", act, things=lambda row: row.key not in known and row.owner == by.pk)

    @happens(4)
    def homework_is_given(self, chance: Random) -> None:
        act = chance.choice(ENTRIES)
        if act == "write":
            book = one(HomeworkBook.objects.select_related("resource__owner").order_by("pk"), chance)
            by = self._owner(book.resource) if book is not None else None
            if by is not None:
                known = {row.key for row in self.memory["homework"]}
                self.done(
                    "homework",
                    lambda: _give(by, book, chance),
                    homework=lambda row: row.key not in known and row.author == by.pk,
                )
            return
        entry = one(HomeworkEntry.objects.select_related("book__resource__owner").order_by("pk"), chance)
        by = self._owner(entry.book.resource) if entry is not None else None
        if by is None:
            return
        does = {
            "unpublish": homework_entries.unpublish,
            "take out": homework_entries.take_out,
            "put back": homework_entries.put_back,
            "erase": homework_entries.erase,
        }[act]
        self.done(
            f"homework: {act}",
            lambda: does(by=by, entry=entry),
            homework=lambda row: row.key == entry.pk,
            ticks=lambda row: act == "erase" and row.entry == entry.pk,
        )

    @happens(3)
    def a_pupil_ticks(self, chance: Random) -> None:
        by = self.somebody(chance, Profile.PUPIL)
        if by is None:
            return
        roles = roles_on_books(by, reach_of(by))
        entry = one(entries_within(roles).order_by("pk"), chance)
        if entry is not None:
            self.done(
                "a tick",
                lambda: homework_ticks.tick(by=by, entry=entry, done=chance.random() < 0.8),
                ticks=lambda row: row == (entry.pk, by.pk),
            )

    @happens(6)
    def families_are_written_to(self, chance: Random) -> None:
        act = chance.choice(WORDS)
        if act == "send":
            self._send_a_word(chance)
            return
        rows = LiaisonWord.objects.filter(book__isnull=False).select_related("book__resource__owner")
        word = one(rows.order_by("pk"), chance)
        by = self._owner(word.book.resource) if word is not None else None
        if by is None:
            return
        words = WordWords(title="Sortie", body="<p>Vendredi</p>")
        does: dict[str, Any] = {
            "send again": lambda: liaison_words.send_to_newcomers(by=by, word=word),
            "correct": lambda: liaison_words.correct_word(
                by=by, word=word, words=words, ask_again=chance.random() < 0.5
            ),
            "close": lambda: liaison_words.close_word(by=by, word=word),
            "reopen": lambda: liaison_words.reopen_word(by=by, word=word),
            "erase": lambda: liaison_words.erase_word(by=by, word=word),
        }
        known = self.memory["slips"]
        self.done(
            f"a word: {act}",
            does[act],
            notes=lambda row: row.key == word.pk,
            slips=lambda row: act == "send again" and row.word == word.pk and row not in known,
        )

    def _send_a_word(self, chance: Random) -> None:
        book = one(LiaisonBook.objects.select_related("resource__owner").order_by("pk"), chance)
        by = self._owner(book.resource) if book is not None else None
        if by is None:
            return
        classes = author_classes(standpoint_of(by))
        asks = chance.choice(list(Asks))

        def act() -> LiaisonWord:
            made = liaison_words.begin_word(by=by, book=book)
            words = WordWords(title="Sortie", body="<p>Jeudi au musée</p>", asks=asks, classes=classes[:2])
            made = liaison_words.write_word(by=by, word=made, words=words)
            liaison_words.send_word(by=by, word=made)
            return made

        known = {row.key for row in self.memory["notes"] if row.state != WordState.DRAFT}
        self.done(
            "a word sent",
            act,
            notes=lambda row: row.key not in known and row.author == by.pk,
            slips=lambda row: row.word not in known,
        )

    @happens(4)
    def a_family_signs(self, chance: Random) -> None:
        copy = one(LiaisonCopy.objects.filter(relative__in=User.objects.present()).order_by("pk"), chance)
        if copy is None:
            return
        by = signed_in(copy.relative)
        found = one(copies_of(by).filter(pk=copy.pk), chance)
        if found is not None:
            answer = chance.choice((True, False))
            self.done(
                "a signature",
                lambda: liaison_signatures.sign(by=by, copy=found, answer=answer),
                slips=lambda row: row.key == copy.pk,
            )

    @happens(6)
    def a_memo_is_written(self, chance: Random) -> None:
        act = chance.choice(PAGES)
        book = one(Resource.objects.filter(kind=MEMO_BOOK).select_related("owner").order_by("pk"), chance)
        if book is None:
            return
        by = _who_sees(book, chance)
        if by is None:
            return
        if act == "write":
            known = {row.key for row in self.memory["pages"]}
            self.done(
                "a page",
                lambda: _write(by, book, chance),
                pages=lambda row: row.book == book.pk and (row.key not in known or row.author == by.pk),
            )
            return
        page = one(MemoPage.objects.filter(book=book.pk).order_by("pk"), chance)
        if page is None:
            return
        does = {
            "remove": memo_pages.remove_page,
            "put back": memo_pages.put_back_page,
            "erase": memo_pages.erase_page,
        }[act]
        self.done(f"a page: {act}", lambda: does(by=by, page=page), pages=lambda row: row.key == page.pk)

    def _owner(self, resource: Resource) -> User | None:
        """Its owner, where they may sign in."""
        owner = resource.owner
        return signed_in(owner) if owner is not None and owner.pre_deleted_on is None else None


def _give(by: User, book: HomeworkBook, chance: Random) -> HomeworkEntry:
    today = clock.today()
    words = Words(
        subject="Maths",
        title=f"Exercice {chance.randrange(1_000)}",
        body="<p>À finir</p>",
        given_on=today + timedelta(days=chance.choice((0, 0, 3))),
        due_on=today + timedelta(days=4),
    )
    made = homework_entries.write(by=by, entry=homework_entries.begin(by=by, book=book), words=words)
    return homework_entries.publish(by=by, entry=made) if chance.random() < 0.8 else made


def _write(by: User, book: Resource, chance: Random) -> MemoPage:
    made = memo_pages.add_page(by=by, book=book, title=f"Page {chance.randrange(1_000)}")
    memo_blocks.add_text(by=by, page=made, html="<p>La mer</p>")
    return made


def _who_sees(book: Resource, chance: Random) -> User | None:
    """Its owner, or one of some who were given it."""
    near = User.objects.present().filter(grant__resource=book.pk).distinct()
    people = [*some(near, chance), *User.objects.present().filter(pk=book.owner_id)]
    found = [each for each in people if visible_to(each).filter(pk=book.pk).exists()]
    return signed_in(one(found, chance))
