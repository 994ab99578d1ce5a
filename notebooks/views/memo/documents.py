"""Pictures, sounds and films of one's documents, put on a page: copies of one's own, since its readers will see them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.requests import is_pupil, person_of
from core.errors import DomainError
from core.text import uuid_of, uuids_of
from documents.attachable import files_seen, shelf
from documents.enums import FOLDER
from documents.querysets import seen
from notebooks.memo_rules import may_write_page
from notebooks.services import memo_blocks
from notebooks.views.memo.requests import page_of, said
from sharing.reaching import reach_in
from ui.french import counted

MOST = 20


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What to put on a page, one folder at a time; then put there."""
    page, book = page_of(request, uuid)
    me = person_of(request)
    if page.removed_at is not None or not may_write_page(book.my_role, author=page.author_id == me.pk):
        raise Http404
    problem = ""
    if request.method == "POST":
        wanted = uuids_of(request.POST.getlist("d")[:MOST])
        chosen = list(files_seen(me, reach_in(request)).filter(uuid__in=wanted)) if wanted else []
        try:
            if chosen:
                made = memo_blocks.add_documents(by=me, page=page, documents=chosen)
                messages.success(
                    request, f"{counted(len(made), 'fichier ajouté', 'fichiers ajoutés')} à la page."
                )
                return redirect("notebooks:memo_page", uuid=uuid)
            problem = "Choisis d’abord un fichier." if is_pupil(request) else "Choisissez d’abord un fichier."
        except DomainError as error:
            problem = said(request, error)
    asked, folder = request.GET.get("dossier", ""), None
    if asked:
        mine = seen(me, reach_in(request)).filter(kind=FOLDER, trashed_at__isnull=True)
        folder = get_object_or_404(mine, uuid=uuid_of(asked))
    typed, shared = request.GET.get("q", "").strip()[:80], "partages" in request.GET
    context: dict[str, Any] = {
        "label": book.title,
        "shelf": shelf(me, reach_in(request), folder=folder, shared=shared, typed=typed),
        "typed": typed,
        "shared": shared,
        "problem": problem,
        "back": reverse("notebooks:memo_page", args=[uuid]),
    }
    return render(request, "documents/choose_pieces.html", context, status=422 if problem else 200)
