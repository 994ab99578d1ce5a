"""Acts on a person's card: rooms above the card's add theirs here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from ui.registry import Registry


@dataclass(frozen=True, slots=True, kw_only=True)
class CardAct:
    """A link on the card of `person`: `url(request, person)` gives its address, or None to hide it."""

    key: str
    order: int
    label: str
    icon: str
    url: Callable[[HttpRequest, Any], str | None]


card_acts: Registry[CardAct] = Registry()


def register(act: CardAct) -> None:
    """Adds an act to people's cards; to be called in `ready()`."""
    card_acts.register(act)


def acts_on(request: HttpRequest, person: Any) -> tuple[tuple[CardAct, str], ...]:
    """The acts that this request may do on this person, in order, each with its address."""
    found = ((act, act.url(request, person)) for act in card_acts)
    return tuple((act, url) for act, url in found if url)
