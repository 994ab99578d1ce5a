"""The list that a card was opened from: its words travel in the addresses of the acts, so that whoever has
acted finds the card beside the same list."""

from collections.abc import Iterable
from urllib.parse import parse_qsl, urlencode

from django.http import HttpRequest
from django.urls import reverse

from accounts.models import User
from admin_console.place import PARAMETER
from admin_console.users.card_gate import LIST_NAME
from admin_console.users.listing import AFTER, BEFORE, WORDS

CARRIED = "liste"  # the word of an act's address that bears those of the list
KEPT = frozenset({*WORDS, PARAMETER, AFTER, BEFORE})
LONGEST = 1_000


def list_asked(request: HttpRequest) -> str:
    """The list that an act came from, as its address ends, without « ? »; '' for the whole list."""
    words = request.POST.get(CARRIED) or request.GET.get(CARRIED) or ""
    return _kept(parse_qsl(words[:LONGEST]))


def from_card(request: HttpRequest) -> str:
    """What the addresses of a card's acts end with: '' or `?liste=…`, after the words of the card's own."""
    return _carrying(_kept(request.GET.items()))


def carried(request: HttpRequest) -> str:
    """What an address ends with to which an act leads on: '' or `?liste=…`."""
    return _carrying(list_asked(request))


def card_url(person: User, request: HttpRequest) -> str:
    """The card of a person, beside the list that it was opened from."""
    return _beside(request, reverse("console:user", args=[person.uuid]))


def list_url(request: HttpRequest) -> str:
    """The list that an act came from, as it was filtered."""
    return _beside(request, reverse(LIST_NAME))


def _beside(request: HttpRequest, url: str) -> str:
    asked = list_asked(request)
    return f"{url}?{asked}" if asked else url


def _kept(words: Iterable[tuple[str, str]]) -> str:
    return urlencode([(word, value) for word, value in words if word in KEPT and value])


def _carrying(asked: str) -> str:
    return f"?{urlencode({CARRIED: asked})}" if asked else ""
