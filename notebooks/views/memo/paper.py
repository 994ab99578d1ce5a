"""A book on paper, at once or by a job; what a job gave, for whoever asked."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import person_of
from core.errors import DomainError
from core.models import JobState
from core.storage.serve import disposition
from notebooks import memo_jobs
from notebooks.memo_reading import books_seen
from notebooks.services.memo_pdf import draw_book, is_long
from notebooks.views.memo.requests import book_of, say_no
from ui.parts import wants_part


@never_cache
@require_safe
def pdf(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The PDF of a short book; of a long one, its page asks for it."""
    found = book_of(request, uuid)
    if found.trashed_at is not None:
        raise Http404
    if is_long(found):
        return redirect("notebooks:memo_book", uuid=uuid)
    return _sent(draw_book(by=person_of(request), book=found), f"{found.title}.pdf")


@require_POST
def start(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Has a long book drawn; followed to its file."""
    found = book_of(request, uuid)
    try:
        job = memo_jobs.start_pdf(by=person_of(request), book=found)
    except DomainError as error:
        say_no(request, error)
        return redirect("notebooks:memo_book", uuid=uuid)
    return redirect("notebooks:memo_job", uuid=job.uuid)


@require_safe
def follow(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """How far it is; then the file, or the copy."""
    me = person_of(request)
    job = get_object_or_404(memo_jobs.jobs_of(me), uuid=uuid)
    result = job.result or {}
    if job.finished and wants_part(request):
        return HttpResponse(headers={"HX-Refresh": "true"})
    if job.state == JobState.DONE and "copy" in result:
        return redirect("notebooks:memo_book", uuid=result["copy"])
    context: dict[str, Any] = {
        "job": job,
        "book": books_seen(me).filter(uuid=job.arguments["book"]).first(),
        "ready": memo_jobs.file_of(me, uuid) is not None,
        "done": job.state == JobState.DONE,
        "copying": job.name == memo_jobs.COPY,
        "problem": job.problem or {},
    }
    name = "notebooks/memo/job.html"
    return render(request, f"{name}#part" if wants_part(request) else name, context)


@never_cache
@require_safe
def file(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The PDF that a job drew, for whoever asked and for some hours."""
    found = memo_jobs.file_of(person_of(request), uuid)
    if found is None:
        raise Http404
    return _sent(*found)


def _sent(drawn: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": disposition(name, inline=False)}
    return HttpResponse(drawn, content_type="application/pdf", headers=headers)
