"""An application that a person's schools do without does not exist for them, in pages and in the API."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse

from accounts.models import User
from directory.annuaire.viewer import viewer_of
from directory.querysets.applications import applications_closed_to
from ui import applications

type View = Callable[..., HttpResponse]

_KEPT = "_applications_closed"


class ApplicationsMiddleware:
    """404 at the addresses of an application closed to whoever asks. After the gate: they may be here."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: tuple[object, ...], kwargs: dict[str, object]
    ) -> HttpResponse | None:
        application = applications.at(request.path)
        if application is not None and application.key in applications.closed(request):
            raise Http404
        return None


def closed_applications(request: HttpRequest) -> frozenset[str]:
    """What `ui.applications` asks, of whoever is signed in: read once a request."""
    if not isinstance(request.user, User):
        return frozenset()
    kept: frozenset[str] | None = getattr(request, _KEPT, None)
    if kept is None:
        kept = applications_closed_to(viewer_of(request).standpoint)
        setattr(request, _KEPT, kept)
    return kept
