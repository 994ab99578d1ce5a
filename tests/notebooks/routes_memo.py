"""Rows of cahiers mémo in the table of routes: one of the teacher's, in which the pupil contributes and the relative
reads; who administers the school sees none of it."""

from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from core.models import Job, JobState
from directory.models import SchoolClass
from notebooks.memo_jobs import draw_memo
from notebooks.models import MemoBlock, MemoPage
from notebooks.services import memo_blocks, memo_pages
from sharing.enums import Role
from sharing.models import Resource
from sharing.services.share import share
from tests.documents import factories as documents
from tests.house.rows import Row, row, signed_in
from tests.house.world import PUPIL, RELATIVE, TEACHER, HouseWorld
from tests.notebooks import memo_factories as memo

TITLE = "Album de la classe"
READERS = (TEACHER, PUPIL, RELATIVE)
WRITERS = (TEACHER, PUPIL)


def _book(world: HouseWorld) -> Resource:
    found = Resource.objects.filter(kind="memo_book", title=TITLE).first()
    if found is None:
        teacher = world.people[TEACHER]
        found = memo.book(teacher, TITLE)
        share(by=teacher, resource=found, persons=[world.people[PUPIL]], role=Role.CONTRIBUTE)
        share(by=teacher, resource=found, persons=[world.people[RELATIVE]], role=Role.READ)
    return found


def _page(world: HouseWorld) -> MemoPage:
    """The pupil's."""
    made = _book(world)
    found = MemoPage.objects.filter(book=made.pk, removed_at=None, filled=True).first()
    return found or memo.page(world.people[PUPIL], made, "La mer", "Bleue")


def _block(world: HouseWorld) -> MemoBlock:
    page = _page(world)
    found = page.blocks.filter(removed_at=None, kind="TEXT").first()
    return found or memo_blocks.add_text(by=world.people[PUPIL], page=page, html="<p>Bleue</p>")


def book(world: HouseWorld) -> dict[str, Any]:
    return {"uuid": _book(world).uuid}


def page(world: HouseWorld) -> dict[str, Any]:
    return {"uuid": _page(world).uuid}


def block(world: HouseWorld) -> dict[str, Any]:
    return {"uuid": _block(world).uuid}


def picture(world: HouseWorld) -> dict[str, Any]:
    found = _page(world).blocks.filter(removed_at=None, kind="PICTURE").first()
    return {"uuid": (found or memo.picture(world.people[PUPIL], _page(world))).uuid}


def removed_page(world: HouseWorld) -> dict[str, Any]:
    made = _book(world)
    found = MemoPage.objects.filter(book=made.pk, removed_at__isnull=False).first()
    if found is None:
        found = memo.page(world.people[PUPIL], made, "La neige", "Blanche")
        memo_pages.remove_page(by=world.people[PUPIL], page=found)
    return {"uuid": found.uuid}


def removed_block(world: HouseWorld) -> dict[str, Any]:
    found = MemoBlock.objects.filter(removed_at__isnull=False).first()
    if found is None:
        found = memo_blocks.add_text(by=world.people[PUPIL], page=_page(world), html="<p>Grise</p>")
        memo_blocks.remove(by=world.people[PUPIL], block=found)
    return {"uuid": found.uuid}


def job(world: HouseWorld) -> dict[str, Any]:
    """A PDF that the teacher asked for."""
    teacher = world.people[TEACHER]
    found = Job.objects.filter(name="notebooks.memo_pdf", actor=teacher.uuid, state=JobState.DONE).first()
    if found is None:
        arguments = {"actor": str(teacher.uuid), "book": str(_book(world).uuid)}
        _page(world)
        found = draw_memo.start(by=teacher, **arguments)
        draw_memo._received(str(found.uuid))
    return {"uuid": found.uuid}


def _photo(field: str = "file") -> Any:
    return lambda world: {field: SimpleUploadedFile("mer.png", memo.photo(), content_type="image/jpeg")}


def _class(name: str) -> Any:
    return lambda world: {name: str(SchoolClass.objects.get(pk=world.school_class.pk).uuid)}


def document(world: HouseWorld) -> str:
    teacher = world.people[TEACHER]
    found = Resource.objects.filter(owner=teacher, title="Trajet.jpg").first()
    return str((found or documents.file(teacher, "Trajet.jpg", memo.photo("red"))).uuid)


def at(*kinds: str, good: int = 302, **rest: Any) -> Row:
    return row(*kinds, good=good, method="post", **rest)


PAGES: dict[str, Row] = {
    "notebooks:memo_index": signed_in(),
    "notebooks:memo_begin": signed_in(),
    "notebooks:memo_uploads": signed_in(204, method="options"),
    "notebooks:memo_upload": signed_in(204, method="options", address=lambda world: {"upload": uuid4()}),
    "notebooks:memo_book": row(*READERS, address=book),
    "notebooks:memo_dress": row(TEACHER, address=book),
    "notebooks:memo_in_names": row(TEACHER, address=book),
    "notebooks:memo_read": row(*READERS, good=302, address=book),
    "notebooks:memo_pdf": row(*READERS, address=book),
    "notebooks:memo_pdf_start": at(*READERS, address=book),
    "notebooks:memo_copy": at(*READERS, address=book),
    "notebooks:memo_job": row(TEACHER, address=job),
    "notebooks:memo_job_file": row(TEACHER, address=job),
    # Whoever only reads is told so, back on the book.
    "notebooks:memo_page_add": at(*READERS, address=book),
    "notebooks:memo_read_page": row(*READERS, address=page),
    "notebooks:memo_page": Row(row(*WRITERS, address=page).answers | {RELATIVE: 302}, address=page),
    "notebooks:memo_page_title": at(*READERS, address=page, data=lambda world: {"titre": "La mer"}),
    "notebooks:memo_page_move": at(*READERS, address=page, data=lambda world: {"sens": "bas"}),
    "notebooks:memo_page_remove": at(*READERS, address=page),
    "notebooks:memo_page_put_back": at(*WRITERS, address=removed_page),
    "notebooks:memo_page_erase": row(*WRITERS, address=removed_page),
    "notebooks:memo_block_add": at(*READERS, address=page, data=lambda world: {"genre": "texte"}),
    "notebooks:memo_documents": row(*WRITERS, address=page),
    "notebooks:memo_block": at(*READERS, address=block, data=lambda world: {"texte": "x", "version": "1"}),
    "notebooks:memo_block_move": at(*READERS, address=block, data=lambda world: {"sens": "bas"}),
    "notebooks:memo_block_remove": at(*READERS, address=block),
    "notebooks:memo_block_put_back": at(*READERS, address=removed_block),
}


def api(*kinds: str, good: int = 200, refused: dict[str, int] | None = None, **rest: Any) -> Row:
    found = row(*kinds, good=good, anonymous=403, **rest)
    return Row(
        found.answers | (refused or {}),
        address=found.address,
        method=found.method,
        data=found.data,
        query=found.query,
    )


NOT_MANAGED = {PUPIL: 403, RELATIVE: 403}

API: dict[str, Row] = {
    "memo-books-list": signed_in(anonymous=403),
    "memo-books-detail": api(*READERS, address=book),
    "memo-books-picture": api(TEACHER, refused=NOT_MANAGED, address=book, method="post", data=_photo()),
    "memo-books-pages": api(*READERS, address=book),
    "memo-books-copy": api(*READERS, good=201, address=book, method="post"),
    "memo-books-in-names": api(
        TEACHER, refused=NOT_MANAGED, address=book, method="post", data=_class("school_class")
    ),
    "memo-books-pdf": api(*READERS, address=book),
    "memo-pages-detail": api(*READERS, address=page),
    "memo-pages-put-back": api(*WRITERS, address=removed_page, method="post"),
    "memo-pages-place": api(
        TEACHER, refused=NOT_MANAGED, address=page, method="post", data=lambda world: {"after": ""}
    ),
    "memo-pages-blocks": api(
        *WRITERS,
        good=201,
        refused={RELATIVE: 403},
        address=page,
        method="post",
        data=lambda world: {"kind": "TEXT", "html": "<p>x</p>"},
    ),
    "memo-pages-files": api(
        *WRITERS, good=201, refused={RELATIVE: 403}, address=page, method="post", data=_photo()
    ),
    "memo-pages-documents": api(
        TEACHER,
        good=201,
        refused={RELATIVE: 404},
        address=page,
        method="post",
        data=lambda world: {"documents": [document(world)]},
    ),
    "memo-blocks-detail": api(*READERS, address=block),
    "memo-blocks-put-back": api(*WRITERS, refused={RELATIVE: 403}, address=removed_block, method="post"),
    "memo-blocks-place": api(
        *WRITERS, refused={RELATIVE: 403}, address=block, method="post", data=lambda world: {"after": ""}
    ),
    "memo-blocks-below": api(
        *WRITERS,
        good=201,
        refused={RELATIVE: 403},
        address=block,
        method="post",
        data=lambda world: {"html": "<p>y</p>"},
    ),
    "memo-blocks-file": api(*WRITERS, refused={RELATIVE: 403}, address=picture, method="post", data=_photo()),
}
