"""Public blogs are the same for everybody: who asks is not looked at, and nothing is left with them."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control

PLACE = "/blog/pub/"
# Whatever else is answered there (nothing at this address, or no more) may change at any moment.
KEPT = frozenset({200, 206, 301, 304})


class PublicPagesMiddleware:
    """Under `/blog/pub/` no cookie is read and none is set, whoever is signed in: one page for all, which any cache
    may keep without keeping anything of anybody. Before sessions."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(PLACE):
            return self.get_response(request)
        request.META.pop("HTTP_COOKIE", None)
        request.COOKIES = {}
        response = self.get_response(request)
        response.cookies.clear()
        _forget_cookies(response)
        if response.status_code not in KEPT:
            del response["Cache-Control"]
            patch_cache_control(response, no_store=True)
        return response


def _forget_cookies(response: HttpResponseBase) -> None:
    """What is answered does not vary with cookies, which the layers below looked for and did not find."""
    told = [name.strip() for name in response.get("Vary", "").split(",")]
    kept = [name for name in told if name and name.lower() != "cookie"]
    if kept:
        response["Vary"] = ", ".join(kept)
    elif response.has_header("Vary"):
        del response["Vary"]
