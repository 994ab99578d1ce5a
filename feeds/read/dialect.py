"""How one format of AAF says what every format says: its attributes' names and its composite values.

The envelope, the files and what becomes of a record are the same for all (`feeds.read.aaf`): a format is a
table beside the others.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from feeds.read.rows import Kind, Row

#: Per kind: attribute → our field, `*` when its values are many, '' when it is known and not used.
type Attributes = Mapping[Kind, dict[str, str]]
#: The relative's key, the kind of tie, then legal, contact and payer.
type TieParts = tuple[str, int | None, bool | None, bool | None, bool | None]


@dataclass(frozen=True, slots=True)
class Dialect:
    """`class_value` reads (school key, starts, ends, class key, label); it answers how many parts a value has
    that should have `class_parts`, None for an unusable one. `level` answers None for a level unknown.

    `tool` is where a record is put right, `structure` what a structure is called, `kind` what it is when nothing
    says; `groups` names the attribute of groups. `heads_by_function`: whoever has the function DIR in a school
    heads it.
    """

    name: str
    attributes: Attributes
    class_value: Callable[[str], Row | int | None]
    class_parts: str
    tie: Callable[[str], TieParts]
    level: Callable[[str], str | None]
    groups: str
    tool: str
    structure: str
    kind: str = ""
    heads_by_function: bool = False


def tie_kind(text: str) -> int | None:
    """The code of a kind of tie; None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else None
