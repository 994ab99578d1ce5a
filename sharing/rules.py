"""Who may do what with a resource: pure rules. Their twins, for thousands, are in `sharing.querysets`."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from directory.rules import Standpoint, administers_place
from sharing.enums import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What of the shared someone reaches by: themself, the groups they are in now (primary keys), the
    schools that they administer (in `standpoint`). Nobody pre-deleted is `present`."""

    person: int
    groups: frozenset[int]
    standpoint: Standpoint
    present: bool = True

    @property
    def at_hand(self) -> "Reach":
        """The same for one's own lists: what belongs to a school that one administers from above (its district, its
        academy, the platform) is in none of them, unless it is shared with them. The school tells it
        (`left_to_school`)."""
        nothing: frozenset[int] = frozenset()
        near = replace(
            self.standpoint, administered_districts=nothing, administered_academies=nothing, platform=False
        )
        return replace(self, standpoint=near)


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """Whose a resource is: a person's, or a school's (then with its district and academy)."""

    person: int | None = None
    school: int | None = None
    district: int | None = None
    academy: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A grant, as the rule reads it."""

    role: Role
    person: int | None = None
    group: int | None = None


class Act(StrEnum):
    """What one does with a resource."""

    OPEN = "open"
    COMMENT = "comment"
    ADD = "add"
    EDIT = "edit"
    REREAD = "reread"
    RENAME = "rename"
    SHARE = "share"
    MOVE = "move"


# The lowest role that allows each act. To trash is the owner's alone: `owns`.
NEEDS: dict[Act, Role] = {
    Act.OPEN: Role.READ,
    Act.COMMENT: Role.COMMENT,
    Act.ADD: Role.CONTRIBUTE,
    Act.EDIT: Role.CONTRIBUTE,
    # What was replaced may have been so for a reason: its former states are for those who write.
    Act.REREAD: Role.CONTRIBUTE,
    Act.RENAME: Role.MANAGE,
    Act.SHARE: Role.MANAGE,
    Act.MOVE: Role.MANAGE,
}


def may(role: Role | int | None, act: Act) -> bool:
    """Whether this role, or none, allows an act."""
    return role is not None and role >= NEEDS[act]


def owns(reach: Reach, owner: Owner) -> bool:
    """Whether it is this person's, or of a school that they administer."""
    if owner.person is not None:
        return owner.person == reach.person
    return administers_place(
        reach.standpoint, school=owner.school, district=owner.district, academy=owner.academy
    )


def role_of(
    reach: Reach,
    owner: Owner,
    grants: Iterable[Given],
    *,
    above: Iterable[Owner] = (),
    trashed: bool = False,
) -> Role | None:
    """The highest role of someone on a resource; None when it does not exist for them.

    Its owner always manages, in the trash too, where nobody else sees it. `grants` are those on the
    resource and on the folders above it, `above` these folders' owners: rights flow down.
    """
    if not reach.present:
        return None
    if owns(reach, owner):
        return Role.MANAGE
    if trashed:
        return None
    if any(owns(reach, each) for each in above):
        return Role.MANAGE
    held = [g.role for g in grants if g.person == reach.person or g.group in reach.groups]
    return Role(max(held)) if held else None
