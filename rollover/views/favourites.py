"""One's favourites put in order where the year's end is prepared: renamed, cleaned, deleted, by the directory's
own services."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts import sessions
from core.errors import DomainError
from directory.annuaire.viewer import Viewer, viewer_of
from directory.favourite_upkeep import upkeep_of
from directory.models import Favourite
from directory.querysets import favourites_of
from directory.services import favourites as service
from rollover.season import prepares
from ui.french import agree, counted, unbroken

NAME = 120


@require_POST
def rename(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Another name, said under its line."""

    def act(viewer: Viewer, favourite: Favourite) -> str:
        name = request.POST.get("name", "")[:NAME]
        renamed = service.rename(by=viewer.person, favourite=favourite, name=name)
        return f"Le favori s’appelle maintenant « {renamed.name} »."

    return _done(request, uuid, act)


@require_POST
def clean(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Takes out those who left, or are no longer what they were."""

    def act(viewer: Viewer, favourite: Favourite) -> str:
        upkeep = next(each for each in upkeep_of(viewer) if each.favourite.pk == favourite.pk)
        count = service.remove(
            by=viewer.person,
            favourite=favourite,
            persons=[*upkeep.gone, *upkeep.changed],
            groups=upkeep.groups,
        )
        return f"« {favourite.name} » : {counted(count, 'destinataire')} {agree(count, 'retiré')}."

    return _done(request, uuid, act)


@require_POST
def delete(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What was shared through it stays shared."""

    def act(viewer: Viewer, favourite: Favourite) -> str:
        service.delete(by=viewer.person, favourite=favourite)
        return f"Le favori « {favourite.name} » est supprimé. Ce qui était partagé le reste."

    return _done(request, uuid, act)


def _done(request: HttpRequest, uuid: UUID, act: Callable[[Viewer, Favourite], str]) -> HttpResponse:
    if not prepares(request):
        raise Http404
    viewer = viewer_of(request)
    favourite = get_object_or_404(favourites_of(viewer.person), uuid=uuid)
    try:
        sessions.require_full_assurance(request)
        said = act(viewer, favourite)
    except DomainError as error:
        messages.error(request, unbroken(str(error)))
    else:
        messages.success(request, unbroken(said))
    return redirect(f"{reverse('rollover:mine')}#favoris")
