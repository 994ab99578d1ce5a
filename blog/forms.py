"""What is typed of a blog. Rules are the services'."""

from typing import Any

from django import forms

from blog.enums import Circuit, Talk
from blog.models import DESCRIPTION_LENGTH, TITLE_LENGTH, Blog
from blog.services.blogs import Settings


class BlogForm(forms.Form):
    title = forms.CharField(
        label="Titre", max_length=TITLE_LENGTH, error_messages={"required": "Donnez-lui un titre."}
    )
    description = forms.CharField(
        label="Description",
        required=False,
        max_length=DESCRIPTION_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Quelques mots sous le titre\u00a0: pour qui, pour quoi.",
    )
    illustration = forms.FileField(
        label="Illustration",
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*"}),
        help_text="Une photo ou un dessin. Sans elle, le blog porte un dessin de Cartable.",
    )
    circuit = forms.ChoiceField(
        label="Les billets des contributeurs",
        choices=[
            (
                Circuit.REVIEWED,
                "sont relus avant de paraitre\u00a0: vous les publiez, ou les renvoyez avec un mot",
            ),
            (Circuit.OPEN, "paraissent tout de suite"),
        ],
        widget=forms.RadioSelect,
    )
    comments = forms.ChoiceField(
        label="Les commentaires",
        choices=[
            (Talk.REVIEWED, "sont relus avant de paraitre"),
            (Talk.OPEN, "paraissent tout de suite"),
            (Talk.OFF, "sont fermés"),
        ],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, blog: Blog | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("initial", _of(blog) if blog else _new())
        super().__init__(*args, **kwargs)

    def settings(self) -> Settings:
        """What the services take, once the form is valid."""
        told = self.cleaned_data
        return Settings(
            title=told["title"],
            description=told["description"],
            circuit=Circuit(told["circuit"]),
            comments=Talk(told["comments"]),
        )


def _new() -> dict[str, Any]:
    return {"circuit": Circuit.REVIEWED, "comments": Talk.REVIEWED}


def _of(blog: Blog) -> dict[str, Any]:
    return {
        "title": blog.resource.title,
        "description": blog.description,
        "circuit": blog.circuit,
        "comments": blog.comments,
    }
