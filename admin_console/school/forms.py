"""What administrators type and choose in « Gérer mon établissement ». Rules are the services'."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from accounts.enums import Profile
from admin_console.school.words import title
from core import clock
from schools.services.choose import MESSAGE_LENGTH, NAME_LENGTH
from ui.french import NBSP

OPEN, DAY, TURNOVER = "open", "day", "turnover"
PROFILE_ORDER = (Profile.PUPIL, Profile.RELATIVE, Profile.TEACHER, Profile.STAFF, Profile.GUEST)
LOGO_BYTES = 10_000_000
GB = 10**9
PROFILE_CHOICES = [(profile.value, title(profile)) for profile in PROFILE_ORDER]


def day_field(label: str, **more: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": "Écrivez une date, par exemple 01/09/2026."},
        **more,
    )


def hour_field(label: str) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"invalid": "Écrivez une heure, par exemple 20:00.", "required": "Écrivez une heure."},
    )


class BlockForm(forms.Form):
    """When a block begins and ends, why, and what those whom it keeps out read."""

    starts = day_field("À partir du", required=False, help_text="Aussitôt, si vous ne dites rien.")
    end = forms.ChoiceField(
        label="Jusqu’à",
        choices=[
            (OPEN, "ce que je débloque"),
            (DAY, "la date choisie"),
            (TURNOVER, "l’arrivée des familles de la nouvelle année (alimentation de rentrée)"),
        ],
        initial=OPEN,
        widget=forms.RadioSelect,
    )
    until = day_field("Dernier jour du blocage", required=False, help_text="Pour une fin à la date choisie.")
    reason = forms.CharField(
        label="Motif",
        max_length=200,
        required=False,
        help_text="Pour les administrateurs : il reste dans l’historique.".replace(" :", f"{NBSP}:"),
    )
    message = forms.CharField(
        label="Message à la connexion",
        max_length=300,
        required=False,
        help_text="Ce que liront les personnes bloquées, sous la phrase qui dit que l’espace est fermé.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("end") == DAY and not told.get("until") and "until" not in self.errors:
            self.add_error("until", "Choisissez le dernier jour du blocage.")
        return told

    def when(self) -> dict[str, Any]:
        """The service's words for the end, once the form is valid."""
        told = self.cleaned_data
        last = told["until"] if told["end"] == DAY else None
        return {
            "ends_at": _midnight(last + timedelta(days=1)) if last else None,
            "until_turnover": told["end"] == TURNOVER,
            "reason": told["reason"].strip(),
            "message": told["message"].strip(),
        }

    def starts_at(self) -> datetime | None:
        """None where it begins at once."""
        day = self.cleaned_data["starts"]
        return _midnight(day) if day and day > clock.today() else None


class NameForm(forms.Form):
    name = forms.CharField(
        label="Nom affiché",
        max_length=NAME_LENGTH,
        required=False,
        help_text="Vide, l’école porte le nom que donne l’alimentation.",
    )


class LogoForm(forms.Form):
    logo = forms.FileField(
        label="Image",
        help_text=f"Une image PNG, JPEG ou WebP de 10{NBSP}Mo au plus. Elle est réduite, et ce que la photo "
        "raconte (lieu, appareil) est retiré.",
        widget=forms.FileInput(attrs={"accept": "image/*"}),
        error_messages={"required": "Choisissez une image.", "empty": "Ce fichier est vide."},
    )

    def clean_logo(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["logo"]
        if (file.size or 0) > LOGO_BYTES:
            raise forms.ValidationError(
                f"Cette image est trop lourde{NBSP}: 10{NBSP}Mo au plus.", code="too-large"
            )
        return file


class MessageForm(forms.Form):
    message = forms.CharField(
        label="Message",
        max_length=MESSAGE_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="En haut de la page d’accueil. Vide, il n’y a plus de message.",
    )
    profiles = forms.MultipleChoiceField(
        label="Pour qui",
        required=False,
        choices=PROFILE_CHOICES,
        widget=forms.CheckboxSelectMultiple,
        help_text="Sans choix, tout le monde le voit.",
    )
    until = day_field("Affiché jusqu’au", required=False)


class QuietForm(forms.Form):
    on = forms.BooleanField(label="Respecter des heures calmes", required=False)
    starts = hour_field("Le calme commence à")
    ends = hour_field("Il finit à")
    weekends = forms.BooleanField(label="Tout le week-end aussi", required=False)

    def told(self) -> dict[str, Any]:
        keys = ("on", "starts", "ends", "weekends")
        return {key: self.cleaned_data[key] for key in keys}


class LimitField(forms.DecimalField):
    """A space in gigabytes, as people say it; bytes for the services."""

    def __init__(self, **more: Any) -> None:
        super().__init__(
            required=False,
            min_value=0,
            max_value=1000,
            decimal_places=3,
            widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
            error_messages={
                "invalid": "Écrivez un nombre de Go, par exemple 2 ou 0,5.",
                "max_value": f"1{NBSP}000{NBSP}Go au plus.",
                "min_value": "Un espace ne peut pas être négatif.",
                "max_decimal_places": "Trois chiffres après la virgule au plus.",
            },
            **more,
        )

    def clean(self, value: Any) -> int | None:
        found = super().clean(value.replace(",", ".") if isinstance(value, str) else value)
        return None if found is None else int(found * GB)


def gigabytes(limit: int | None) -> str:
    """What the field holds for a limit in bytes."""
    return "" if limit is None else f"{limit / GB:.3f}".rstrip("0").rstrip(".")


class PersonLimitForm(forms.Form):
    limit = LimitField(label="Espace de cette personne, en Go", help_text="Vide, celui de son profil.")


def _midnight(day: Any) -> datetime:
    return datetime.combine(day, time(0), timezone.get_current_timezone())
