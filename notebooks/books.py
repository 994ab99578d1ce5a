"""Every notebook that someone sees, whatever its kind: the index's list, the API's."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from notebooks.enums import LIAISON_BOOK
from sharing.enums import Role
from sharing.kinds import Kind, all_kinds, cover_of, kind_of
from sharing.models import Resource
from sharing.querysets import visible_to
from sharing.rules import Reach

APP = "notebooks"


@dataclass(frozen=True, slots=True)
class Line:
    """A notebook in a list."""

    resource: Resource
    kind: Kind
    mine: bool

    @property
    def url(self) -> str:
        return self.kind.url(self.resource)

    @property
    def cover(self) -> str:
        return cover_of(self.kind)

    @property
    def role(self) -> str:
        return Role(self.resource.my_role).label  # type: ignore[attr-defined]

    @property
    def sub(self) -> str:
        """« Cahier de textes · de Mme Roy »."""
        owner = self.resource.owner
        whose = "" if self.mine or owner is None else f" · de {owner.full_name}"
        return f"{self.kind.label.capitalize()}{whose}"


def book_kinds(reach: Reach) -> list[Kind]:
    """The kinds of notebook that someone may open: words to relatives are followed by a school's team."""
    kinds = [kind for kind in all_kinds() if kind.app == APP]
    return [kind for kind in kinds if kind.key != LIAISON_BOOK or reach.standpoint.in_team]


def books_visible_to(
    person: User, reach: Reach, kinds: Sequence[Kind] | None = None
) -> QuerySet[Resource, Any]:
    """The notebooks of someone's own lists, those that changed last first; with `my_role`."""
    keys = [kind.key for kind in (book_kinds(reach) if kinds is None else kinds)]
    found = visible_to(person, reach.at_hand).filter(kind__in=keys, trashed_at__isnull=True)
    return found.select_related("owner").order_by("-changed_at", "-pk")


def lines_of(person: User, found: Sequence[Resource]) -> list[Line]:
    return [Line(each, kind_of(each), each.owner_id == person.pk) for each in found]
