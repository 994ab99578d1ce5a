"""What people type and choose in the Espace documentaire."""

from typing import Any

from django import forms

TITLE = 255


class NewFolderForm(forms.Form):
    title = forms.CharField(
        label="Nom du dossier", max_length=TITLE, error_messages={"required": "Donnez un nom à ce dossier."}
    )


class RenameForm(forms.Form):
    title = forms.CharField(
        label="Nouveau nom", max_length=TITLE, error_messages={"required": "Donnez un nom."}
    )


class CommentForm(forms.Form):
    text = forms.CharField(
        label="Votre commentaire",
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Écrivez d’abord quelque chose."},
    )

    def __init__(self, *args: Any, pupil: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if pupil:
            self.fields["text"].label = "Mon commentaire"
            self.fields["text"].error_messages["required"] = "Écris d’abord quelque chose."
