"""Cards to cut for pupils: a password, or three pictures, shown and printed once.

What a card tells is kept nowhere: the page that shows it hands it back, sealed for an hour in its teacher's
name, to have it drawn.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.core import signing
from django.urls import reverse

from accounts.models import User
from accounts.pictures import Picture
from core import pdf
from directory import class_sheet
from directory.models import ClassSheet, SchoolClass
from ui.drawings import svg_of

type Card = dict[str, Any]

GOOD_FOR = 3600
_SALT = "directory.cards"


def password_cards(pupils: Sequence[User], given: Mapping[int, str]) -> list[Card]:
    """A card for each pupil who was given a password, by name."""
    return [
        {"name": pupil.full_name, "login": pupil.username, "password": given[pupil.pk]}
        for pupil in pupils
        if pupil.pk in given
    ]


def picture_cards(pupils: Sequence[User], given: Mapping[int, Sequence[Picture]]) -> list[Card]:
    """A card for each pupil who was given pictures, by name."""
    return [
        {"name": pupil.full_name, "pictures": [picture.value for picture in given[pupil.pk]]}
        for pupil in pupils
        if pupil.pk in given
    ]


def address_of(sheet: ClassSheet) -> str:
    """What the teacher shows: the whole address of the door."""
    link = class_sheet.printed(class_sheet.link_of(sheet.uuid, sheet.counter))
    return settings.CARTABLE_URL.rstrip("/") + reverse("account:class_door", args=[link])


def seal(by: User, school_class: SchoolClass, cards: list[Card]) -> str:
    """What the page hands back to have its cards drawn."""
    told = [str(by.uuid), str(school_class.uuid), cards]
    return signing.dumps(told, salt=_SALT, compress=True)


def unseal(by: User, school_class: SchoolClass, sealed: str) -> list[Card] | None:
    """The cards, for the teacher to whom they were shown, within the hour; else None."""
    try:
        whose, of_class, cards = signing.loads(sealed, salt=_SALT, max_age=GOOD_FOR)
    except signing.BadSignature:
        return None
    return list(cards) if (whose, of_class) == (str(by.uuid), str(school_class.uuid)) else None


def draw(school_class: SchoolClass, cards: Sequence[Card]) -> bytes:
    """Ten a page, with marks to cut along."""
    used = {name for card in cards for name in card.get("pictures", ())}
    return pdf.draw(
        "directory",
        "cards",
        {
            "school": school_class.school.name,
            "class": school_class.label,
            "site": settings.CARTABLE_URL.removeprefix("https://").rstrip("/"),
            "words": {picture.value: picture.label for picture in Picture},
            "drawings": {name: svg_of(name) for name in used},
            "cards": list(cards),
        },
    )
