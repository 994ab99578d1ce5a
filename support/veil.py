"""What a higher level reads where the names of families are not shown to it.

Names are those of the families of the request's school, and of whoever asks: a full name however it is typed, a
first name or a name alone where it bears a capital. Addresses and telephone numbers go with them. It hides too
much rather than too little: « Rose » is hidden where a pupil bears it.
"""

import re
from collections.abc import Iterable
from html import escape, unescape

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q

from accounts.enums import Profile
from accounts.models import User
from accounts.querysets import NAME_WORDS
from core.text import fold
from directory.models import Attachment, Guardianship
from support.models import Ticket

HIDDEN = "[masqué]"
# Shorter, it is a particle or an initial: « de », « la », « L ».
SHORTEST = 3
# Of a text that names whoever it likes: the words looked at, the people found by them.
MOST_WORDS, MOST_PEOPLE = 200, 20_000
FAMILIES = frozenset({Profile.PUPIL, Profile.RELATIVE})

_TAG = re.compile(r"<[^>]*>")
_LINK = re.compile(r'<a\b[^>]*href="(?:mailto|tel):[^"]*"[^>]*>', re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_TELEPHONE = re.compile(r"(?<!\d)(?:\+33|0033|0)[\s.\u00a0-]*[1-9](?:[\s.\u00a0-]*\d{2}){4}(?!\d)")
_SEVERAL = re.compile(rf"{re.escape(HIDDEN)}(?:[\s\u00a0'’-]*{re.escape(HIDDEN)})+")


def names_of(ticket: Ticket, texts: Iterable[str] = ()) -> frozenset[str]:
    """The words of which the names of its families are made, folded: of its school, or of its district; of wider
    places, of those whom `texts` name in full. Three queries at most."""
    people: list[tuple[str, str, str]] = []
    if ticket.school_id is not None or ticket.district_id is not None:
        place = Q(school=ticket.school_id) if ticket.school_id else Q(school__district=ticket.district_id)
        there = Attachment.objects.filter(place, profile=Profile.PUPIL, ended_on__isnull=True)
        ties = Guardianship.objects.filter(pupil__in=there.values("person"), ended_on__isnull=True)
        keys = there.order_by().values("person").union(ties.order_by().values("relative"))
        people += User.everyone.filter(pk__in=keys).values_list("first_name", "last_name", "birth_name")
    else:
        people += _named_in(texts)
    if ticket.author is not None and ticket.author_profile in FAMILIES:
        people.append((ticket.author.first_name, ticket.author.last_name, ticket.author.birth_name))
        children = Guardianship.objects.filter(relative=ticket.author, ended_on__isnull=True)
        named = User.everyone.filter(pk__in=children.values("pupil"))
        people += named.values_list("first_name", "last_name", "birth_name")
    return words_of(name for names in people for name in names)


def _named_in(texts: Iterable[str]) -> list[tuple[str, str, str]]:
    """Pupils and relatives whose first name and name are both in these texts. A query, of an index."""
    said = {fold(word[0]) for text in texts for word in _WORD.finditer(text) if word[0][0].isupper()}
    words = sorted(word for word in said if len(word) >= SHORTEST and word.isalnum())[:MOST_WORDS]
    if not words:
        return []
    asked = SearchQuery(" | ".join(words), config="simple", search_type="raw")
    rows = User.everyone.alias(name_words=NAME_WORDS).filter(name_words=asked, profile__in=FAMILIES)
    found = rows.values_list("first_name", "last_name", "birth_name")[:MOST_PEOPLE]
    return [each for each in found if set(words_of(each[:1])) & said and set(words_of(each[1:])) & said]


def words_of(names: Iterable[str]) -> frozenset[str]:
    """The words of names, folded, but for particles."""
    return frozenset(word for name in names for word in fold(name).split() if len(word) >= SHORTEST)


def veiled(text: str, names: frozenset[str]) -> str:
    """A plain text without these names."""
    text = _TELEPHONE.sub(HIDDEN, _ADDRESS.sub(HIDDEN, text))
    words = list(_WORD.finditer(text))
    named = [fold(word[0]) in names for word in words]
    parts, end = [], 0
    for n, word in enumerate(words):
        beside = (n > 0 and named[n - 1]) or (n + 1 < len(words) and named[n + 1])
        if named[n] and (beside or word[0][0].isupper()):
            parts += [text[end : word.start()], HIDDEN]
            end = word.end()
    return _SEVERAL.sub(HIDDEN, "".join(parts) + text[end:])


def veiled_html(html: str, names: frozenset[str]) -> str:
    """Cleaned HTML without these names; addresses lead nowhere, pictures are not shown."""
    html = re.sub(r"<img\b[^>]*>", escape("[image masquée]"), html)
    parts, end = [], 0
    for tag in _TAG.finditer(html):
        parts += [_told(html[end : tag.start()], names), "<a>" if _LINK.match(tag[0]) else tag[0]]
        end = tag.end()
    return "".join(parts) + _told(html[end:], names)


def _told(text: str, names: frozenset[str]) -> str:
    return escape(veiled(unescape(text), names), quote=False) if text.strip() else text
