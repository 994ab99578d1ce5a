"""What a public blog is called in an address, what may stand in one, who opens it: pure rules."""

import re

from blog.models import ADDRESS_LENGTH
from core.text import fold
from directory.rules import Standpoint

PDF = "application/pdf"
SHORTEST = 3
# The illustrations that come with the product: drawings of ours (`ui/static/ui/icons.svg`), none of anybody.
DRAWINGS = {
    "school": "L’école",
    "house": "La maison",
    "sun": "Le soleil",
    "tree": "L’arbre",
    "apple": "La pomme",
    "ball": "Le ballon",
    "boat": "Le bateau",
    "star": "L’étoile",
    "flower": "La fleur",
    "bird": "L’oiseau",
    "fox": "Le renard",
    "cat": "Le chat",
}
SCHOOL = "school"
# What a picture, a sound, a film is, whatever it is named: its content told so when it came in.
SHOWN_OR_HEARD = ("image/", "audio/", "video/")
# Of a town's name, between its words.
SMALL = frozenset(
    {"à", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "lès", "sous", "sur"}
)

_PLACE = re.compile(r".*/blog/pub/", re.IGNORECASE)


def may_open_public(me: Standpoint) -> bool:
    """Whoever administers a school, alone or with others: it will be the school's."""
    return me.administers_something


def town(city: str) -> str:
    """A town as one writes it, where feeds shout it: « AUBRAY-SUR-CORVANNE »."""
    if not city.isupper():
        return city
    words = re.split(r"([ '’-])", city.lower())
    return "".join(
        word if number and word in SMALL else f"{word[:1].upper()}{word[1:]}"
        for number, word in enumerate(words)
    )


def address_of(text: str) -> str:
    """What somebody typed, or a title, as an address writes it: « Rentrée 2026 » is `rentree-2026`. '' where
    nothing is left of it."""
    words = fold(_PLACE.sub("", text)).split()
    made = ""
    for word in words:
        longer = f"{made}-{word}" if made else word[:ADDRESS_LENGTH]
        if len(longer) > ADDRESS_LENGTH:
            break
        made = longer
    return made


def usable(address: str) -> bool:
    """Long enough to be told on the telephone and not to be another's beginning."""
    return SHORTEST <= len(address) <= ADDRESS_LENGTH and address == address_of(address)


def may_stand(media_type: str) -> bool:
    """Whether a file of this type, told by its content, may be joined to a post that anybody reads."""
    return media_type == PDF


def is_seen_or_heard(media_type: str) -> bool:
    """Whether it is a picture, a sound or a film."""
    return media_type.startswith(SHOWN_OR_HEARD)
