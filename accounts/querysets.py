"""People by the thousand: the twins of `rules.py`."""

from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db import models
from django.db.models import F, Func, Q

if TYPE_CHECKING:
    from accounts.models import User  # noqa: F401 (named below, as text)


# The words that a person is found by: an index holds them (`accounts_words`, migration 0004).
NAME_WORDS = Func(F("sort_name"), F("username"), function="accounts_words", output_field=SearchVectorField())


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

    def bearing(self, choices: list[list[str]]) -> Self:
        """Whose names or login hold, for each list of folded words, a word that begins as one of them.

        Compound names joined fit too, by the login. Read from an index: for a million people.
        """
        asked = " & ".join("(" + " | ".join(f"{word}:*" for word in words) + ")" for words in choices)
        return self.alias(name_words=NAME_WORDS).filter(
            name_words=SearchQuery(asked, config="simple", search_type="raw")
        )

    def named_or_known_like(self, words: list[str]) -> Self:
        """`named_like`, or whose login holds a part that begins so; for the few people of some schools."""
        found = self
        for word in words:
            found = found.filter(
                Q(sort_name__startswith=word)
                | Q(sort_name__contains=f" {word}")
                | Q(username__startswith=word)
                | Q(username__contains=f".{word}")
            )
        return found


PersonManager = models.Manager.from_queryset(UserQuerySet)


class Persons(PersonManager):
    """Persons, each once: an account that another has absorbed is nobody of its own, listed and reached
    nowhere."""

    def get_queryset(self) -> UserQuerySet:
        found: UserQuerySet = super().get_queryset()
        return found.filter(merged_into__isnull=True)
