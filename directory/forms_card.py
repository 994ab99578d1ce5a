"""Forms of one's own card."""

from typing import Any

from django import forms

from accounts.portraits import Crop
from accounts.rules import MOTTO_LENGTH

_PART: dict[str, Any] = {"min_value": 0, "max_value": 1, "required": False}


class PhotoForm(forms.Form):
    """A picture, and the square of it that is wanted: its centre where no script says."""

    photo = forms.FileField(
        label="Choisir une photo",
        help_text="JPEG, PNG ou photo de téléphone, 15\u00a0Mo au plus.",
        widget=forms.FileInput(attrs={"accept": "image/*", "data-crop-file": ""}),
        error_messages={"required": "Choisissez une photo.", "empty": "Ce fichier est vide."},
    )
    x = forms.FloatField(widget=forms.HiddenInput(attrs={"data-crop-x": ""}), **_PART)
    y = forms.FloatField(widget=forms.HiddenInput(attrs={"data-crop-y": ""}), **_PART)
    side = forms.FloatField(widget=forms.HiddenInput(attrs={"data-crop-side": ""}), **_PART)

    @property
    def crop(self) -> Crop | None:
        given: list[Any] = [self.cleaned_data.get(name) for name in ("x", "y", "side")]
        return None if None in given else Crop(*given)


class MottoForm(forms.Form):
    motto = forms.CharField(label="Devise", max_length=MOTTO_LENGTH, required=False)

    def __init__(self, *args: Any, pupil: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if pupil:
            self.fields["motto"].label = "Ma phrase"
