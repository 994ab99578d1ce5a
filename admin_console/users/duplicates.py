"""Pages of duplicates: pairs in words, two accounts side by side, merges done."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from accounts.models import Merge, User
from admin_console.access import standpoint
from admin_console.place import PARAMETER, place_of
from core import clock
from core.text import uuid_of
from directory.duplicate_facts import Facts, facts_of
from directory.duplicates import Alike, Reason, kept_first, reasons
from directory.querysets.accounts import position_of
from directory.querysets.duplicates import children_of, look_for_duplicates, pairs_of
from ui.french import counted, day_year, listed, when

PAGE = 25
FROM = "a_partir"
# Rows by table, as people call them; the rest is of no weight to whoever decides.
HELD = {
    "sharing.Resource": ("contenu créé", "contenus créés"),
    "sharing.Grant": ("partage reçu", "partages reçus"),
    "documents.Comment": ("commentaire", "commentaires"),
    "documents.Star": ("document marqué", "documents marqués"),
    "directory.Attachment": ("rattachement à une école", "rattachements à des écoles"),
    "directory.ClassAttachment": ("rattachement à une classe", "rattachements à des classes"),
    "directory.Guardianship": ("lien de famille", "liens de famille"),
    "directory.Membership": ("groupe manuel", "groupes manuels"),
    "directory.Favourite": ("favori de partage", "favoris de partage"),
    "directory.Administrator": ("droit d’administration", "droits d’administration"),
    "directory.Block": ("blocage", "blocages"),
}


@dataclass(frozen=True, slots=True)
class PairLine:
    """A pair of the list."""

    url: str
    first: User
    second: User
    reasons: str


@dataclass(frozen=True, slots=True)
class Side:
    """One of two accounts, in words: rows of (word, value), what it has."""

    person: User
    rows: list[tuple[str, str]]
    held: list[str]
    kept: bool


@dataclass(frozen=True, slots=True)
class MergeLine:
    """A merge done."""

    merge: Merge
    moved: str
    by: str
    undo_url: str


def page_of(request: HttpRequest) -> dict[str, Any]:
    """A page of pairs, in the order of names; where the next begins. `left`: the first person not yet
    compared, where the page stopped before it was full."""
    me, place = standpoint(request), place_of(request)
    key = uuid_of(request.GET.get(FROM, ""))
    stands = position_of(me, place.school, key) if key else None
    looked = look_for_duplicates(me, place.school, stands, page=PAGE)
    lines = [_line(pair, place.query) for pair in pairs_of(looked.firsts, me, place.school)]
    later = f"?{FROM}={looked.next.uuid}" if looked.next else ""
    if later and place.query:
        later += f"&{PARAMETER}={place.school.uuid}" if place.school else ""
    left = looked.next if len(looked.firsts) < PAGE else None
    return {"lines": lines, "later_url": later, "first_page": stands is None, "left": left}


def sides_of(one: User, other: User, *, keep: UUID | None = None) -> list[Side]:
    """The two side by side; the one to keep is chosen, else proposed."""
    kept = next((each for each in (one, other) if each.uuid == keep), kept_first(one, other)[0])
    return [_side(facts, kept=facts.person == kept) for facts in facts_of([one, other])]


def reasons_of(one: User, other: User) -> list[str]:
    """Why the two look like one person's, in words."""
    children = children_of([one, other])
    found = reasons(one, other, children=children[one.pk], others=children[other.pk])
    return [str(Reason(each).label) for each in found]


def merge_lines(merges: list[Merge]) -> list[MergeLine]:
    """Merges in words, with who made them. A query."""
    authors = User.everyone.filter(uuid__in={merge.by for merge in merges if merge.by}).names()
    return [
        MergeLine(
            merge=merge,
            moved=listed(held_words(merge.figures)),
            by=authors.get(merge.by, "l’exploitation") if merge.by else "l’exploitation",
            undo_url=reverse("console:merge_undo", args=[merge.uuid]),
        )
        for merge in merges
    ]


def held_words(figures: Mapping[str, int]) -> list[str]:
    """« 12 contenus créés », « 3 groupes manuels »; what has no word is left out."""
    return [counted(figures[table], *words) for table, words in HELD.items() if figures.get(table)]


def pair_url(one: User, other: User) -> str:
    return reverse("console:duplicate", args=[one.uuid, other.uuid])


def _line(pair: Alike, query: str) -> PairLine:
    words = listed([str(reason.label) for reason in pair.reasons])
    return PairLine(pair_url(pair.first, pair.second) + query, pair.first, pair.second, words)


def _side(facts: Facts, *, kept: bool) -> Side:
    person = facts.person
    now = clock.now()
    state = f"activé {when(person.activated_at, now=now)}" if person.activated_at else "jamais activé"
    rows = [
        ("Identifiant", person.username),
        ("Source", person.get_source_display()),
        ("État", f"{state}, absent de l’alimentation" if person.absent_since else state),
        ("Dernière connexion", when(person.last_login, now=now) if person.last_login else "jamais"),
        ("Date de naissance", day_year(person.birth_date) if person.birth_date else ""),
        ("INE", person.ine),
        ("Courriel", person.contact_email),
        ("Portable", person.mobile_phone),
        ("Écoles", listed(facts.schools)),
        ("Classes", listed(facts.classes)),
        ("Famille", listed(facts.family)),
        ("Groupes manuels", listed(facts.groups)),
        ("Administre", listed(facts.rights)),
    ]
    return Side(person, [row for row in rows if row[1]], held_words(facts.held), kept)
