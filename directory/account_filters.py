"""What accounts are filtered by, in the console's list and in the API: values that combine."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import models

from accounts.enums import Profile, Source
from accounts.models import User
from core.text import day_of, uuid_of


class AccountState(models.TextChoices):
    """Where an account stands for whoever administers it: the gravest of what is true of it."""

    NEVER_ACTIVATED = "never_activated", "jamais activé"
    ACTIVE = "active", "actif"
    BLOCKED = "blocked", "bloqué"
    ABSENT = "absent", "absent de l’alimentation"
    PRE_DELETED = "pre_deleted", "pré-supprimé"
    DUPLICATE = "duplicate", "en double"


def state_of(person: User, *, blocked: bool) -> AccountState:
    """The state of one account. A duplicate is never said here: it is asked of two."""
    if person.pre_deleted_on is not None:
        return AccountState.PRE_DELETED
    if person.absent_since is not None:
        return AccountState.ABSENT
    if blocked:
        return AccountState.BLOCKED
    return AccountState.ACTIVE if person.activated_at else AccountState.NEVER_ACTIVATED


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountFilters:
    """All of these together; '' , None and False ask nothing. `typed` is a name, or a login; `without_ine` are
    the pupils who await one."""

    typed: str = ""
    profile: Profile | None = None
    school_class: UUID | None = None
    function: str = ""
    source: Source | None = None
    state: AccountState | None = None
    without_class: bool = False
    without_ine: bool = False
    since: date | None = None

    def __bool__(self) -> bool:
        return self != AccountFilters()

    def told(self) -> dict[str, Any]:
        """As JSON, without what asks nothing: for the log, and for a job."""
        told = {
            "typed": self.typed,
            "profile": self.profile and self.profile.value,
            "school_class": self.school_class and str(self.school_class),
            "function": self.function,
            "source": self.source and self.source.value,
            "state": self.state and self.state.value,
            "without_class": self.without_class,
            "without_ine": self.without_ine,
            "since": self.since and self.since.isoformat(),
        }
        return {key: value for key, value in told.items() if value}


def filters_from(values: Mapping[str, str]) -> AccountFilters:
    """From texts, by the names of the fields; a value that means nothing asks nothing."""
    profile, source, state = (values.get(key, "") for key in ("profile", "source", "state"))
    return AccountFilters(
        typed=values.get("typed", "").strip()[:80].replace("\0", ""),
        profile=Profile(profile) if profile in Profile.values else None,
        school_class=uuid_of(values.get("school_class")),
        function=values.get("function", "").strip()[:120].replace("\0", ""),
        source=Source(source) if source in Source.values else None,
        state=AccountState(state) if state in AccountState.values else None,
        without_class=values.get("without_class") in {"1", "true", "True"},
        without_ine=values.get("without_ine") in {"1", "true", "True"},
        since=day_of(values.get("since", "")),
    )
