"""A whole blog on paper: a page to print, and a PDF drawn in the background."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.requests import person_of
from blog import jobs
from blog.lines import BlogLine
from blog.papers import dates_of, pages_of
from blog.views.requests import address, blog_of
from core.models import Job, JobState
from core.storage.serve import serve
from ui.french import number
from ui.parts import wants_part


@require_safe
def printed(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """All that is out, the first first; with what is said of it, where that is asked (`commentaires`)."""
    line, comments = blog_of(request, uuid), request.GET.get("commentaires") == "1"
    pages = pages_of(line.blog, person_of(request), comments=comments)
    here = reverse("blog:print", args=[uuid])
    context = {
        "line": line,
        "pages": pages,
        "dates": dates_of(pages),
        "comments": comments,
        "other": address(here, commentaires="" if comments else "1"),
    }
    return render(request, "blog/print.html", context)


@require_POST
def start(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Starts the drawing; followed to its file."""
    line, comments = blog_of(request, uuid), request.POST.get("commentaires") == "1"
    job = jobs.start(by=person_of(request), blog=line.blog, comments=comments)
    return redirect("blog:pdf", uuid=uuid, job=job.uuid)


@require_safe
@vary_on_headers("HX-Request")
def follow(request: HttpRequest, uuid: UUID, job: UUID) -> HttpResponse:
    """How far the drawing is, then its file."""
    line, me = blog_of(request, uuid), person_of(request)
    found = get_object_or_404(jobs.jobs_of(me, line.blog), uuid=job)
    if wants_part(request):
        if found.finished:
            return HttpResponse(headers={"HX-Refresh": "true"})
        return render(request, "blog/pdf.html#live", _told(line, found))
    context = _told(line, found) | {
        "ready": jobs.file_of(me, line.blog, job) is not None,
        "problem": found.problem or {},
    }
    return render(request, "blog/pdf.html", context)


@require_safe
def file(request: HttpRequest, uuid: UUID, job: UUID) -> HttpResponseBase:
    """The PDF, for whoever asked and for some hours."""
    line = blog_of(request, uuid)
    found = jobs.file_of(person_of(request), line.blog, job)
    if found is None:
        raise Http404
    blob, name = found
    return serve(request, blob=blob, name=name)


def _told(line: BlogLine, job: Job) -> dict[str, Any]:
    step = job.progress
    done, total = step.get("done") or 0, step.get("total")
    said = f"{step.get('label', '')}\u00a0: {number(done)} sur {number(total)}" if total else "En cours"
    waits = "En attente d’une place\u00a0: cela commence dans un instant."
    return {
        "line": line,
        "job": job,
        "live": not job.finished,
        "text": waits if job.state == JobState.QUEUED else said,
        "percent": job.percent,
        "done": job.state == JobState.DONE,
    }
