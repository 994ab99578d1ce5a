"""Acts on a person's card, or a group's: rooms above the card's add theirs here."""

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
group_acts: Registry[CardAct] = Registry()


def register(act: CardAct) -> None:
    """Adds an act to people's cards; to be called in `ready()`."""
    card_acts.register(act)


def acts_on(request: HttpRequest, person: Any) -> tuple[tuple[CardAct, str], ...]:
    """The acts that this request may do on this person, in order, each with its address."""
    found = ((act, act.url(request, person)) for act in card_acts)
    return tuple((act, url) for act, url in found if url)


def register_for_groups(act: CardAct) -> None:
    """Adds an act to groups' cards, `url(request, group)`; to be called in `ready()`."""
    group_acts.register(act)


def acts_on_group(request: HttpRequest, group: Any) -> tuple[tuple[CardAct, str], ...]:
    """The acts that this request may do on this group, in order, each with its address."""
    found = ((act, act.url(request, group)) for act in group_acts)
    return tuple((act, url) for act, url in found if url)
