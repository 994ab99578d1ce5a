"""The form of a manual group's name."""

from django import forms

from ui.french import NBSP


class GroupNameForm(forms.Form):
    name = forms.CharField(
        label="Nom du groupe",
        help_text=f"Par exemple{NBSP}: APE, Chorale, Conseil d’école.",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": "Écrivez un nom.",
            "max_length": "Ce nom est trop long : 120 caractères au plus.",
        },
    )
