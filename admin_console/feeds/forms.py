"""ONDE's files, sent by a director. What they hold is read by the import: forms hold the words."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet

from core import clock
from feeds.services.uploads import UnusableUpload, check_files
from schools.models import School
from schools.rules import year_of
from ui.french import NBSP

CHOICES_SHOWN = 30  # schools in a list; past it one is named by its UAI


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once; answers their list."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        given: Sequence[Any] = data if isinstance(data, list | tuple) else [data] if data else []
        if not given:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        files = [super(FilesField, self).clean(each, initial) for each in given]
        try:
            check_files(files)
        except UnusableUpload as error:
            raise forms.ValidationError(str(error), code=error.code) from error
        return files


class SendForm(forms.Form):
    """`schools` are those of the person's scope: one is taken as said, few are listed, many named by UAI."""

    files = FilesField(  # type: ignore[assignment]  # the class attribute becomes a field
        label="Fichiers d’ONDE",
        help_text="Élèves, responsables et enseignants, au format CSV, tels qu’ONDE les a donnés, ou leur archive "
        f"zip. Vous pouvez n’en envoyer qu’un{NBSP}: les autres personnes ne changent pas.",
        widget=FilesInput(attrs={"accept": ".csv,.zip,.gz,.tgz"}),
        error_messages={
            "required": f"Choisissez au moins un fichier d’ONDE, au format CSV ou zip{NBSP}: aucun n’a été reçu.",
            "empty": "Ce fichier est vide. Téléchargez-le de nouveau dans ONDE.",
        },
    )
    year = forms.TypedChoiceField(
        label="Année scolaire des fichiers",
        required=False,
        coerce=int,
        empty_value=None,
        help_text="Ces fichiers ne disent pas de quelle année ils sont. En juillet et en août, vérifiez qu’il "
        "s’agit bien de l’année affichée dans ONDE.",
    )

    def __init__(self, *args: Any, schools: QuerySet[School], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.schools = schools
        self.few = list(schools[: CHOICES_SHOWN + 1])
        if len(self.few) > 1:
            self.fields = {"school": self._school_field(), **self.fields}
        this_year = year_of(clock.today())
        only = self.few[0].running_year if len(self.few) == 1 else None
        running = f" ({only}-{only + 1})" if only else ""
        year_field = self.fields["year"]
        assert isinstance(year_field, forms.TypedChoiceField)
        year_field.choices = [
            ("", f"Année en cours de l’école{running}"),
            *((year, f"{year}-{year + 1}") for year in range(this_year - 1, this_year + 2)),
        ]

    @property
    def chosen(self) -> School:
        """The school, once the form is valid."""
        given = self.cleaned_data.get("school")
        return given if isinstance(given, School) else self.few[0]

    def clean_school(self) -> School:
        given = self.cleaned_data["school"]
        if isinstance(given, School):
            return given
        found = self.schools.filter(uai=given.strip().upper()).first()
        if found is None:
            raise forms.ValidationError(
                f"Aucune école que vous administrez ne porte l’UAI «{NBSP}{given}{NBSP}». Vérifiez-le."
            )
        return found

    def _school_field(self) -> forms.Field:
        if len(self.few) > CHOICES_SHOWN:
            return forms.CharField(
                label="UAI de l’école",
                max_length=8,
                help_text=f"Sept chiffres et une lettre, par exemple 0123456A{NBSP}: les fichiers ne le disent pas.",
                error_messages={"required": "Écrivez l’UAI de l’école."},
            )
        return forms.ModelChoiceField(
            self.schools,
            label="École",
            to_field_name="uuid",
            empty_label="Choisir une école…",
            error_messages={
                "required": "Choisissez l’école de ces fichiers.",
                "invalid_choice": "Choisissez une école de la liste.",
            },
        )
