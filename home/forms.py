"""What an administrator types of a notice. Rules are the services'."""

from datetime import date, timedelta
from typing import Any

from django import forms

from accounts.enums import Profile
from core import clock
from directory.models import SchoolClass
from home.enums import Weight
from home.lines import PROFILES, WORDS
from home.models import TITLE_LENGTH, Notice
from home.querysets import classes_of, classes_offered
from home.services.notices import Words
from schools.models import School
from ui import rich_text

LASTS = timedelta(days=14)


def _day_field(label: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={
            "invalid": "Écrivez une date, par exemple 01/09/2026.",
            "required": "Choisissez une date.",
        },
    )


class NoticeForm(forms.Form):
    """`body` and `plain` are what the editor shows: it is drawn by hand, beside the form."""

    title = forms.CharField(
        label="Titre", max_length=TITLE_LENGTH, error_messages={"required": "Donnez-lui un titre."}
    )
    profiles = forms.MultipleChoiceField(
        label="Pour qui",
        error_messages={"required": "Cochez au moins un profil."},
        choices=[(each.value, WORDS[each].capitalize()) for each in PROFILES],
        widget=forms.CheckboxSelectMultiple,
    )
    classes = forms.ModelMultipleChoiceField(
        label="Dans quelles classes",
        required=False,
        queryset=SchoolClass.objects.none(),
        to_field_name="uuid",
        widget=forms.CheckboxSelectMultiple,
        help_text="Sans choix, toute l’école. Les personnels et les invités n’ont pas de classe\u00a0: "
        "cochés plus haut, ils la lisent de toute façon.",
    )
    starts_on = _day_field("Affichée à partir du")
    ends_on = _day_field("Jusqu’au")
    important = forms.BooleanField(label="Importante\u00a0: elle reste en haut de l’accueil", required=False)
    asks = forms.BooleanField(
        label="Demander aux parents de confirmer qu’ils l’ont lue («\u00a0J’ai lu\u00a0»)", required=False
    )

    def __init__(self, *args: Any, school: School, notice: Notice | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("initial", _of(notice) if notice else _new())
        super().__init__(*args, **kwargs)
        field = self.fields["classes"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = classes_offered(school)
        field.label_from_instance = lambda each: each.label  # type: ignore[method-assign]
        if not field.queryset:
            del self.fields["classes"]

    def clean_profiles(self) -> list[Profile]:
        return [Profile(value) for value in self.cleaned_data["profiles"]]

    @property
    def html(self) -> str:
        """What the editor sent, as HTML."""
        text = str(self.data.get("texte", ""))
        return text if self.data.get("format") == "html" else rich_text.of_plain(text)

    def words(self) -> Words:
        """What the services take, once the form is valid."""
        told = self.cleaned_data
        return Words(
            title=told["title"],
            body=self.html,
            profiles=told["profiles"],
            classes=list(told.get("classes", [])),
            starts_on=told["starts_on"],
            ends_on=told["ends_on"],
            weight=Weight.IMPORTANT if told["important"] else Weight.NORMAL,
            asks=told["asks"],
        )


def _new() -> dict[str, Any]:
    today: date = clock.today()
    return {"profiles": [Profile.RELATIVE.value], "starts_on": today, "ends_on": today + LASTS}


def _of(notice: Notice) -> dict[str, Any]:
    return {
        "title": notice.title,
        "profiles": notice.profiles,
        "classes": [each.uuid for each in classes_of([notice]).get(notice.pk, [])],
        "starts_on": notice.starts_on,
        "ends_on": notice.ends_on,
        "important": notice.weight == Weight.IMPORTANT,
        "asks": notice.asks,
    }
