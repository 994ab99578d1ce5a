"""A blog of a school becomes public, has its address, goes offline and comes back, is private again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from accounts import assurance
from accounts.models import User
from blog import public_rules as rules
from blog.models import Blog, PublicAddress, PublicBlog
from blog.public_errors import (
    AddressTaken,
    AddressUnusable,
    NotAPublicOpener,
    NotPublic,
    SchoolNotChosen,
    UnknownDrawing,
    WrongEnd,
)
from blog.public_querysets import public_of
from blog.services import public_guard
from blog.services.blogs import Settings, open_blog
from core import audit, clock
from schools.models import School
from sharing.errors import InTrash
from sharing.kinds import Moved
from sharing.querysets import reach_of
from sharing.rules import owns
from sharing.services.hand_over import give_to_school
from sharing.services.resources import owner_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What is chosen of a public blog. `address` as it was typed; '' is the one proposed from the title."""

    address: str = ""
    drawing: str = rules.SCHOOL
    indexed: bool = False
    ends_on: date | None = None


def create_public(*, by: User, school: School, settings: Settings, choice: Choice) -> PublicBlog:
    """A blog of a school's, public from its first post on.

    Raises LowAssurance, NotYours, NotAnOpener, UntitledBlog, AddressUnusable, AddressTaken, WrongEnd.
    """
    assurance.require_full()
    circuit, comments = public_guard.RESTRICTED
    with audit.acting(by=by):
        settings = replace(settings, circuit=circuit, comments=comments)
        blog = open_blog(by=by, settings=settings, owner=school)
        return _open(by, blog, choice)


def make_public(*, by: User, blog: Blog, school: School | None = None, choice: Choice) -> PublicBlog:
    """A private blog that is `by`'s, or of a school that they administer, is public from now on; `school` says
    whose it becomes, where it was a person's. Public already, it is as `choice` says.

    Raises LowAssurance, NotAPublicOpener, SchoolNotChosen, NotYours, InTrash, StandsInTheWay (which names what
    does), AddressUnusable, AddressTaken, WrongEnd.
    """
    assurance.require_full()
    with audit.acting(by=by):
        fresh = _held(blog)
        if not owns(reach_of(by), owner_of(fresh.resource)):
            raise NotAPublicOpener()
        public_guard.require_none(fresh)
        if fresh.resource.owner_school is None:
            if school is None:
                raise SchoolNotChosen()
            fresh.resource = give_to_school(by=by, resource=fresh.resource, school=school)
        fresh.circuit, fresh.comments = public_guard.RESTRICTED
        fresh.save(update_fields=["circuit", "comments"])
        return _open(by, fresh, choice)


def change(*, by: User, blog: Blog, choice: Choice) -> PublicBlog:
    """Another address (the former one leads to it), drawing or last day.

    Raises NotAPublicOpener, NotPublic, InTrash, AddressUnusable, AddressTaken, WrongEnd.
    """
    assurance.require_full()
    with audit.acting(by=by):
        fresh, public = _administered(by, blog)
        before = _told(public)
        # A last day that has passed stays as it is: it is what took the blog offline.
        _take(fresh, public, choice, ended=public.ends_on)
        public.save()
        after = _told(public)
        if after != before:
            audit.record(
                "blog.public_changed",
                subject=fresh.resource.uuid,
                school=_school(fresh).uuid,
                before=before,
                after=after,
            )
    return public


def put_offline(*, by: User, blog: Blog) -> PublicBlog:
    """Nobody reads it any more, nor its documents, until it is put online again. Raises NotAPublicOpener,
    NotPublic, InTrash."""
    with audit.acting(by=by):
        fresh, public = _administered(by, blog)
        if public.closed_at is None:
            public.closed_at, public.closed_by = clock.now(), by.uuid
            public.save(update_fields=["closed_at", "closed_by"])
            _record("blog.put_offline", fresh, public)
    return public


def put_online(*, by: User, blog: Blog) -> PublicBlog:
    """Raises NotAPublicOpener, NotPublic, InTrash, WrongEnd (its last day has passed), StandsInTheWay."""
    assurance.require_full()
    with audit.acting(by=by):
        fresh, public = _administered(by, blog)
        if public.ends_on is not None and public.ends_on < clock.today():
            raise WrongEnd("Le dernier jour choisi pour ce blog est passé.")
        public_guard.require_none(fresh)
        if public.closed_at is not None:
            public.closed_at = public.closed_by = None
            public.save(update_fields=["closed_at", "closed_by"])
            _record("blog.put_online", fresh, public)
    return public


def make_private(*, by: User, blog: Blog) -> Blog:
    """Read by those whom it is shared with, and by nobody else; it stays the school's, which keeps its addresses.
    Raises NotAPublicOpener, NotPublic, InTrash."""
    assurance.require_full()
    with audit.acting(by=by):
        fresh, public = _administered(by, blog)
        _record("blog.made_private", fresh, public)
        public.delete()
    return fresh


def leave_school(moves: Sequence[Moved]) -> None:
    """Blogs that changed hands: what is a person's now is private, at once. In the caller's transaction."""
    gone = {each.resource.pk: each.resource for each in moves if each.to is not None}
    for public in PublicBlog.objects.filter(blog__in=gone):
        audit.record(
            "blog.made_private", subject=gone[public.blog_id].uuid, after={"address": public.address_id}
        )
        public.delete()


def free_address(title: str, school: School, *, blog: Blog | None = None) -> str:
    """The address proposed: of the title, with the town's or the school's name, or a number, where another blog
    has it."""
    base = rules.address_of(title)
    named = [base, f"{base} {school.city}", f"{base} {school.name}", school.name]
    tried = [slug for slug in (rules.address_of(each) for each in named) if rules.usable(slug)]
    root = tried[0] if tried else "blog-public"
    tried += [rules.address_of(f"{root[: rules.ADDRESS_LENGTH - 4]} {number}") for number in range(2, 100)]
    taken = PublicAddress.objects.filter(slug__in=tried)
    if blog is not None:
        taken = taken.exclude(blog=blog)
    gone = set(taken.values_list("slug", flat=True))
    return next((slug for slug in tried if slug not in gone), "")


def _open(by: User, blog: Blog, choice: Choice) -> PublicBlog:
    public = PublicBlog.objects.filter(blog=blog).first()
    before = _told(public) if public else None
    public = public or PublicBlog(blog=blog)
    public.opened_at, public.opened_by = clock.now(), by.uuid
    public.closed_at = public.closed_by = None
    _take(blog, public, choice)
    public.save()
    audit.record(
        "blog.made_public",
        subject=blog.resource.uuid,
        school=_school(blog).uuid,
        before=before,
        after=_told(public),
    )
    return public


def _take(blog: Blog, public: PublicBlog, choice: Choice, *, ended: date | None = None) -> None:
    """Raises AddressUnusable, AddressTaken, WrongEnd, UnknownDrawing."""
    if choice.drawing not in rules.DRAWINGS:
        raise UnknownDrawing()
    if choice.ends_on is not None and choice.ends_on < clock.today() and choice.ends_on != ended:
        raise WrongEnd()
    public.drawing, public.indexed, public.ends_on = choice.drawing, choice.indexed, choice.ends_on
    typed = choice.address.strip()
    slug = rules.address_of(typed) if typed else public.address_id or _proposed(blog)
    if not rules.usable(slug):
        raise AddressUnusable()
    public.address = _claimed(blog, slug)


def _claimed(blog: Blog, slug: str) -> PublicAddress:
    """The address, for this blog for ever. Two who want one wait for each other here. Raises AddressTaken."""
    made = PublicAddress(slug=slug, blog=blog, given_at=clock.now())
    PublicAddress.objects.bulk_create([made], ignore_conflicts=True)
    found = PublicAddress.objects.get(pk=slug)
    if found.blog_id != blog.pk:
        raise AddressTaken(proposed=free_address(slug, _school(blog), blog=blog))
    return found


def _proposed(blog: Blog) -> str:
    return free_address(blog.resource.title, _school(blog), blog=blog)


def _administered(by: User, blog: Blog) -> tuple[Blog, PublicBlog]:
    """A public blog as it is now, held, of a school that `by` administers. Raises NotAPublicOpener, NotPublic,
    InTrash."""
    fresh = _held(blog)
    if fresh.resource.owner_school is None or not owns(reach_of(by), owner_of(fresh.resource)):
        raise NotAPublicOpener()
    public = public_of(fresh)
    if public is None:
        raise NotPublic()
    return fresh, public


def _held(blog: Blog) -> Blog:
    """Raises InTrash."""
    rows = Blog.objects.select_for_update(of=("self",), no_key=True)
    fresh = rows.select_related("resource__owner_school", "resource__owner").get(pk=blog.pk)
    if fresh.resource.trashed_at is not None:
        raise InTrash()
    return fresh


def _school(blog: Blog) -> School:
    school = blog.resource.owner_school
    assert school is not None
    return school


def _told(public: PublicBlog) -> dict[str, object]:
    return {
        "address": public.address_id,
        "indexed": public.indexed,
        "drawing": public.drawing,
        "ends_on": public.ends_on.isoformat() if public.ends_on else None,
    }


def _record(verb: str, blog: Blog, public: PublicBlog) -> None:
    audit.record(
        verb, subject=blog.resource.uuid, school=_school(blog).uuid, after={"address": public.address_id}
    )
