"""What one types of a cahier de textes. Rules are the services'."""

from datetime import date
from typing import Any

from django import forms

from directory.models import SchoolClass
from notebooks import homework_rules as rules
from notebooks.models import HomeworkEntry
from notebooks.models.homework import MOST_MINUTES, SUBJECT_LENGTH, TITLE_LENGTH
from notebooks.services.homework_entries import Words
from ui import rich_text


class ClassChoice(forms.ModelChoiceField):
    """A class by its label; with its school, where there are several."""

    def __init__(self, classes: list[SchoolClass], **kwargs: Any) -> None:
        self.several = len({each.school_id for each in classes}) > 1
        super().__init__(
            SchoolClass.objects.filter(pk__in=[each.pk for each in classes]).select_related("school"),
            to_field_name="uuid",
            **kwargs,
        )

    def label_from_instance(self, obj: SchoolClass) -> str:
        return f"{obj.label} ({obj.school.name})" if self.several else obj.label


def day_field(label: str, **kwargs: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={
            "invalid": "Écrivez une date, par exemple 01/09/2026.",
            "required": "Choisissez une date.",
        },
        **kwargs,
    )


class BookForm(forms.Form):
    """A notebook: its title, its class; whom it is shared with at once (`share`, for a new one)."""

    title = forms.CharField(
        label="Titre", max_length=120, error_messages={"required": "Donnez un titre à ce cahier."}
    )
    school_class = forms.Field(required=False)
    share = forms.BooleanField(required=False)

    def __init__(self, *args: Any, classes: list[SchoolClass], share: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school_class"] = ClassChoice(
            classes, label="Classe", required=False, empty_label="Aucune classe"
        )
        if share:
            self.fields["share"].label = share
        else:
            del self.fields["share"]


class EntryForm(forms.Form):
    """One piece of homework; its text is the editor's, drawn by hand beside the form."""

    subject = forms.CharField(
        label="Matière",
        required=False,
        max_length=SUBJECT_LENGTH,
        widget=forms.TextInput(attrs={"list": "matieres", "autocomplete": "off"}),
    )
    title = forms.CharField(label="Titre", required=False, max_length=TITLE_LENGTH)
    given_on = day_field("Donné le", help_text="Les élèves et leurs parents le voient à partir de ce jour.")
    due_on = day_field("Pour le")
    minutes = forms.IntegerField(
        label="Temps prévu, en minutes",
        required=False,
        min_value=1,
        max_value=MOST_MINUTES,
        error_messages={
            "invalid": "Écrivez un nombre de minutes.",
            "min_value": "Au moins une minute.",
            "max_value": f"{MOST_MINUTES} minutes au plus.",
        },
    )

    def __init__(self, *args: Any, entry: HomeworkEntry, **kwargs: Any) -> None:
        kwargs.setdefault(
            "initial",
            {
                "subject": entry.subject,
                "title": entry.title,
                "given_on": entry.given_on,
                "due_on": entry.due_on,
                "minutes": entry.minutes,
            },
        )
        super().__init__(*args, **kwargs)

    @property
    def html(self) -> str:
        """What the editor sent, as HTML."""
        text = str(self.data.get("texte", ""))
        return text if self.data.get("format") == "html" else rich_text.of_plain(text)

    def words(self) -> Words:
        """What the services take, once the form is valid."""
        return Words(**self.cleaned_data, body=self.html)


class CopyWeekForm(forms.Form):
    """A week copied onto another: a day of each."""

    source = day_field("Semaine du")
    target = day_field("Vers la semaine du")

    def mondays(self) -> tuple[date, date]:
        told = self.cleaned_data
        return rules.monday_of(told["source"]), rules.monday_of(told["target"])


class CopyBookForm(BookForm):
    """A whole notebook copied into a new one, from a first week."""

    first = day_field("La première semaine devient celle du")
