"""What the share panel and the lists send: recipients by their keys, a role, a name."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import User
from core.text import uuid_of
from directory.annuaire.viewer import Viewer
from directory.models import Favourite, Group
from directory.querysets import favourites_of
from directory.querysets.addressable import groups_addressable_from
from sharing.enums import Role

PERSON, GROUP, FAVOURITE = "person", "group", "favourite"
# What one form may name; the rest is for a group or a favourite.
MOST = 200


@dataclass(slots=True)
class Recipients:
    """Whom a form names, found within the reach of whoever sends it."""

    persons: list[User] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    favourites: list[Favourite] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.persons) + len(self.groups) + len(self.favourites)


class RecipientsField(forms.Field):
    """Keys `person:<uuid>`, `group:<uuid>`, `favourite:<uuid>`; cleans to pairs (kind, UUID), each once."""

    widget = forms.MultipleHiddenInput
    default_error_messages = {
        "required": "Choisissez une personne, un groupe ou un favori.",
        "unknown": "Un des destinataires choisis n’existe pas.",
        "many": f"Choisissez au plus {MOST} destinataires à la fois ; au-delà, partagez avec un groupe.",
    }

    def __init__(self, *, kinds: tuple[str, ...] = (PERSON, GROUP, FAVOURITE), **rest: Any) -> None:
        super().__init__(**rest)
        self.kinds = kinds

    def to_python(self, value: list[str] | None) -> list[tuple[str, UUID]]:
        if value and len(value) > MOST:
            raise ValidationError(self.error_messages["many"])
        return list(dict.fromkeys(map(self._pair, value or [])))

    def _pair(self, key: str) -> tuple[str, UUID]:
        kind, _, text = key.partition(":")
        uuid = uuid_of(text)
        if kind not in self.kinds or uuid is None:
            raise ValidationError(self.error_messages["unknown"])
        return kind, uuid


class RoleField(forms.TypedChoiceField):
    """One of the four roles."""

    def __init__(self, **rest: Any) -> None:
        super().__init__(
            choices=Role.choices,
            coerce=lambda value: Role(int(value)),
            error_messages={
                "required": "Choisissez un droit.",
                "invalid_choice": "Ce droit n’existe pas.",
            },
            **rest,
        )


class _Reaching(forms.Form):
    """A form that names recipients, seen from whoever sends it."""

    def __init__(self, *given: Any, viewer: Viewer, **rest: Any) -> None:
        super().__init__(*given, **rest)
        self.viewer = viewer

    def clean_recipient(self) -> Recipients:
        """Finds them by the gates; who is out of reach does not exist."""
        found = Recipients()
        by_kind: dict[str, list[UUID]] = {PERSON: [], GROUP: [], FAVOURITE: []}
        for kind, uuid in self.cleaned_data["recipient"]:
            by_kind[kind].append(uuid)
        me = self.viewer.person
        if by_kind[PERSON]:
            found.persons = list(self.viewer.people.filter(uuid__in=by_kind[PERSON]))
        if by_kind[GROUP]:
            groups = groups_addressable_from(self.viewer.standpoint).filter(uuid__in=by_kind[GROUP])
            found.groups = list(groups.select_related("school", "school_class"))
        if by_kind[FAVOURITE]:
            found.favourites = list(favourites_of(me).filter(uuid__in=by_kind[FAVOURITE]))
        if found.count != sum(map(len, by_kind.values())):
            raise ValidationError(
                "Un des destinataires choisis ne peut pas être joint d’ici. Cherchez-le de nouveau."
            )
        return found


class ShareForm(_Reaching):
    """Recipients, and what they may do."""

    recipient = RecipientsField()
    role = RoleField()


class OnePersonForm(_Reaching):
    """Somebody to confide or to cede a thing to."""

    recipient = RecipientsField(
        kinds=(PERSON,),
        error_messages={"required": "Choisissez une personne.", "unknown": "Choisissez une personne."},
    )

    def clean_recipient(self) -> Recipients:
        found = super().clean_recipient()
        if len(found.persons) != 1:
            raise ValidationError("Choisissez une seule personne.")
        return found


class LineForm(forms.Form):
    """A line of the panel: a recipient who is there already, as a pair (kind, UUID)."""

    recipient = RecipientsField()

    def clean_recipient(self) -> tuple[str, UUID]:
        pairs = self.cleaned_data["recipient"]
        if len(pairs) != 1:
            raise ValidationError("Choisissez une seule ligne.")
        pair: tuple[str, UUID] = pairs[0]
        return pair


class LineRoleForm(LineForm):
    """A line, and its new role."""

    role = RoleField()


class FavouriteForm(forms.Form):
    """The name under which the recipients are kept."""

    name = forms.CharField(
        label="Nom du favori",
        max_length=120,
        error_messages={
            "required": "Donnez un nom au favori.",
            "max_length": "Ce nom est trop long : 120 caractères au plus.",
        },
    )


class RoleForm(forms.Form):
    """A role alone, for several things at once."""

    role = RoleField()
