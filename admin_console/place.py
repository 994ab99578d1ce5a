"""The school that a console page speaks of: asked by `?ecole=`, or the only one of the scope."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest
from django.urls import reverse

from admin_console.access import standpoint
from core.text import uuid_of
from directory.querysets.administered import administered_schools
from schools.models import School

PARAMETER = "ecole"
LISTED = 12  # schools offered in the menu; past it, one is chosen in the console's first page
_KEPT = "_console_place"


@dataclass(frozen=True, slots=True)
class Place:
    """What a page may speak of. `school` is None for the whole scope, of `number` schools; `schools` is
    empty where they are more than a menu holds."""

    school: School | None
    schools: tuple[School, ...]
    number: int

    @property
    def several(self) -> bool:
        return self.number > 1

    @property
    def label(self) -> str:
        return self.school.name if self.school else ""

    @property
    def query(self) -> str:
        """What keeps the school asked in a link: `?ecole=…`, or nothing."""
        return f"?{PARAMETER}={self.school.uuid}" if self.several and self.school else ""


def place_of(request: HttpRequest) -> Place:
    """Three queries at most, once a request. Raises Http404 for a school out of the scope."""
    kept: Place | None = getattr(request, _KEPT, None)
    if kept is None:
        kept = _place(request)
        setattr(request, _KEPT, kept)
    return kept


def speak_of(request: HttpRequest, school: School) -> Place:
    """For a page whose address names its school, or a thing of it: the place is that one."""
    found = place_of(request)
    kept = Place(school, found.schools, found.number)
    setattr(request, _KEPT, kept)
    return kept


def _place(request: HttpRequest) -> Place:
    schools = administered_schools(standpoint(request)).select_related("district", "academy")
    few = tuple(schools[: LISTED + 1])
    asked = request.GET.get(PARAMETER, "")
    school = few[0] if len(few) == 1 else None
    if asked:
        uuid: UUID | None = uuid_of(asked)
        school = schools.filter(uuid=uuid).first() if uuid else None
        if school is None:
            raise Http404
    many = len(few) > LISTED
    return Place(school, () if many else few, schools.count() if len(few) > 1 else len(few))


def page_url(name: str, place: Place) -> str:
    """A console page by its name, kept on the same school."""
    return reverse(f"console:{name}") + place.query
