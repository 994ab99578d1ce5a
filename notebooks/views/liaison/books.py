"""A carnet de liaison: begun, its words, its settings."""

from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.enums import Profile
from directory.annuaire.viewer import viewer_of
from notebooks.enums import WordState
from notebooks.liaison_lines import word_lines
from notebooks.liaison_querysets import liaison_books_visible_to, words_in
from notebooks.services import liaison_books
from notebooks.views import class_books
from notebooks.views.requests import person_of
from sharing.enums import Role
from sharing.models import Resource
from sharing.reaching import reach_in

PAGE = 30
SHARE = "La direction de l’école peut le consulter"
STATES = {
    "envoyes": (WordState.SENT, "Envoyés"),
    "brouillons": (WordState.DRAFT, "Brouillons"),
    "clos": (WordState.CLOSED, "Clos"),
}


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new carnet; its class, and one box for the direction."""
    return class_books.begin(
        request,
        lambda given: liaison_books.begin_liaison_book(
            by=person_of(request),
            title=given["title"],
            school_class=given["school_class"],
            with_direction=given.get("share", False),
        ),
        name="Carnet de liaison",
        # The direction reads its own.
        share="" if viewer_of(request).standpoint.administered_schools else SHARE,
        page="notebooks:liaison_book",
        done="Carnet de liaison créé. Écrivez-y le premier mot.",
        title="Nouveau carnet de liaison",
        lede="Chaque mot part aux responsables légaux, enfant par enfant. Ils le gardent d’année en année.",
        button="Créer le carnet",
    )


@require_safe
def book(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The words of a carnet, by state. A relative reads those that they hold."""
    if person_of(request).profile == Profile.RELATIVE:
        return redirect("notebooks:liaison_received")
    resource = liaison_resource_in(request, uuid)
    role = resource.my_role  # type: ignore[attr-defined]
    writes = role >= Role.CONTRIBUTE
    key = request.GET.get("etat", "envoyes")
    state, _ = STATES.get(key, STATES["envoyes"])
    rows = words_in(resource.pk, role).filter(state=state).order_by("-sent_at", "-changed_at", "-pk")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    here = reverse("notebooks:liaison_book", args=[uuid])
    context = {
        "resource": resource,
        "book": liaison_books.liaison_book_of(resource),
        "lines": word_lines(list(page.object_list)),
        "page": page,
        "writes": writes,
        "manages": role >= Role.MANAGE,
        "owner": None if resource.owner_id == person_of(request).pk else resource.owner,
        "state": state,
        "tabs": [
            {"label": label, "url": f"{here}?etat={name}", "current": each == state}
            for name, (each, label) in STATES.items()
            if writes or each != WordState.DRAFT
        ],
    }
    return render(request, "notebooks/liaison/book.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Its title and its class; for who manages it."""
    return class_books.settle(
        request,
        liaison_books.liaison_book_of(liaison_resource_in(request, uuid, Role.MANAGE)),
        page="notebooks:liaison_book",
        done="Carnet enregistré.",
        title="Réglages du carnet",
    )


def liaison_resource_in(request: HttpRequest, uuid: UUID, role: Role = Role.READ) -> Resource:
    """A carnet that whoever asks follows, as this at least; a 404 otherwise."""
    rows = liaison_books_visible_to(person_of(request), reach_in(request)).filter(Q(my_role__gte=role))
    found: Resource = get_object_or_404(rows, uuid=uuid)
    return found
