"""Cahiers mémo in lines that pages show: books on a shelf, pages in a book, blocks on a page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.text import Truncator

from accounts.models import User
from core.storage.names import parted
from documents.pieces import Piece
from notebooks.memo_enums import BlockKind
from notebooks.memo_reading import blocks_of, covers_of, files_of
from notebooks.memo_rules import host_of, may_arrange, may_write_page
from notebooks.models import MemoBlock, MemoPage
from sharing.models import Resource
from ui import rich_text
from ui.french import counted

UNTITLED = "Page sans titre"
EXCERPT = 240  # letters


@dataclass(frozen=True, slots=True)
class BookCard:
    """A book on a shelf: its cover, and a line under it."""

    resource: Resource
    url: str
    cover: str
    drawing: str
    picture: str
    sub: str
    trashed: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A block as it is read. `gone`: its file is no more there, or nothing was written yet."""

    block: MemoBlock
    file: Piece | None
    host: str
    gone: bool

    @property
    def kind(self) -> str:
        return str(self.block.kind)

    @property
    def label(self) -> str:
        """What is said of it, else its file's name without its ending."""
        return self.block.caption or (parted(self.file.name)[0] if self.file else "")

    @property
    def name(self) -> str:
        """What one calls it in a button: « Monter le texte »."""
        words = {
            BlockKind.TEXT: "le texte",
            BlockKind.PICTURE: "l’image",
            BlockKind.SOUND: "le son",
            BlockKind.VIDEO: "la vidéo",
            BlockKind.LINK: "le lien",
        }
        said = self.label or Truncator(rich_text.plain(self.block.body)).chars(30)
        told = words[BlockKind(self.block.kind)]
        return f"{told} «\u00a0{said}\u00a0»" if said else told


@dataclass(frozen=True, slots=True)
class PageLine:
    """A page in the list of a book: its number, its title, what it begins with, who signs it."""

    page: MemoPage
    number: int
    title: str
    sub: str
    signed: str
    picture: str
    may_write: bool
    mine: bool

    @property
    def url(self) -> str:
        name = "notebooks:memo_read_page" if self.page.filled else "notebooks:memo_page"
        return reverse(name, args=[self.page.uuid])


def cards_of(books: Sequence[Resource], person: User) -> list[BookCard]:
    """Books with their covers. One query."""
    pictures = covers_of(books)
    return [_card(book, pictures.get(book.uuid), person) for book in books]


def _card(book: Resource, picture: Piece | None, person: User) -> BookCard:
    parts = [counted(getattr(book, "filled_pages", 0), "page")]
    if book.owner is not None and book.owner_id != person.pk:
        parts.append(book.owner.full_name)
    return BookCard(
        resource=book,
        url=reverse("notebooks:memo_book", args=[book.uuid]),
        cover=book.memo_book.cover,
        drawing=book.memo_book.drawing,
        picture=picture.large_url if picture else "",
        sub=" · ".join(parts),
        trashed=book.trashed_at is not None,
    )


def lines_of(pages: Sequence[MemoPage], person: User, role: int | None, owner: int | None) -> list[PageLine]:
    """The pages of a book, in order. Two queries."""
    blocks = blocks_of(pages)
    files = files_of(block for found in blocks.values() for block in found)
    return [
        _page_line(page, number, blocks[page.pk], files, person, role, owner)
        for number, page in enumerate(pages, start=1)
    ]


def _page_line(
    page: MemoPage,
    number: int,
    blocks: Iterable[MemoBlock],
    files: dict[UUID, Piece],
    person: User,
    role: int | None,
    owner: int | None,
) -> PageLine:
    there = list(blocks)
    words = " ".join(part for block in there if (part := rich_text.plain(block.body) or block.caption))
    shown = [files[block.uuid] for block in there if block.uuid in files]
    mine = page.author_id == person.pk
    signed = page.author.full_name if page.author is not None and page.author_id != owner else ""
    return PageLine(
        page=page,
        number=number,
        title=page.title or UNTITLED,
        sub=words.replace("\n", " ")[:EXCERPT],
        signed=signed,
        picture=next((piece.thumb_url for piece in shown if piece.preview == "image"), ""),
        may_write=may_write_page(role, author=mine),
        mine=mine,
    )


def shown_of(page: MemoPage) -> list[Shown]:
    """The blocks of a page, in order. Two queries."""
    blocks = blocks_of([page])[page.pk]
    files = files_of(blocks)
    return [shown(block, files.get(block.uuid)) for block in blocks]


def shown(block: MemoBlock, file: Piece | None) -> Shown:
    """One block as it is read."""
    empty = {BlockKind.TEXT: not block.body, BlockKind.LINK: False}
    return Shown(block, file, host_of(block.address), gone=empty.get(BlockKind(block.kind), file is None))


def manages(book: Resource) -> bool:
    """Whether whoever read `my_role` arranges the book."""
    return may_arrange(getattr(book, "my_role", None))
