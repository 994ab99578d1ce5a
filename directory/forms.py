"""Forms of the sign-in pages and of one's account. Rules are the services'; forms hold the words."""

from typing import Any

from django import forms

from accounts.password_rules import LONGEST
from accounts.rules import EMAIL_LENGTH, TYPED_LENGTH
from ui.french import NBSP

_LOGIN = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
_SECRET = {"autocapitalize": "none", "spellcheck": "false"}


def login_field(label: str, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=TYPED_LENGTH,
        strip=False,
        widget=forms.TextInput(attrs=_LOGIN),
        error_messages={"required": "Écrivez l’identifiant."},
    )


def password_field(label: str, *, new: bool = False, help_text: str = "") -> forms.CharField:
    kind = "new-password" if new else "current-password"
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=LONGEST,
        strip=False,
        widget=forms.PasswordInput(attrs={**_SECRET, "autocomplete": kind}),
        error_messages={"required": "Écrivez le mot de passe."},
    )


class SignInForm(forms.Form):
    username = login_field("Identifiant", f"Par exemple{NBSP}: sofia.morel")
    password = password_field("Mot de passe")


class PupilSignInForm(forms.Form):
    """The same, in a pupil's words; the password can be read while it is typed."""

    username = login_field("Mon nom")
    password = password_field("Mon mot de passe")


class CodeForm(forms.Form):
    username = login_field("Identifiant", "Il est écrit sur la lettre de l’école.")
    code = forms.CharField(
        label="Code d’activation",
        help_text="Huit lettres ou chiffres ; majuscules, espaces et tirets ne comptent pas.",
        max_length=40,
        widget=forms.TextInput(attrs={**_SECRET, "autocomplete": "one-time-code"}),
        error_messages={"required": "Écrivez le code."},
    )


class FirstPasswordForm(forms.Form):
    """The password of one's own, an address for adults, the charter."""

    password = password_field("Choisissez un mot de passe", new=True)
    email = forms.EmailField(
        label="Votre courriel",
        help_text="Pour retrouver un mot de passe oublié. Un message vous demandera de le confirmer.",
        required=False,
        max_length=EMAIL_LENGTH,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": "Cette adresse n’est pas complète."},
    )
    charter = forms.BooleanField(
        label="J’ai lu la charte, et je la respecterai.",
        error_messages={"required": "Il faut accepter la charte pour entrer."},
    )

    def __init__(self, *args: Any, wanted: str, pupil: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = wanted
        if pupil:
            del self.fields["email"]
            self.fields["password"].label = "Choisis ton mot de passe"
            self.fields["password"].error_messages["required"] = "Écris le mot de passe que tu choisis."
            self.fields["charter"].label = "Je promets de suivre ces règles."
            self.fields["charter"].error_messages["required"] = "Coche la case pour entrer."


class ForgottenForm(forms.Form):
    email = forms.EmailField(
        label="Votre courriel",
        help_text="Celui que l’école connait, ou celui que vous avez choisi.",
        max_length=EMAIL_LENGTH,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": "Écrivez votre adresse.",
            "invalid": "Cette adresse n’est pas complète.",
        },
    )


class NewPasswordForm(forms.Form):
    password = password_field("Nouveau mot de passe", new=True)

    def __init__(self, *args: Any, wanted: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = wanted


class ChangePasswordForm(forms.Form):
    present = password_field("Mot de passe actuel")
    password = password_field("Nouveau mot de passe", new=True)

    def __init__(self, *args: Any, wanted: str, pupil: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = wanted
        if pupil:
            self.fields["present"].label = "Ton mot de passe d’aujourd’hui"
            self.fields["password"].label = "Ton nouveau mot de passe"
            for field in self.fields.values():
                field.error_messages["required"] = "Écris le mot de passe."


class OwnEmailForm(forms.Form):
    email = forms.EmailField(
        label="Votre adresse",
        help_text="Un message y sera envoyé : ouvrez son lien pour confirmer.",
        max_length=EMAIL_LENGTH,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": "Écrivez votre adresse.",
            "invalid": "Cette adresse n’est pas complète.",
        },
    )


class FavouriteNameForm(forms.Form):
    """The name of a favourite."""

    name = forms.CharField(
        label="Nom du favori",
        help_text=f"Par exemple{NBSP}: Projet théâtre, Familles de la sortie.",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Écrivez un nom."},
    )

    def __init__(self, *given: Any, pupil: bool = False, **rest: Any) -> None:
        super().__init__(*given, **rest)
        if pupil:
            self.fields["name"].help_text = f"Par exemple{NBSP}: Mes copains de l’exposé."
            self.fields["name"].error_messages["required"] = "Écris un nom."
