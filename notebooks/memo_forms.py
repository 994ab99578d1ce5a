"""The form of a cover."""

from typing import Any

from django import forms

from notebooks.memo_enums import Cover, Drawing
from notebooks.models.memo import TITLE_LENGTH, WORDS_LENGTH


class CoverForm(forms.Form):
    """A book's title, the word under it, its colour and its drawing; a picture of one's own instead."""

    titre = forms.CharField(label="Titre", max_length=TITLE_LENGTH)
    mots = forms.CharField(
        label="Quelques mots sous le titre",
        max_length=WORDS_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    couleur = forms.ChoiceField(label="Couleur", choices=Cover.choices, initial=Cover.VIOLET)
    dessin = forms.ChoiceField(label="Dessin", choices=Drawing.choices, initial=Drawing.STAR)
    photo = forms.FileField(label="Une image à moi, à la place du dessin", required=False)

    def __init__(self, *args: Any, pupil: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        titled = "Donne un titre à ton cahier." if pupil else "Donnez un titre à ce cahier."
        self.fields["titre"].error_messages["required"] = titled
        self.fields["photo"].widget.attrs["accept"] = "image/*"

    @property
    def cover(self) -> Cover:
        return Cover(self.cleaned_data["couleur"])

    @property
    def drawing(self) -> Drawing:
        return Drawing(self.cleaned_data["dessin"])
