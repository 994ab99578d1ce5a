"""What of cahiers mémo takes long: a large book's PDF, its copy. Each is its asker's alone."""

from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import Now

from accounts.models import User
from core.jobs import job
from core.models import Blob, Job, JobState
from core.progress import Progress
from core.storage import services as storage
from notebooks.memo_reading import books_seen
from notebooks.models import MemoBlock
from notebooks.services.memo_copy import copy_book
from notebooks.services.memo_pdf import draw_book
from sharing.models import Resource

PDF, COPY = "notebooks.memo_pdf", "notebooks.memo_copy"
# Nobody holds the file: it is collected a day later; before that it is given for these hours.
KEPT_FOR = timedelta(hours=8)
# A book of so many blocks is copied by a job.
COPIED_AT_ONCE = 60


@job(PDF, label="PDF d’un cahier mémo", may_start=lambda person: isinstance(person, User), cancellable=True)
def draw_memo(progress: Progress, *, actor: str, book: str) -> dict[str, Any]:
    """The PDF of a book, kept as a content that nobody holds."""
    person, found = _asked(actor, book)
    drawn = draw_book(by=person, book=found, progress=progress)
    name = f"{found.title}.pdf"
    received = storage.receive(file=BytesIO(drawn), name=name)
    return {"blob": str(received.blob.uuid), "name": name, "book": book}


@job(COPY, label="Copie d’un cahier mémo", may_start=lambda person: isinstance(person, User))
def copy_memo(progress: Progress, *, actor: str, book: str) -> dict[str, Any]:
    """A copy of a book, its asker's."""
    person, found = _asked(actor, book)
    made = copy_book(by=person, book=found, progress=progress)
    return {"copy": str(made.uuid), "book": book}


def start_pdf(*, by: User, book: Resource) -> Job:
    """Raises NotAllowed."""
    return draw_memo.start(by=by, label=f"PDF, {book.title}"[:200], actor=str(by.uuid), book=str(book.uuid))


def start_copy(*, by: User, book: Resource) -> Job:
    """Raises NotAllowed."""
    return copy_memo.start(by=by, label=f"Copie, {book.title}"[:200], actor=str(by.uuid), book=str(book.uuid))


def is_large(book: Resource) -> bool:
    """Whether a copy of it takes a job. One query."""
    blocks = MemoBlock.objects.filter(
        page__book=book.pk, page__removed_at__isnull=True, removed_at__isnull=True
    )
    return blocks.count() > COPIED_AT_ONCE


def jobs_of(person: User) -> QuerySet[Job]:
    """What this person asked for: nobody else's."""
    return Job.objects.filter(actor=person.uuid, name__in=[PDF, COPY])


def file_of(person: User, uuid: UUID) -> tuple[bytes, str] | None:
    """The file of a PDF of theirs, for some hours, while they still see its book; else None."""
    done = jobs_of(person).filter(uuid=uuid, name=PDF, state=JobState.DONE, finished_at__gt=Now() - KEPT_FOR)
    found = done.first()
    if found is None or not books_seen(person).filter(uuid=found.arguments["book"]).exists():
        return None
    result = found.result or {}
    blob = Blob.objects.filter(uuid=result["blob"]).first()
    if blob is None:
        return None
    with storage.opened(blob) as held:
        return held.read(), result["name"]


def _asked(actor: str, book: str) -> tuple[User, Resource]:
    return User.objects.get(uuid=UUID(actor)), Resource.objects.get(uuid=UUID(book))
