"""Kinds of event: each room registers its own in `ready()`, so that the timeline knows none of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from accounts.enums import Profile
from timeline.enums import MailPace
from timeline.models import Event
from ui.registry import Registry

ADULTS = frozenset(profile for profile in Profile if profile != Profile.PUPIL)
EVERYBODY = frozenset(Profile)


@dataclass(frozen=True, slots=True)
class Told:
    """Some events of one kind in words: a sentence, a line under it, where it leads."""

    title: str
    sub: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Telling:
    """What the words are made of: like events, the newest first; who did it (« Mme Roy », « 3 personnes »);
    whether a pupil reads."""

    events: Sequence[Event]
    who: str
    pupil: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of event.

    `app` is a key of `ui.applications`, or a room's; `label` what one chooses in the preferences; `profiles`
    who may meet it. `page` and `mail` are the defaults; a pupil gets no mail. `grouped` tells several of one
    day, of one person, in one line. `words` makes the line.
    """

    key: str
    order: int
    app: str
    app_label: str
    label: str
    icon: str
    cover: str
    words: Callable[[Telling], Told]
    profiles: frozenset[Profile] = EVERYBODY
    page: bool = True
    mail: MailPace = MailPace.DAILY
    grouped: bool = True


kinds: Registry[Kind] = Registry()


def register(kind: Kind) -> None:
    """To be called in `ready()`."""
    kinds.register(kind)


def kind_of(event: Event) -> Kind | None:
    """None for a kind that no room tells any more."""
    return kinds.get(event.kind)
