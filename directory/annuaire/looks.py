"""How people look, for every page: the address of a photo, served to whoever may see the person."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from accounts.models import User
from core.storage import serve
from ui.people import Look


def look_of(person: object) -> Look:
    """A person's photo or drawing, from what was read of them: a list asks nothing more."""
    if not isinstance(person, User) or {"photo_id", "drawing"} & person.get_deferred_fields():
        return Look()
    return Look(photo=photo_url(person), drawing=person.drawing)


def photo_url(person: User) -> str:
    """The address of a photo, another for each; '' where there is none."""
    if person.photo_id is None:
        return ""
    return reverse("annuaire:photo", args=[person.uuid], query={"v": person.photo_id})


def send_photo(request: HttpRequest, person: User) -> HttpResponseBase | None:
    """The photo of somebody whom the caller may see (the caller's to have asked); None without one."""
    if person.photo is None:
        return None
    return serve.serve(request, blob=person.photo, name="photo.webp", inline=True)
