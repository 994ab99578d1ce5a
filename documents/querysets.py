"""What of the Espace documentaire a person sees, place by place; all within `sharing.querysets.visible_to`.

Each takes a `Reach` already read, where one has it. Rows are resources annotated `my_role`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Exists, Func, Max, OuterRef, Q, QuerySet, Sum, TextField, Value
from django.db.models.functions import Lower, Replace

from accounts.enums import Profile
from accounts.models import User
from core.storage import uploads, zips
from core.text import fold
from directory.models import Attachment, Guardianship
from documents import rules
from documents.enums import FILE, FOLDER, KINDS
from documents.models import Allowance, File, Returned, SchoolAllowance, Star, Use
from schools.models import School
from sharing.enums import Role
from sharing.models import Resource
from sharing.querysets import reach_of, shared_with, visible_to
from sharing.rules import Reach

# Both parameters: the type checker would take the default of one alias for another.
type Resources = QuerySet[Resource, Resource]

PURPOSE = "documents"  # of resumable uploads: to a folder
PIECES = "pieces"  # joined to a thing of an application
_WORDS = 5
_ACCENTED = "àâäáãåçéèêëíìîïñóòôöõúùûüýÿ"
_PLAIN = "aaaaaaceeeeiiiinooooouuuuyy"


@dataclass(frozen=True, slots=True)
class Quota:
    """The space of a person, in bytes. `reserved` is what their uploads under way will weigh; `own` the limit
    that an administrator set for them alone."""

    used: int
    reserved: int
    limit: int
    own: int | None = None

    @property
    def free(self) -> int:
        return max(0, self.limit - self.used - self.reserved)

    @property
    def over(self) -> bool:
        return self.used >= self.limit

    @property
    def percent(self) -> int:
        return 100 if not self.limit else min(100, 100 * self.used // self.limit)


def seen(person: User, reach: Reach | None = None) -> Resources:
    """All folders and files that someone may see, their own in the trash too: the only gate."""
    return visible_to(person, reach).filter(kind__in=KINDS)


def own(person: User, reach: Reach | None = None) -> Resources:
    """What of `seen` one owns: read by its owner, whatever else is in reach."""
    reach = reach or reach_of(person)
    owned = (
        Resource.objects.filter(owner=person, kind__in=KINDS) if reach.present else Resource.objects.none()
    )
    return owned.annotate(my_role=Value(int(Role.MANAGE)))


def mine(person: User, reach: Reach | None = None) -> Resources:
    """« Mes documents »: what one owns at the root, or in a folder that one no longer sees; neither
    trashed nor kept by another application."""
    reach = reach or reach_of(person)
    folders = visible_to(person, reach).filter(kind=FOLDER, trashed_at__isnull=True).order_by().values("pk")
    return (
        own(person, reach)
        .filter(trashed_at__isnull=True)
        .filter(Q(parent__isnull=True) | ~Q(parent__in=folders))
        .exclude(Exists(_kept(OuterRef("pk"))))
    )


def inside(person: User, folder: Resource, reach: Reach | None = None) -> Resources:
    """What lies in a folder that the person sees; what is in the trash is not there."""
    return seen(person, reach).filter(parent=folder, trashed_at__isnull=True)


def above(person: User, thing: Resource, reach: Reach | None = None) -> list[Resource]:
    """The folders above a thing that the person sees, outermost first. A query at most."""
    if not thing.ancestors:
        return []
    found = {each.pk: each for each in seen(person, reach).filter(pk__in=thing.ancestors)}
    return [found[key] for key in thing.ancestors if key in found]


def shared(person: User, reach: Reach | None = None) -> Resources:
    """« Partagés avec moi », of this application; annotated as `sharing.querysets.shared_with`."""
    return shared_with(person, reach).filter(kind__in=KINDS)


def attached(person: User, reach: Reach | None = None) -> Resources:
    """« Documents ajoutés dans les applis »: what other applications keep for this person, each once."""
    return own(person, reach).filter(trashed_at__isnull=True, file__kept=True)


def trashed(person: User, reach: Reach | None = None) -> Resources:
    """« Corbeille »: what the person put there, what went with it left out."""
    return own(person, reach).filter(trashed_at__isnull=False, trashed_with__isnull=True)


def starred(person: User, reach: Reach | None = None) -> Resources:
    """What the person marked, and still sees."""
    marks = Star.objects.filter(person=person).values("resource_id")
    return seen(person, reach).filter(pk__in=marks, trashed_at__isnull=True)


def named(resources: Resources, typed: str) -> Resources:
    """Those whose name holds each word typed, accents and case ignored; none when nothing was typed."""
    words = fold(typed[:80]).split()[:_WORDS]
    if not words:
        return resources.none()
    plain = Replace(Replace(Lower("title"), Value("œ"), Value("oe")), Value("æ"), Value("ae"))
    bare = Func(plain, Value(_ACCENTED), Value(_PLAIN), function="translate", output_field=TextField())
    found = resources.annotate(plain_title=bare)
    for word in words:
        found = found.filter(plain_title__contains=word)
    return found


def returned_to(person: User) -> QuerySet[Returned, Returned]:
    """What came back to a person from folders that went, and that they have not read yet."""
    return Returned.objects.filter(person=person)


def uses_of(resources: QuerySet[Resource, Resource] | list[Resource]) -> QuerySet[Use, Use]:
    """Where other applications use these files: to be told before they are deleted."""
    return Use.objects.filter(file__in=[each.pk for each in resources]).order_by("file_id", "at", "pk")


def quota_of(person: User) -> Quota:
    """The space of a person. Three queries."""
    found = Allowance.objects.filter(person=person).first()
    limit = limit_now(person, found.limit if found else None)
    own = found.limit if found else None
    return Quota(found.used + found.held if found else 0, reserved_by(person), limit, own)


def limit_now(person: User, own: int | None) -> int:
    """The space of a person, of whom an administrator said `own`. One query where none did."""
    return own if own is not None else rules.limit_of(person.profile, school=school_limit(person))


def school_limit(person: User) -> int | None:
    """What the schools of a person give to their profile: of several, the most; None where none says."""
    pupil = Q(person=person)
    if person.profile == Profile.RELATIVE:
        ties = Guardianship.objects.filter(relative=person, ended_on__isnull=True)
        pupil = Q(person__in=ties.values("pupil"))
    places = Attachment.objects.filter(pupil, ended_on__isnull=True).values("school")
    given = SchoolAllowance.objects.filter(profile=person.profile, school__in=places)
    return given.aggregate(most=Max("limit"))["most"]


def school_limits(school: School) -> dict[Profile, int | None]:
    """What a school gives to each profile; None where it goes by the site's. One query."""
    rows = dict(SchoolAllowance.objects.filter(school=school).values_list("profile", "limit"))
    return {profile: rows.get(profile) for profile in Profile}


def own_limits(people: QuerySet[User]) -> QuerySet[Allowance, Allowance]:
    """Those of these people for whom an administrator set a limit, with it."""
    found = Allowance.objects.filter(limit__isnull=False, person__in=people.order_by().values("pk"))
    return found.select_related("person").order_by("person__sort_name", "pk")


def reserved_by(person: User, *, but: int | None = None) -> int:
    """What the person's uploads under way will weigh, in bytes, one of them left out."""
    waiting = uploads.under_way(person.uuid, PURPOSE, PIECES)
    if but is not None:
        waiting = waiting.exclude(pk=but)
    return int(waiting.aggregate(total=Sum("length"))["total"] or 0)


def _kept(key: OuterRef) -> QuerySet[File, File]:
    return File.objects.filter(pk=key, kept=True)


def weight_of_trash(person: User) -> int:
    """What the person's trash would free, in bytes."""
    return _weight(File.objects.filter(resource__owner=person, resource__trashed_at__isnull=False))


def zip_entries(person: User, resources: Iterable[Resource], reach: Reach | None = None) -> list[zips.Entry]:
    """Files and folders as entries of a zip, with all that the person sees in them; what is in the trash
    is left out. Two queries, whatever their number."""
    tops = [each for each in resources if each.trashed_at is None]
    ids = [each.pk for each in tops]
    below = (
        seen(person, reach)
        .filter(Q(pk__in=ids) | Q(ancestors__overlap=ids), trashed_at__isnull=True)
        .select_related("file__blob")
        .order_by(Lower("title"), "pk")
    )
    found = {each.pk: each for each in below}
    return [_entry(each, found) for each in found.values()]


def _entry(resource: Resource, found: Mapping[int, Resource]) -> zips.Entry:
    names, above = [resource.title], found.get(resource.parent_id or 0)
    while above is not None:
        names.append(above.title)
        above = found.get(above.parent_id or 0)
    blob = resource.file.blob if resource.kind == FILE else None
    return zips.Entry(tuple(reversed(names)), blob)


def _weight(files: QuerySet[File, File]) -> int:
    return int(files.aggregate(total=Sum("charged"))["total"] or 0)
