"""What no browser sends."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.http.response import HttpResponseBase

type View = Callable[..., HttpResponseBase]

NUL = "\0"


class NulMiddleware:
    """Refuses (400) an address or a form that holds NUL: PostgreSQL keeps none, and pages would fail there.

    After the middleware of forged requests, which reads forms: what is exempt from it (the API, whose
    serializers say it themselves) is not read here.
    """

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, args: object, kwargs: object) -> None:
        if "%00" in request.META.get("QUERY_STRING", "") or NUL in request.path:
            raise BadRequest("NUL in an address")
        read = request.method == "POST" and not getattr(view, "csrf_exempt", False)
        if read and any(NUL in text for name, told in request.POST.lists() for text in (name, *told)):
            raise BadRequest("NUL in a form")
