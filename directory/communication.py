"""Who may write to whom in a school: the defaults of a primary school, what a school may change of them, and
the bounds that none can move. Pure; `directory.rules` and its twins read what comes of it.

A cell says how far the people of one party reach those of another. Own children and own relatives are in
no cell: nobody takes them away.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from accounts.enums import Profile
from directory.enums import Extent, Party

NOBODY, CLASS, SCHOOL = Extent.NOBODY, Extent.CLASS, Extent.SCHOOL

type Key = tuple[Party, Party]
type Matrix = Mapping[Key, Extent]
type Exceptions = Iterable[tuple[int, Party, Extent]]
type Reached = dict[Party, frozenset[int]]


@dataclass(frozen=True, slots=True)
class Cell:
    """`choices` holds the default and what a school may put instead; `why` says what bounds it."""

    who: Party
    whom: Party
    default: Extent
    choices: tuple[Extent, ...]
    why: str = ""

    @property
    def key(self) -> Key:
        return self.who, self.whom

    @property
    def fixed(self) -> bool:
        return len(self.choices) == 1


_TEAM = "Une équipe travaille ensemble : ses membres se joignent toujours."
_DIRECTION = "La direction reste toujours joignable par les adultes de l’école."
_OWN_PUPILS = "Un enseignant joint toujours les élèves de sa classe et leurs parents."
_OTHERS_CHILDREN = "Un parent ne joint jamais d’autres élèves que ses enfants."
_OTHERS_PARENTS = "Un élève ne joint jamais les parents des autres."
_NO_FURTHER = "Au-delà de la classe, les familles ne se connaissent pas : ouvrez plutôt un groupe (APE)."
_PUPILS_FURTHER = "Un élève ne connait que les élèves de sa classe."
_OUTSIDERS = "Un invité et un élève, ou une famille, se joignent par la direction."
_LOCKED_GUESTS = "Un élève ne joint jamais un invité, qui n’est pas de l’école."

_ROWS: tuple[tuple[Party, tuple[tuple[Party, Extent, tuple[Extent, ...], str], ...]], ...] = (
    (
        Party.TEACHER,
        (
            (Party.DIRECTION, SCHOOL, (SCHOOL,), _DIRECTION),
            (Party.TEACHER, SCHOOL, (SCHOOL,), _TEAM),
            (Party.STAFF, SCHOOL, (SCHOOL,), _TEAM),
            (Party.PUPIL, SCHOOL, (CLASS, SCHOOL), _OWN_PUPILS),
            (Party.RELATIVE, SCHOOL, (CLASS, SCHOOL), _OWN_PUPILS),
            (Party.GUEST, SCHOOL, (NOBODY, SCHOOL), ""),
        ),
    ),
    (
        Party.STAFF,
        (
            (Party.DIRECTION, SCHOOL, (SCHOOL,), _DIRECTION),
            (Party.TEACHER, SCHOOL, (SCHOOL,), _TEAM),
            (Party.STAFF, SCHOOL, (SCHOOL,), _TEAM),
            (Party.PUPIL, SCHOOL, (NOBODY, SCHOOL), ""),
            (Party.RELATIVE, SCHOOL, (NOBODY, SCHOOL), ""),
            (Party.GUEST, SCHOOL, (NOBODY, SCHOOL), ""),
        ),
    ),
    (
        Party.RELATIVE,
        (
            (Party.DIRECTION, SCHOOL, (SCHOOL,), _DIRECTION),
            (Party.TEACHER, CLASS, (NOBODY, CLASS, SCHOOL), ""),
            (Party.STAFF, NOBODY, (NOBODY, SCHOOL), ""),
            (Party.PUPIL, NOBODY, (NOBODY,), _OTHERS_CHILDREN),
            (Party.RELATIVE, NOBODY, (NOBODY, CLASS), _NO_FURTHER),
            (Party.GUEST, NOBODY, (NOBODY, SCHOOL), ""),
        ),
    ),
    (
        Party.PUPIL,
        (
            (Party.DIRECTION, NOBODY, (NOBODY, SCHOOL), ""),
            (Party.TEACHER, CLASS, (NOBODY, CLASS, SCHOOL), ""),
            (Party.STAFF, NOBODY, (NOBODY, SCHOOL), ""),
            (Party.PUPIL, CLASS, (NOBODY, CLASS), _PUPILS_FURTHER),
            (Party.RELATIVE, NOBODY, (NOBODY,), _OTHERS_PARENTS),
            (Party.GUEST, NOBODY, (NOBODY,), _LOCKED_GUESTS),
        ),
    ),
    (
        Party.GUEST,
        (
            (Party.DIRECTION, SCHOOL, (SCHOOL,), _DIRECTION),
            (Party.TEACHER, NOBODY, (NOBODY, SCHOOL), ""),
            (Party.STAFF, NOBODY, (NOBODY, SCHOOL), ""),
            (Party.PUPIL, NOBODY, (NOBODY,), _OUTSIDERS),
            (Party.RELATIVE, NOBODY, (NOBODY,), _OUTSIDERS),
            (Party.GUEST, NOBODY, (NOBODY, SCHOOL), ""),
        ),
    ),
)
CELLS: dict[Key, Cell] = {
    (who, whom): Cell(who, whom, default, choices, why)
    for who, cells in _ROWS
    for whom, default, choices, why in cells
}
WHO = tuple(who for who, _ in _ROWS)
# The cell that a setting of the school has held from the first: `School.relatives_reach_relatives`.
TALKING: Key = (Party.RELATIVE, Party.RELATIVE)


def defaults() -> dict[Key, Extent]:
    """The rules of a school that changed nothing."""
    return {key: cell.default for key, cell in CELLS.items()}


def matrix_with(changes: Matrix) -> dict[Key, Extent]:
    """The defaults, with what a school put instead where its bounds allow it."""
    return defaults() | {key: extent for key, extent in changes.items() if allowed(key, extent)}


def allowed(key: Key, extent: Extent) -> bool:
    """Whether a school may give a cell this extent."""
    return key in CELLS and extent in CELLS[key].choices


def reached_within(
    *,
    profile: Profile,
    schools: Iterable[int],
    direction_of: Iterable[int],
    classes: Iterable[tuple[int, int]],
    exceptions: Exceptions,
) -> tuple[Reached, Reached]:
    """What the rules of their schools give someone, party by party: the classes of theirs in which they
    reach it, and the schools in which they reach all of it.

    `classes` are pairs (class, its school); `direction_of` the schools of which they may reach the
    direction, a few more than `schools`; `exceptions` are what those schools changed for their profile.
    """
    who = Party(profile)
    changed = {(school, whom): extent for school, whom, extent in exceptions}

    def extent_in(school: int, whom: Party) -> Extent:
        put = changed.get((school, whom))
        return put if put is not None and allowed((who, whom), put) else CELLS[who, whom].default

    own, directions, pairs = frozenset(schools), frozenset(direction_of), tuple(classes)
    near: Reached = {}
    wide: Reached = {}
    for whom in Party:
        places = directions if whom == Party.DIRECTION else own
        near[whom] = frozenset(key for key, school in pairs if extent_in(school, whom) == CLASS)
        wide[whom] = frozenset(school for school in places if extent_in(school, whom) == SCHOOL)
    return near, wide
