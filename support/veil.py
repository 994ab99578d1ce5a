"""What a higher level reads where the names of families are not shown to it.

Names are those of the families of the request's school, and of whoever asks: a full name however it is typed, a
first name or a name alone where it bears a capital. Addresses and telephone numbers go with them. It hides too
much rather than too little: « Rose » is hidden where a pupil bears it.
"""

import re
from collections.abc import Iterable
from html import escape, unescape

from accounts.enums import Profile
from accounts.models import User
from core.text import fold
from directory.models import Attachment, Guardianship
from support.models import Ticket

HIDDEN = "[masqué]"
# Shorter, it is a particle or an initial: « de », « la », « L ».
SHORTEST = 3
FAMILIES = frozenset({Profile.PUPIL, Profile.RELATIVE})

_TAG = re.compile(r"<[^>]*>")
_LINK = re.compile(r'<a\b[^>]*href="(?:mailto|tel):[^"]*"[^>]*>', re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_TELEPHONE = re.compile(r"(?<!\d)(?:\+33|0033|0)[\s.\u00a0-]*[1-9](?:[\s.\u00a0-]*\d{2}){4}(?!\d)")
_SEVERAL = re.compile(rf"{re.escape(HIDDEN)}(?:[\s\u00a0'’-]*{re.escape(HIDDEN)})+")


def names_of(ticket: Ticket) -> frozenset[str]:
    """The words of which the names of its families are made, folded. Three queries at most."""
    people: list[tuple[str, str, str]] = []
    if ticket.school_id is not None:
        there = Attachment.objects.filter(
            school=ticket.school_id, profile=Profile.PUPIL, ended_on__isnull=True
        )
        ties = Guardianship.objects.filter(pupil__in=there.values("person"), ended_on__isnull=True)
        keys = there.order_by().values("person").union(ties.order_by().values("relative"))
        people += User.everyone.filter(pk__in=keys).values_list("first_name", "last_name", "birth_name")
    if ticket.author is not None and ticket.author_profile in FAMILIES:
        people.append((ticket.author.first_name, ticket.author.last_name, ticket.author.birth_name))
        children = Guardianship.objects.filter(relative=ticket.author, ended_on__isnull=True)
        named = User.everyone.filter(pk__in=children.values("pupil"))
        people += named.values_list("first_name", "last_name", "birth_name")
    return words_of(name for names in people for name in names)


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
