"""Who asks, whether they must sign in, and whether they may still be here."""

from collections.abc import Callable
from typing import cast
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import render, resolve_url
from django.utils.cache import add_never_cache_headers
from django.utils.functional import SimpleLazyObject

from accounts import assurance, gates, sessions
from accounts.errors import KeptOut, Refusal
from accounts.models import User

type View = Callable[..., HttpResponse]
type GetResponse = Callable[[HttpRequest], HttpResponse]

API = "/api/"
LEAVING = "Ce compte va être supprimé : il n’ouvre plus que sa page de départ."


class AuthenticationMiddleware:
    """`request.user`, read when first asked for."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.user = SimpleLazyObject(lambda: sessions.person_of(request))  # type: ignore[assignment]
        return self.get_response(request)


class LoginRequiredMiddleware:
    """Every view needs sign-in, unless marked `login_not_required`."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: tuple[object, ...], kwargs: dict[str, object]
    ) -> HttpResponse | None:
        if not getattr(view, "login_required", True) or request.user.is_authenticated:
            return None
        return _to_sign_in(request)


class GateMiddleware:
    """Blocking and pre-deleting take effect at the next request of an open session.

    Pages of whoever is signed in are kept by no cache: on a shared machine, « back » shows nothing.
    Whoever a gate refuses is signed out with a page that says why. Whoever is pre-deleted is led to the
    one page left to them; pages open to all, and views marked `open_to_pre_deleted`, stay open. A session of
    low assurance ends with its day, or with what it hangs on; services know of it meanwhile.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with assurance.acting_with(assurance.Assurance.FULL):
            response = self.get_response(request)
        if request.session.get(sessions.auth.SESSION_KEY) and not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response

    def process_view(
        self, request: HttpRequest, view: View, args: tuple[object, ...], kwargs: dict[str, object]
    ) -> HttpResponse | None:
        if not request.session.get(sessions.auth.SESSION_KEY) or not request.user.is_authenticated:
            return None
        person = cast("User", request.user)
        refused = gates.refusal(person)
        if refused is not None:
            sessions.end(request)
            return kept_out(request, refused)
        if sessions.is_over(request, person):
            sessions.end(request)
            return _to_sign_in(request) if getattr(view, "login_required", True) else None
        assurance.set_for_request(sessions.assurance_of(request))
        if person.pre_deleted_on is not None and not _open_to_pre_deleted(request, view):
            return _to_leaving(request)
        return None


def open_to_pre_deleted(view: View) -> View:
    """Marks a view that whoever is pre-deleted may still use."""
    view.open_to_pre_deleted = True  # type: ignore[attr-defined]
    return view


def kept_out(request: HttpRequest, refused: Refusal) -> HttpResponse:
    """Says why this person is kept out: as a page, to a script, or to htmx, which loads the page whole."""
    error = KeptOut(refused)
    if request.path.startswith(API):
        return JsonResponse(error.as_problem(), status=error.status, content_type="application/problem+json")
    response = render(request, "accounts/kept_out.html", {"refused": refused}, status=error.status)
    if request.headers.get("HX-Request"):
        response["HX-Retarget"] = "body"
        response["HX-Reswap"] = "outerHTML"
        response.status_code = 200
    return response


def _open_to_pre_deleted(request: HttpRequest, view: View) -> bool:
    """Views of the API ask for sign-in by themselves: unmarked, they are no public page."""
    public = not getattr(view, "login_required", True) and not request.path.startswith(API)
    return public or getattr(view, "open_to_pre_deleted", False)


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page, which comes back here; a page's part brings its whole page back."""
    htmx = request.headers.get("HX-Request")
    here = request.get_full_path()
    if htmx:
        here = _page_of(request.headers.get("HX-Current-URL", ""))
    query = QueryDict(mutable=True)
    query["next"] = here
    url = f"{resolve_url(settings.LOGIN_URL)}?{query.urlencode(safe='/')}"
    return _send(url, htmx=bool(htmx))


def _page_of(url: str) -> str:
    """The path of the page that a part stands in; home where a script sent something else."""
    try:
        current = urlsplit(url)
    except ValueError:
        return "/"
    return f"{current.path}?{current.query}" if current.query else current.path or "/"


def _to_leaving(request: HttpRequest) -> HttpResponse:
    if request.path.startswith(API):
        error = KeptOut(Refusal("leaving", LEAVING))
        return JsonResponse(error.as_problem(), status=error.status, content_type="application/problem+json")
    return _send(resolve_url(settings.CARTABLE_LEAVING_URL), htmx=bool(request.headers.get("HX-Request")))


def _send(url: str, *, htmx: bool) -> HttpResponse:
    if htmx:
        response = HttpResponse(status=204)
        response["HX-Redirect"] = url
        return response
    return HttpResponseRedirect(url)
