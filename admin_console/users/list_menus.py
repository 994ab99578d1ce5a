"""The filters of the list of accounts, as menus of links: each keeps the others."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol

from django.urls import reverse

from accounts.enums import Profile, Source
from core import clock
from directory.account_filters import AccountFilters, AccountState
from directory.labels import MEMBERS
from directory.querysets.accounts import classes_in, functions_in, is_wide
from directory.rules import Standpoint
from schools.models import School
from ui.french import day_year

SOURCES = {
    Source.MANUAL: "Manuel", Source.AAF1D: "AAF 1D", Source.AAF2D: "AAF 2D", Source.ONDE_CSV: "ONDE CSV",
}  # fmt: skip
STATES = {
    AccountState.NEVER_ACTIVATED: "Jamais activés",
    AccountState.ACTIVE: "Actifs",
    AccountState.BLOCKED: "Bloqués",
    AccountState.ABSENT: "Absents de l’alimentation",
    AccountState.PRE_DELETED: "Pré-supprimés",
    AccountState.DUPLICATE: "En double",
}
PROFILES = (Profile.TEACHER, Profile.PUPIL, Profile.RELATIVE, Profile.STAFF, Profile.GUEST)
IDLE = "Enseignants sans classe"
NO_INE = "Élèves en attente d’un INE"
NEW = ((7, "Depuis 7 jours"), (30, "Depuis 30 jours"), (90, "Depuis 3 mois"))


@dataclass(frozen=True, slots=True)
class Choice:
    label: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Menu:
    """`value` is what is chosen, in words; `end` opens towards the left."""

    label: str
    value: str
    choices: list[Choice] = field(default_factory=list)


class Asking(Protocol):
    """`listing.Asked`, as menus need it."""

    @property
    def me(self) -> Standpoint: ...
    @property
    def filters(self) -> AccountFilters: ...
    @property
    def school(self) -> School | None: ...
    def url(self, **changed: str) -> str: ...


def menus_of(asked: Asking) -> list[Menu]:
    """Profile, class, function, source, state, novelty; those without a choice are left out. Two queries
    at most."""
    filters = asked.filters
    functions = functions_in(asked.me, asked.school)
    menus = [
        _profiles(asked),
        _classes(asked),
        _menu(asked, "Fonction", "fonction", [(each, each) for each in functions], filters.function),
        _menu(asked, "Source", "source", [(s.value, word) for s, word in SOURCES.items()], filters.source),
        _states(asked),
        _new(asked),
    ]
    return [menu for menu in menus if menu.choices]


def _menu(
    asked: Asking,
    label: str,
    word: str,
    choices: list[tuple[str, str]],
    chosen: str | None,
    **also: str,
) -> Menu:
    """One of them, or none: the first choice takes the filter off. `also` is changed with each."""
    if not choices:
        return Menu(label, "")
    value = next((words for key, words in choices if key == chosen), "")
    none = [Choice("Tous", asked.url(**{word: ""}, **also), False)] if value else []
    offered = [Choice(words, asked.url(**{word: key}, **also), key == chosen) for key, words in choices]
    return Menu(label, value, [*none, *offered])


def _profiles(asked: Asking) -> Menu:
    """Profiles, and the pupils who await an INE."""
    profiles = [(profile.value, MEMBERS[profile]) for profile in PROFILES]
    menu = _menu(asked, "Profil", "profil", profiles, asked.filters.profile, sans_ine="")
    waiting = Choice(NO_INE, asked.url(sans_ine="1", profil="", sans_classe=""), asked.filters.without_ine)
    if asked.filters.without_ine:
        every = Choice("Tous", asked.url(sans_ine="", profil=""), False)
        return Menu("Profil", NO_INE, [every, *menu.choices, waiting])
    return Menu("Profil", menu.value, [*menu.choices, waiting])


def _classes(asked: Asking) -> Menu:
    """The classes of the school spoken of, and teachers who have none."""
    found = classes_in(asked.school).order_by("-year", "label", "pk") if asked.school else []
    classes = [(str(each.uuid), each.label) for each in found]
    menu = _menu(asked, "Classe", "classe", classes, str(asked.filters.school_class or ""), sans_classe="")
    idle = Choice(IDLE, asked.url(sans_classe="1", classe="", profil=""), asked.filters.without_class)
    if asked.filters.without_class:
        every = Choice("Tous", asked.url(sans_classe="", classe=""), False)
        return Menu("Classe", IDLE, [every, *menu.choices, idle])
    return Menu("Classe", menu.value, [*menu.choices, idle])


def _states(asked: Asking) -> Menu:
    """In a wide scope, accounts in double have their own page: it says how far it looked."""
    menu = _menu(asked, "État", "etat", [(s.value, word) for s, word in STATES.items()], asked.filters.state)
    if is_wide(asked.me, asked.school):
        pairs = Choice(STATES[AccountState.DUPLICATE], reverse("console:duplicates"), False)
        menu.choices[-1] = pairs
    return menu


def _new(asked: Asking) -> Menu:
    """Accounts made since a day: a few are offered, the address takes any."""
    today, since = clock.today(), asked.filters.since
    days = [((today - timedelta(days=number)).isoformat(), words) for number, words in NEW]
    chosen = since.isoformat() if since else ""
    if since and chosen not in dict(days):
        days.append((chosen, f"Depuis le {day_year(since)}"))
    return _menu(asked, "Nouveaux", "depuis", days, chosen)
