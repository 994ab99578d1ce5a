"""The list of accounts: what the address asks, a page of it, the menus of its filters."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from accounts.models import User
from accounts.querysets import UserQuerySet
from admin_console.access import standpoint
from admin_console.place import PARAMETER, Place, place_of
from admin_console.users.bulk_words import of as words_of
from admin_console.users.list_menus import Menu, menus_of
from core.text import uuid_of
from directory.account_filters import AccountFilters, filters_from
from directory.account_lines import AccountLine, account_lines
from directory.account_search import find_accounts
from directory.querysets.accounts import (
    COUNTED,
    accounts_of,
    after,
    before,
    counted,
    position_of,
    schools_asked,
)
from directory.querysets.duplicates import duplicates_number
from directory.rules import Standpoint
from directory.search import Found
from directory.services.bulk_accounts import BulkAct
from schools.models import School

PAGE = 50
AFTER, BEFORE = "apres", "avant"
# The words of an address, and the fields of the filters.
WORDS = {
    "q": "typed",
    "profil": "profile",
    "classe": "school_class",
    "fonction": "function",
    "source": "source",
    "etat": "state",
    "sans_classe": "without_class",
    "sans_ine": "without_ine",
    "depuis": "since",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks of the accounts: a school or the whole scope, and filters."""

    me: Standpoint
    place: Place
    filters: AccountFilters
    values: Mapping[str, str]

    @property
    def school(self) -> School | None:
        return self.place.school

    def query(self, **changed: str) -> str:
        """The filters as an address bears them, but for what is changed; the page goes. '' or `?…`."""
        kept = {word: value for word, value in {**self.values, **changed}.items() if value}
        return f"?{urlencode(kept)}" if kept else ""

    def url(self, **changed: str) -> str:
        return reverse("console:users") + self.query(**changed)


@dataclass(frozen=True, slots=True)
class Act:
    """An act offered on a selection: `short` is what a narrow bar shows of its label, after `lead`."""

    key: str
    label: str
    icon: str
    lead: str
    short: str


def _act(act: BulkAct) -> Act:
    lead, _, short = act.label.rpartition(" ")
    return Act(act.value, act.label, words_of(act).icon, lead, short)


ACTS = [_act(act) for act in BulkAct]


@dataclass(frozen=True, slots=True)
class Row:
    """An account in the list, with the address of its card."""

    line: AccountLine
    sub: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of the list, for `admin_console/users/_list.html`."""

    asked: Asked
    rows: list[Row]
    number: int
    exact: bool
    of: int | None
    approximate: bool
    menus: list[Menu]
    earlier_url: str
    later_url: str

    @property
    def filtered(self) -> bool:
        return bool(self.asked.filters)

    @property
    def clear_url(self) -> str:
        return reverse("console:users") + self.asked.place.query

    @property
    def query(self) -> str:
        return self.asked.query()

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What an act on the list must bring."""
        return [(word, value) for word, value in self.asked.values.items() if value]

    @property
    def whole(self) -> bool:
        """Whether an act may be on all that is listed at once."""
        return self.exact and self.number > 1

    @property
    def duplicates(self) -> str:
        """The words of the link to accounts in double; '' where the school has none. Asked by the whole page
        alone: a query, where a school is spoken of; they are not counted in a wider scope."""
        if self.asked.school is None:
            return "En double"
        number, exact = duplicates_number(self.asked.me, self.asked.school)
        return f"{'' if exact else 'plus de '}{number} en double" if number else ""

    @property
    def acts(self) -> list[Act]:
        return ACTS

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What a form must bring so that the address keeps it, beside what it asks itself."""
        return [(word, value) for word, value in self.asked.values.items() if value and word != "q"]


def asked_of(request: HttpRequest, given: Mapping[str, str] | None = None) -> Asked:
    """What the address, or a form that kept it, asks; a value that means nothing asks nothing."""
    values = request.GET if given is None else given
    filters = filters_from({field: values.get(word, "") for word, field in WORDS.items()})
    told = {"typed": filters.typed, **filters.told()}
    place = place_of(request)
    kept = {PARAMETER: str(place.school.uuid) if place.several and place.school else ""}
    for word, field in WORDS.items():
        value = told.get(field, "")
        kept[word] = "1" if value is True else str(value)
    return Asked(standpoint(request), place, filters, kept)


def listing_of(request: HttpRequest, current: UUID | None = None) -> Listing:
    """The page that an address asks; `current` is whose card stands open beside it."""
    asked = asked_of(request)
    found = find_accounts(asked.me, asked.school, asked.filters)
    people, earlier, later = _page(request, asked, found)
    number, exact = (COUNTED, False) if found.many else counted(found.people)
    beside = asked.filters and asked.school is not None
    total = counted(accounts_of(asked.me, asked.school).present()) if beside else None
    lines = account_lines(people, schools_asked(asked.me, asked.school))
    return Listing(
        asked=asked,
        rows=[_row(line, asked, current) for line in lines],
        number=number,
        exact=exact,
        of=total[0] if total and total[1] and total[0] > number else None,
        approximate=found.approximate,
        menus=menus_of(asked),
        earlier_url=earlier,
        later_url=later,
    )


def _page(request: HttpRequest, asked: Asked, found: Found) -> tuple[list[User], str, str]:
    """The people of the page, and the addresses of those before and after it."""
    follows, precedes = uuid_of(request.GET.get(AFTER)), uuid_of(request.GET.get(BEFORE))
    mark = follows or precedes
    place = position_of(asked.me, asked.school, mark) if mark else None
    people: UserQuerySet = found.people
    if place is None:
        shown = list(people[: PAGE + 1])
        more_before, more_after = False, len(shown) > PAGE
        shown = shown[:PAGE]
    elif follows:
        shown = list(after(people, place)[: PAGE + 1])
        more_before, more_after = True, len(shown) > PAGE
        shown = shown[:PAGE]
    else:
        shown = list(before(people, place)[: PAGE + 1])
        more_before, more_after = len(shown) > PAGE, True
        shown = shown[:PAGE][::-1]
    if not shown:
        return [], "", ""
    earlier = asked.url(**{BEFORE: str(shown[0].uuid)}) if more_before else ""
    return shown, earlier, asked.url(**{AFTER: str(shown[-1].uuid)}) if more_after else ""


def _row(line: AccountLine, asked: Asked, current: UUID | None) -> Row:
    person = line.person
    return Row(
        line=line,
        sub=line.sub(with_school=asked.school is None),
        url=f"{reverse('console:users')}{person.uuid}/{asked.query()}",
        current=person.uuid == current,
    )
