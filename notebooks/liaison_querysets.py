"""The carnet de liaison, read: by who writes and follows, through the book's rights; by relatives, through what
they hold. Both gates are here."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Value

from accounts.models import User
from directory.annuaire.children import free_ties_of
from directory.enums import ClassRole, Party
from directory.models import ClassAttachment, Guardianship, SchoolClass, TieRestriction
from directory.rules import Standpoint
from notebooks.enums import LIAISON_BOOK, WordState
from notebooks.models import LiaisonCopy, LiaisonTarget, LiaisonWord
from notebooks.places import classes_of
from sharing.enums import Role
from sharing.models import Resource
from sharing.querysets import visible_to
from sharing.rules import Reach

type Words = QuerySet[LiaisonWord, LiaisonWord]
type Copies = QuerySet[LiaisonCopy, LiaisonCopy]


def liaison_books_visible_to(person: User, reach: Reach) -> QuerySet[Resource, Any]:
    """The carnets that someone follows, with `my_role`: for a school's team alone. What relatives read of one is
    what they hold, whatever is shared with them."""
    if not reach.standpoint.in_team:
        return Resource.objects.none().annotate(my_role=Value(0))
    found = visible_to(person, reach).filter(kind=LIAISON_BOOK, trashed_at__isnull=True)
    return found.select_related("liaison_book__school_class__school", "owner")


def words_in(book: int, role: int) -> Words:
    """The words of a book, for someone of this role on it: drafts are for who writes there."""
    rows = LiaisonWord.objects.filter(book=book)
    return rows if role >= Role.CONTRIBUTE else rows.exclude(state=WordState.DRAFT)


def word_visible_to(person: User, reach: Reach, uuid: UUID) -> LiaisonWord | None:
    """A word as who follows it sees it, with `my_role` of its book. Two queries."""
    word = (
        LiaisonWord.objects.filter(uuid=uuid, book__isnull=False)
        .select_related("book__resource", "book__school_class__school", "author")
        .first()
    )
    if word is None or word.book_id is None:
        return None
    seen: QuerySet[Any, Any] = liaison_books_visible_to(person, reach).filter(pk=word.book_id)
    role = seen.values_list("my_role", flat=True).first()
    if role is None or (word.state == WordState.DRAFT and role < Role.CONTRIBUTE):
        return None
    word.my_role = role  # type: ignore[attr-defined]
    return word


def copies_of(relative: User) -> Copies:
    """What a relative holds: the gate of whoever received. Hidden while the direction limits their tie with the
    child; `tied` says whether they still are a relative of the child."""
    standing = TieRestriction.objects.filter(
        relative_id=OuterRef("relative_id"), pupil_id=OuterRef("pupil_id"), lifted_at__isnull=True
    )
    ties = Guardianship.objects.filter(
        ~Q(legal=False),
        relative_id=OuterRef("relative_id"),
        pupil_id=OuterRef("pupil_id"),
        ended_on__isnull=True,
        pupil__pre_deleted_on__isnull=True,
    )
    return (
        LiaisonCopy.objects.filter(~Exists(standing), relative=relative)
        .exclude(word__state=WordState.DRAFT)
        .annotate(tied=Exists(ties))
        .select_related("word", "pupil")
    )


_UNSIGNED = Q(word__state=WordState.SENT, signed_version__lt=F("word__asked_version"))


def waiting(copies: Copies) -> Copies:
    """Those of `copies_of` that wait for a signature: the twin of `liaison_rules.waits`."""
    return copies.filter(_UNSIGNED, Q(tied=True))


def may_wait(relative: User) -> list[int]:
    """Keys of what a relative holds unsigned, ties not looked at: few, most often none, and asked by every home
    page before the rest. A query."""
    rows = LiaisonCopy.objects.filter(_UNSIGNED, relative=relative)
    return list(rows.values_list("pk", flat=True))


def counts_of(words: Collection[int]) -> dict[int, tuple[int, int]]:
    """Of each of these words: how many copies are held, and how many are signed. One query."""
    signed = Q(signed_version__gte=F("word__asked_version"))
    rows = (
        LiaisonCopy.objects.filter(word__in=list(words), pupil__isnull=False)
        .values("word")
        .annotate(held=Count("pk"), signed=Count("pk", filter=signed))
        .order_by()
    )
    return {row["word"]: (row["held"], row["signed"]) for row in rows}


def author_classes(me: Standpoint) -> list[SchoolClass]:
    """The classes to whose families someone may write: theirs, those that they direct, where the school's rules
    let them reach relatives. A query."""
    near = me.near.get(Party.RELATIVE, frozenset())
    wide = me.wide.get(Party.RELATIVE, frozenset())
    return [each for each in classes_of(me) if each.pk in near or each.school_id in wide]


def pupils_of(classes: Collection[int]) -> list[tuple[User, SchoolClass]]:
    """The pupils of these classes now, by class and name. A query."""
    rows = ClassAttachment.objects.filter(
        school_class__in=list(classes),
        role=ClassRole.PUPIL,
        ended_on__isnull=True,
        person__pre_deleted_on__isnull=True,
        person__merged_into__isnull=True,
    )
    ordered = rows.order_by("school_class__label", "school_class_id", "person__sort_name", "person_id")
    return [(row.person, row.school_class) for row in ordered.select_related("person", "school_class")]


@dataclass(frozen=True, slots=True)
class Recipient:
    """A legal relative to whom a word goes for a child; None: no relative is known, or reached, for the child."""

    pupil: User
    label: str
    relative: User | None


def recipients_of(word: LiaisonWord) -> list[Recipient]:
    """To whom a word goes, as classes and ties are now: each legal relative of each pupil, but for ties that the
    direction ended or limited. Four queries."""
    targets = LiaisonTarget.objects.filter(word=word)
    classes = [each.school_class_id for each in targets if each.school_class_id is not None]
    named = [each.pupil_id for each in targets if each.pupil_id is not None]
    found: dict[int, tuple[User, str]] = {}
    for pupil, school_class in pupils_of(classes):
        found.setdefault(pupil.pk, (pupil, school_class.label))
    others = [key for key in named if key not in found]
    if others:
        found |= _named(others)
    ties = legal_ties(list(found)).select_related("relative")
    relatives: dict[int, list[User]] = {}
    for tie in ties.order_by("rank", "relative__sort_name", "relative_id"):
        relatives.setdefault(tie.pupil_id, []).append(tie.relative)
    made = []
    for key, (pupil, label) in found.items():
        for relative in relatives.get(key, [None]):
            made.append(Recipient(pupil, label, relative))
    return made


def legal_ties(pupils: Sequence[int]) -> QuerySet[Guardianship]:
    """The ties by which relatives are asked for these pupils now."""
    return free_ties_of(pupils).filter(
        ~Q(legal=False), relative__pre_deleted_on__isnull=True, relative__merged_into__isnull=True
    )


def _named(keys: Sequence[int]) -> dict[int, tuple[User, str]]:
    """Pupils by key, with the label of a class of theirs."""
    people = User.objects.present().in_bulk(keys)
    rows = ClassAttachment.objects.filter(
        person__in=list(people), role=ClassRole.PUPIL, ended_on__isnull=True
    ).order_by("-school_class__label", "-pk")
    labels = dict(rows.values_list("person_id", "school_class__label"))
    ordered = sorted(people.values(), key=lambda each: (labels.get(each.pk, ""), each.sort_name, each.pk))
    return {each.pk: (each, labels.get(each.pk, "")) for each in ordered}
