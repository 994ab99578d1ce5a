"""A person as whoever administers them reads them: where they belong, what they hold, what was done to
them, and which acts are open. A fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from accounts.enums import Profile, Source
from accounts.errors import Refusal
from accounts.holdings import Holding, holdings_of
from accounts.leaving import Leaving, leaving_of
from accounts.models import User
from core import clock
from core.models import AuditEntry
from core.text import fold, uuids_of
from directory.duplicates import Alike
from directory.enums import ClassRole, GroupKind
from directory.gate import blocked
from directory.models import (
    Administrator,
    Attachment,
    Block,
    ClassAttachment,
    Detachment,
    Group,
    Guardianship,
    Membership,
    PhotoConsent,
    SchoolClass,
    ScolarityMembership,
    TieRestriction,
)
from directory.querysets.administered import (
    administered_schools,
    people_administered_by,
    rights_beyond,
    schools_holding,
)
from directory.querysets.duplicates import alike_to
from directory.querysets.standpoint import standpoint_of
from directory.rules import Standpoint
from schools.models import School

HISTORY = 30


@dataclass(frozen=True, slots=True)
class SchoolTie:
    """A school of the person; `mine` where the reader administers it, so that it can be detached."""

    attachment: Attachment
    school: School
    mine: bool


@dataclass(frozen=True, slots=True)
class ClassTie:
    """A class of the person; `mine` as for schools. `by_hand`: an administrator attached them."""

    school_class: SchoolClass
    role: str
    since: date
    ended_on: date | None
    mine: bool


@dataclass(frozen=True, slots=True)
class FamilyTie:
    """A relative or a child; `restriction` is the direction's word on the tie, if any."""

    person: User
    legal: bool
    source: str
    by_hand: bool
    restriction: TieRestriction | None


@dataclass(frozen=True, slots=True)
class ManualTie:
    """A manual group that the person is in; `left` where they belong to its school no more."""

    group: Group
    left: bool


@dataclass(frozen=True, slots=True)
class Act:
    """A line of the audit: `actor` is who did it, in words, '' for the system."""

    at: Any
    verb: str
    actor: str
    school: str
    before: dict[str, Any]
    after: dict[str, Any]
    by_feed: bool


@dataclass(frozen=True, slots=True)
class Open:
    """Which acts are open on the person to this reader, and why the others are not."""

    own: bool
    outranked: bool
    fed: bool
    elsewhere: bool
    pre_deleted: bool
    used: bool
    gone: bool = False

    @property
    def acts(self) -> bool:
        """Acts on the account at all: not one's own, not that of whoever administers more, nor of whoever
        was taken out of the scope (the card stays until the next sign-in)."""
        return not (self.own or self.outranked or self.gone)

    @property
    def ending(self) -> bool:
        return self.acts and not (self.fed or self.elsewhere or self.pre_deleted)

    @property
    def delete(self) -> bool:
        return self.ending and not self.used

    @property
    def pre_delete(self) -> bool:
        return self.ending and self.used

    @property
    def restore(self) -> bool:
        return self.acts and self.pre_deleted

    @property
    def edit(self) -> bool:
        return not (self.fed or self.outranked or self.pre_deleted or self.gone)


@dataclass(slots=True)
class AdministeredCard:
    """Everything; empty where there is nothing."""

    person: User
    open: Open
    alike: list[Alike] = field(default_factory=list)
    schools: list[SchoolTie] = field(default_factory=list)
    detached: list[Detachment] = field(default_factory=list)
    classes: list[ClassTie] = field(default_factory=list)
    past_classes: list[ClassTie] = field(default_factory=list)
    scolarity_groups: list[Group] = field(default_factory=list)
    manual_groups: list[ManualTie] = field(default_factory=list)
    family: list[FamilyTie] = field(default_factory=list)
    consents: list[PhotoConsent] = field(default_factory=list)
    rights: list[Administrator] = field(default_factory=list)
    holdings: list[Holding] = field(default_factory=list)
    leaving: Leaving | None = None
    block: Block | None = None
    kept_out: Refusal | None = None
    history: list[Act] = field(default_factory=list)

    @property
    def teaches_in(self) -> list[School]:
        """The schools of the reader's scope where the person may be given a class."""
        if self.person.pre_deleted_on is not None:
            return []
        return [tie.school for tie in self.schools if tie.mine and tie.attachment.profile == Profile.TEACHER]


def administered_card(person: User, reader: User) -> AdministeredCard:
    """The card of a person whom the reader administers (the caller took them from a gate)."""
    me = standpoint_of(reader)
    mine = set(administered_schools(me).filter(_around(person)).values_list("pk", flat=True))
    card = AdministeredCard(person, open_acts(person, reader, me))
    attachments = Attachment.objects.filter(person=person, ended_on__isnull=True).select_related("school")
    card.schools = [
        SchoolTie(each, each.school, each.school_id in mine)
        for each in attachments.order_by("school__name", "pk")
    ]
    card.alike = alike_to(person, me)
    card.detached = list(_detachments(person, mine))
    card.classes, card.past_classes = _classes(person, mine)
    card.scolarity_groups = _scolarity_groups(person)
    card.manual_groups = _manual_groups(person, {tie.school.pk for tie in card.schools})
    card.family = _family(person)
    if person.profile == Profile.PUPIL:
        card.consents = list(person.photo_consents.select_related("relative").order_by("said_by", "pk"))
    rights = Administrator.objects.filter(person=person, ended_on__isnull=True)
    card.rights = list(rights.select_related("school", "district", "academy").order_by("scope", "pk"))
    card.holdings = holdings_of(person)
    card.leaving = leaving_of(person)
    card.block = standing_block(person)
    card.kept_out = blocked([person]).get(person.pk)
    card.history = history_of(person, me)
    return card


def open_acts(person: User, reader: User, me: Standpoint | None = None) -> Open:
    """What the reader may do on an account of their scope. The services ask the same again."""
    me = me or standpoint_of(reader)
    scope = administered_schools(me).order_by().values("pk")
    return Open(
        own=person.pk == reader.pk,
        outranked=rights_beyond(me).filter(person=person).exists(),
        fed=person.source != Source.MANUAL,
        elsewhere=schools_holding(person).exclude(pk__in=scope).exists(),
        pre_deleted=person.pre_deleted_on is not None,
        used=person.activated_at is not None,
        gone=not people_administered_by(reader).filter(pk=person.pk).exists(),
    )


def standing_block(person: User) -> Block | None:
    """The person's own block, now or to come; not those of their schools' profiles."""
    now = clock.now()
    blocks = Block.objects.filter(person=person, lifted_at__isnull=True)
    return blocks.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=now)).order_by("starts_at", "pk").first()


def classes_offered(schools: Sequence[School]) -> QuerySet[SchoolClass]:
    """Classes that a teacher may be attached to: of the year that runs, with a pupil; each with its
    number of pupils (`size`)."""
    pupils = Q(classattachment__role=ClassRole.PUPIL, classattachment__ended_on__isnull=True)
    return (
        SchoolClass.objects.filter(school__in=[school.pk for school in schools], year=F("school__class_year"))
        .annotate(size=Count("classattachment", filter=pupils))
        .filter(size__gt=0)
        .select_related("school")
        .order_by("school__name", "label", "pk")
    )


def classes_awaited(school: School) -> list[SchoolClass]:
    """Last year's classes of which nothing has come this year, by their label; none before the school's
    classes are known. Two queries at most."""
    if school.class_year is None:
        return []
    year = school.running_year or school.class_year
    here = classes_offered([school]).values_list("label", flat=True) if year == school.class_year else []
    arrived = {fold(label) for label in here}
    former = SchoolClass.objects.filter(school=school, year=year - 1).order_by("label", "pk")
    return [school_class for school_class in former if fold(school_class.label) not in arrived]


def history_of(person: User, me: Standpoint, *, most: int = HISTORY) -> list[Act]:
    """What others, and the system, did to a person, but in schools of another's scope: the newest first, as the
    log tells it (`audit_visible_to`). Three queries."""
    scope = administered_schools(me).order_by().values("uuid")
    entries = list(
        AuditEntry.objects.filter(Q(school__isnull=True) | Q(school__in=scope), subject=person.uuid)
        .exclude(actor=person.uuid)
        .order_by("-at", "-pk")[:most]
    )
    actors = User.everyone.filter(uuid__in={each.actor for each in entries if each.actor}).names()
    places = {each.school for each in entries if each.school}
    schools: dict[UUID, str] = dict(School.objects.filter(uuid__in=places).values_list("uuid", "name"))
    return [
        Act(
            at=each.at,
            verb=each.verb,
            actor=actors.get(each.actor, "") if each.actor else "",
            school=schools.get(each.school, "") if each.school else "",
            before=each.before or {},
            after=each.after or {},
            by_feed=each.run is not None,
        )
        for each in entries
    ]


def named_in(history: Sequence[Act]) -> dict[str, str]:
    """What the lines of a history name by their UUID, in words: people and classes. Two queries."""
    told = [text for act in history for said in (act.before, act.after) for text in _texts(said)]
    uuids = uuids_of(told)
    people = {str(uuid): name for uuid, name in User.everyone.filter(uuid__in=uuids).names().items()}
    classes = SchoolClass.objects.filter(uuid__in=uuids).values_list("uuid", "label")
    return people | {str(uuid): label for uuid, label in classes}


def _texts(said: dict[str, Any]) -> list[str]:
    values = [each for value in said.values() for each in (value if isinstance(value, list) else [value])]
    return [value for value in values if isinstance(value, str)]


def _detachments(person: User, mine: set[int]) -> QuerySet[Detachment]:
    """Those that stand, in schools of the reader: theirs to undo, until the year turns."""
    found = Detachment.objects.filter(person=person, school__in=mine, lifted_at__isnull=True)
    return found.select_related("school").order_by("school__name", "pk")


def _around(person: User) -> Q:
    """The schools that a card may name."""
    return Q(pk__in=Attachment.objects.filter(person=person).values("school_id"))


def _classes(person: User, mine: set[int]) -> tuple[list[ClassTie], list[ClassTie]]:
    """This year's, and those of the year before that ended."""
    rows = ClassAttachment.objects.filter(person=person).select_related("school_class__school")
    now, past = [], []
    for row in rows.order_by("school_class__label", "pk"):
        school = row.school_class.school
        tie = ClassTie(row.school_class, row.role, row.since, row.ended_on, school.pk in mine)
        if row.ended_on is None:
            now.append(tie)
        elif row.school_class.year == (school.class_year or school.running_year or 0) - 1:
            past.append(tie)
    return now, past


def _scolarity_groups(person: User) -> list[Group]:
    mine = ScolarityMembership.objects.filter(
        person=person, through__pre_deleted_on__isnull=True
    ).values_list("group_id", flat=True)
    found = Group.objects.filter(pk__in=set(mine)).select_related("school", "school_class")
    return sorted(found, key=lambda group: fold(group.label))


def _manual_groups(person: User, schools: set[int]) -> list[ManualTie]:
    rows = Membership.objects.filter(person=person, group__kind=GroupKind.MANUAL)
    if person.profile == Profile.RELATIVE:
        schools = set(schools_holding(person).values_list("pk", flat=True))
    groups = [row.group for row in rows.select_related("group__school").order_by("group__name", "pk")]
    return [ManualTie(group, group.school_id not in schools) for group in groups]


def _family(person: User) -> list[FamilyTie]:
    if person.profile not in {Profile.PUPIL, Profile.RELATIVE}:
        return []
    pupil = person.profile == Profile.PUPIL
    ties = Guardianship.objects.filter(ended_on__isnull=True, **{"pupil" if pupil else "relative": person})
    standing = TieRestriction.objects.filter(
        lifted_at__isnull=True, **{"pupil" if pupil else "relative": person}
    )
    limits = {(each.relative_id, each.pupil_id): each for each in standing}
    order = ("rank", "relative__sort_name") if pupil else ("pupil__birth_date", "pupil__sort_name")
    return [
        FamilyTie(
            tie.relative if pupil else tie.pupil,
            bool(tie.legal),
            tie.get_source_display(),
            tie.source == Source.MANUAL,
            limits.get((tie.relative_id, tie.pupil_id)),
        )
        for tie in ties.select_related("relative" if pupil else "pupil").order_by(*order, "pk")
    ]
