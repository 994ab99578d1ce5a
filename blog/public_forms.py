"""What administrators choose of a public blog: in the form that opens a blog, and on its own page."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from accounts.models import User
from blog import public_rules as rules
from blog.models import Blog, PublicBlog
from blog.public_errors import NoPictureInPublic, SchoolNotChosen
from blog.public_papers import root
from blog.services.blogs import Settings
from blog.services.public import Choice, create_public, free_address
from directory.annuaire.viewer import viewer_of
from directory.querysets.administered import administered_schools
from schools.models import School

SOME = 30  # schools that one chooses among; past them one writes a code
TYPED = 200
ASKED = "public"  # the box « Rendre public »


class PublicForm(forms.Form):
    """`schools`: those that whoever asks administers, where one is to be chosen."""

    school = forms.CharField(required=False, max_length=36)
    address = forms.CharField(label="Adresse du blog", required=False, max_length=TYPED)
    drawing = forms.ChoiceField(
        label="Illustration", choices=list(rules.DRAWINGS.items()), required=False, widget=forms.RadioSelect
    )
    ends_on = forms.DateField(
        label="Dernier jour en ligne",
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": "Écrivez une date, par exemple 30/09/2026."},
        help_text="Ensuite, la page n’est plus lisible. Sans date, elle le reste.",
    )
    indexed = forms.BooleanField(label="Les moteurs de recherche peuvent montrer cette page", required=False)

    def __init__(self, data: Any = None, *, public: PublicBlog | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("initial", _of(public))
        super().__init__(data, **kwargs)

    def choice(self) -> Choice:
        """What the services take, once the form is valid."""
        told = self.cleaned_data
        return Choice(
            address=told["address"],
            drawing=told["drawing"] or rules.SCHOOL,
            ends_on=told["ends_on"],
            indexed=told["indexed"],
        )


class Box:
    """« Rendre public », in the form that opens a blog: for administrators alone."""

    def __init__(self, request: HttpRequest) -> None:
        posted = request.POST if request.method == "POST" else None
        self.on = posted is not None and bool(posted.get(ASKED))
        self.form = PublicForm(posted if self.on else None)
        self._all = schools_of(request)
        self.schools = list(self._all[: SOME + 1])
        self.typed = request.POST.get("school", "")
        self._title = request.POST.get("title", "")

    @property
    def school(self) -> School | None:
        """The one that was chosen; the only one, without a word."""
        if len(self.schools) == 1:
            return self.schools[0]
        return self._all.filter(uai=self.typed.strip().upper()).first()

    def is_valid(self) -> bool:
        """Whether what it holds can be kept; not ticked, it holds nothing."""
        return not self.on or self.form.is_valid()

    @property
    def many(self) -> bool:
        """Whether there are more than a list holds."""
        return len(self.schools) > SOME

    @property
    def address(self) -> dict[str, str]:
        """The field of the address, as it was typed, or as the title that was typed proposes it."""
        proposed = proposed_for(self._title, self.school)
        return shown(str(self.form.data.get("address", "")) or proposed, proposed)

    def open(self, *, by: User, settings: Settings, picture: Any) -> Blog:
        """The blog, once the box is ticked and the form valid. Raises SchoolNotChosen, NoPictureInPublic, and what
        `create_public` raises."""
        if picture is not None:
            raise NoPictureInPublic(remedy="Choisissez l’une des illustrations que Cartable propose.")
        if self.school is None:
            raise SchoolNotChosen()
        return create_public(by=by, school=self.school, settings=settings, choice=self.form.choice()).blog


def box_of(request: HttpRequest) -> Box | None:
    """The box, for whoever administers a school; for everybody else there is none."""
    return Box(request) if rules.may_open_public(viewer_of(request).standpoint) else None


def schools_of(request: HttpRequest) -> QuerySet[School]:
    """The schools that whoever asks administers, by name."""
    return administered_schools(viewer_of(request).standpoint)


def proposed_for(title: str, school: School | None, blog: Blog | None = None) -> str:
    """The address that a title would give (one that `blog` had already is its own); '' where it gives none yet."""
    if school is None:
        return rules.address_of(title)
    return free_address(title, school, blog=blog) if rules.usable(rules.address_of(title)) else ""


def shown(typed: str, proposed: str) -> dict[str, str]:
    """What the field of the address shows: as it was typed, and what it makes (`whole`, '' for nothing)."""
    made = rules.address_of(typed)
    place = f"{root()}{reverse('blog:public', args=['x']).removesuffix('x/')}"
    return {
        "typed": typed,
        "proposed": proposed,
        "whole": f"{place}{made}/" if rules.usable(made) else "",
        "place": place.removeprefix("https://").removeprefix("http://"),
    }


def _of(public: PublicBlog | None) -> dict[str, Any]:
    if public is None:
        return {"drawing": rules.SCHOOL}
    return {
        "address": public.address_id,
        "drawing": public.drawing,
        "ends_on": public.ends_on,
        "indexed": public.indexed,
    }
