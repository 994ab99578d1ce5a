"""People by the thousand: the twins of `rules.py`."""

from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from accounts.models import User  # noqa: F401 (named below, as text)


class UserQuerySet(models.QuerySet["User"]):
    """Persons, by where their account stands."""

    def present(self) -> Self:
        """All but the pre-deleted, whom only the console's filter shows."""
        return self.filter(pre_deleted_on__isnull=True)

    def names(self) -> dict[UUID, str]:
        """The full name of each, by UUID. A query."""
        return {person.uuid: person.full_name for person in self}

    def named_like(self, words: list[str]) -> Self:
        """Whose folded name holds, for each folded word, a word that begins so."""
        found = self
        for word in words:
            found = found.filter(Q(sort_name__startswith=word) | Q(sort_name__contains=f" {word}"))
        return found
