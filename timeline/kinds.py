"""Kinds of event: each room registers its own in `ready()`, so that the timeline knows none of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from accounts.enums import Profile
from accounts.models import User
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
class Standing:
    """Where an event stands for one person, as its room says: `at`, the instant at which it comes to them, in
    the future where it waits; `read`, whether they opened its thing there; `title`, what that is called."""

    at: datetime
    read: bool = False
    title: str = ""


@dataclass(frozen=True, slots=True)
class Telling:
    """What the words are made of: like events, the newest first; who did it (« Mme Roy », « 3 personnes »);
    whether a pupil reads; what the room's gate said of each, by key, where it has one."""

    events: Sequence[Event]
    who: str
    pupil: bool
    standings: Mapping[int, Standing] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of event.

    `app` is a key of `ui.applications`, or a room's; `label` what one chooses in the preferences; `profiles`
    who may meet it. `page` and `mail` are the defaults; a pupil gets no mail. `grouped` tells several of one
    day, of one person, in one line. `words` makes the line.

    `gate`, where groups and rights do not say who may know: of these events, those that someone may know, by
    key; what is left out they may not. `met_by`, of a gated kind, whether someone is one of those it may come to:
    the others are not asked how they want it. `text`, what a mail quotes for an adult who asks for it, by key; asked
    of what the gate let through alone; `quotes`, whether mails do so until one chooses otherwise. `apart`: the room has a number and a panel of its own, so that neither
    the bell nor the home page's news count it a second time.
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
    gate: Callable[[User, Sequence[Event]], Mapping[int, Standing]] | None = None
    text: Callable[[User, Sequence[Event]], Mapping[int, str]] | None = None
    quotes: bool = False
    apart: bool = False
    met_by: Callable[[User], bool] | None = None


kinds: Registry[Kind] = Registry()


def register(kind: Kind) -> None:
    """To be called in `ready()`."""
    kinds.register(kind)


def kind_of(event: Event) -> Kind | None:
    """None for a kind that no room tells any more."""
    return kinds.get(event.kind)
