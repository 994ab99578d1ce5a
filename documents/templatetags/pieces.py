"""Files joined to a thing, sorted by how a page shows them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import template

from documents import pieces
from documents.pieces import Piece

register = template.Library()


@dataclass(frozen=True, slots=True)
class Shown:
    """`players` are sounds and films; `files` what one downloads."""

    pictures: list[Piece]
    players: list[Piece]
    files: list[Piece]


@register.filter
def apart(joined: Sequence[Piece]) -> Shown:
    """Those that the text does not show."""
    left = pieces.apart(joined)
    players = {"audio", "video"}
    return Shown(
        [each for each in left if each.preview == "image"],
        [each for each in left if each.preview in players],
        [each for each in left if each.preview not in {"image", *players}],
    )
