"""Pictures, sounds and films of one's documents, put on a page: copies of one's own, since its readers will see them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.requests import is_pupil, person_of
from core.errors import DomainError
from core.text import uuids_of
from documents.attachable import files_seen, shelf_asked
from documents.errors import NoSuchDocument
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
    try:
        found = shelf_asked(me, reach_in(request), request.GET.dict())
    except NoSuchDocument as error:
        raise Http404 from error
    context: dict[str, Any] = {
        "label": book.title,
        "shelf": found,
        "problem": problem,
        "back": reverse("notebooks:memo_page", args=[uuid]),
    }
    return render(request, "documents/choose_pieces.html", context, status=422 if problem else 200)
