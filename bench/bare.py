"""The floor of a page: an empty view with one query, behind the site's own middleware."""

import django
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

django.setup()


def empty(request: HttpRequest) -> HttpResponse:
    from accounts.models import User

    return HttpResponse(str(User.objects.filter(pk=1).exists()))


urlpatterns = [path("", empty), path("ouverte/", login_not_required(empty)), path("", include("ent.urls"))]
settings.ROOT_URLCONF = __name__

from django.core.wsgi import get_wsgi_application  # noqa: E402  the addresses first

application = get_wsgi_application()
