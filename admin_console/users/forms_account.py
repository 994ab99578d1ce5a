"""Forms of an account made by hand, of a block, of a word on a tie. Rules are the services'."""

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from accounts.enums import Profile
from accounts.models import User
from accounts.rules import EMAIL_LENGTH
from core import clock
from directory.administered_card import classes_offered
from directory.enums import TieLimit
from directory.models import SchoolClass
from directory.querysets.pupils import pupils_by_class
from schools.models import School

CIVILITIES = [("", "Non précisée"), ("Mme", "Mme"), ("M.", "M.")]
PROFILES = {
    "enseignant": Profile.TEACHER,
    "personnel": Profile.STAFF,
    "parent": Profile.RELATIVE,
    "eleve": Profile.PUPIL,
    "invite": Profile.GUEST,
}
_DATE = {"type": "date", "autocomplete": "off"}
_NAME = {"autocomplete": "off", "spellcheck": "false"}


def date_field(label: str, *, required: bool, help_text: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs=_DATE, format="%Y-%m-%d"),
        error_messages={
            "required": "Donnez cette date.",
            "invalid": "Cette date n’existe pas : jour, mois, année.",
        },
    )


def _name(label: str, missing: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=120,
        widget=forms.TextInput(attrs=_NAME),
        error_messages={"required": missing},
    )


class EditForm(forms.Form):
    """Who someone is; what does not go with their profile is not asked."""

    first_name = _name("Prénom", "Écrivez le prénom.")
    last_name = _name("Nom", "Écrivez le nom.")
    civility = forms.ChoiceField(label="Civilité", required=False, choices=CIVILITIES)
    birth_date = date_field("Date de naissance", required=False)
    email = forms.EmailField(
        label="Courriel",
        required=False,
        max_length=EMAIL_LENGTH,
        help_text="Celui de l’école ; chacun peut en choisir un autre dans son compte.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"invalid": "Cette adresse n’est pas complète."},
    )
    mobile_phone = forms.CharField(
        label="Téléphone",
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, profile: Profile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if profile == Profile.PUPIL:
            for name in ("civility", "email", "mobile_phone"):
                del self.fields[name]
            self.fields["birth_date"].required = True
        elif profile == Profile.RELATIVE:
            del self.fields["birth_date"]

    def clean_birth_date(self) -> date | None:
        given: date | None = self.cleaned_data["birth_date"]
        if given is not None and not date(1900, 1, 1) <= given <= clock.today():
            raise forms.ValidationError("Cette date de naissance n’est pas possible.")
        return given


class CreateForm(EditForm):
    """A new account of a school: a function for the team and guests, a class for a pupil, children for a
    relative."""

    function = forms.CharField(
        label="Fonction",
        required=False,
        max_length=120,
        help_text="Par exemple : remplaçante, ATSEM, animateur du périscolaire.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, profile: Profile, school: School, **kwargs: Any) -> None:
        super().__init__(*args, profile=profile, **kwargs)
        del self.fields["mobile_phone" if "mobile_phone" in self.fields else "function"]
        self._people: dict[str, User] = {}
        self._classes: dict[str, SchoolClass] = {}
        if profile in {Profile.PUPIL, Profile.RELATIVE}:
            self.fields.pop("function", None)
        if profile == Profile.PUPIL:
            self._classes = {str(each.uuid): each for each in classes_offered([school])}
            self.fields["school_class"] = forms.ChoiceField(
                label="Classe",
                required=False,
                choices=[("", "Pas encore de classe"), *((key, c.label) for key, c in self._classes.items())],
                help_text="Si l’élève arrive ensuite par ONDE, un administrateur réunira les deux comptes.",
            )
        if profile == Profile.RELATIVE:
            choices = self._pupils(school)
            self.fields["child"] = _child_field("Enfant", choices, required=True)
            self.fields["other_child"] = _child_field("Autre enfant", choices, required=False)

    def said(self) -> dict[str, Any]:
        """What the service takes, once the form is valid."""
        given = dict(self.cleaned_data)
        named = [given.pop(name, "") for name in ("child", "other_child")]
        chosen = given.pop("school_class", "")
        children = {key: self._people[key] for key in named if key}
        return given | {"children": list(children.values()), "school_class": self._classes.get(chosen)}

    def _pupils(self, school: School) -> list[Any]:
        """By class, those awaited by one last."""
        grouped: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for pupil, label in pupils_by_class(school):
            self._people[str(pupil.uuid)] = pupil
            grouped[label or "Sans classe"].append((str(pupil.uuid), f"{pupil.last_name} {pupil.first_name}"))
        return [("", "Choisir un élève…"), *grouped.items()]


def _child_field(label: str, choices: list[Any], *, required: bool) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        required=required,
        choices=choices,
        error_messages={
            "required": "Choisissez l’enfant de ce parent.",
            "invalid_choice": "Choisissez un élève de la liste.",
        },
    )


class BlockForm(forms.Form):
    """A person's block: its end, its reason, what they will read."""

    until = date_field(
        "Jusqu’au",
        required=False,
        help_text="Ce jour compris. Sans date, le blocage dure jusqu’à ce que vous débloquiez.",
    )
    reason = forms.CharField(
        label="Motif",
        required=False,
        max_length=500,
        help_text="Pour les administrateurs ; la personne ne le voit pas.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    message = forms.CharField(
        label="Message à la connexion",
        required=False,
        max_length=500,
        help_text="La personne le lit quand elle essaie d’entrer.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean_until(self) -> datetime | None:
        """The end of that day, in the school's time."""
        day: date | None = self.cleaned_data["until"]
        if day is None:
            return None
        if day < clock.today():
            raise forms.ValidationError("Ce jour est passé.")
        return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


class TieForm(forms.Form):
    """The direction's decision on a tie, and why."""

    limit = forms.ChoiceField(
        label="Décision",
        choices=[
            (TieLimit.LIMITED, "Limiter : ni contenus de la classe, ni fiche de l’élève, ni courriers"),
            (TieLimit.ENDED, "Terminer : ce parent ne voit plus cet élève"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une décision."},
    )
    reason = forms.CharField(
        label="Motif",
        required=False,
        max_length=500,
        help_text="Par exemple la date d’un jugement. Seuls les administrateurs le lisent.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
