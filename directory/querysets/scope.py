"""Everybody of some schools, asked in two ways: row by row, or by their keys gathered first.

Row by row suits a gate (one person) and a long list walked in order, which stops at its page; keys first
suit a few schools, whatever is asked of their people next.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, BooleanField, Exists, F, Func, OuterRef, Q, QuerySet, Value

from directory.enums import ClassRole
from directory.models import Attachment, ClassAttachment, Detachment, Guardianship
from schools.models import School

type Schools = QuerySet[School, Any] | Iterable[int]


class InPlace(Exists):
    """An EXISTS asked of each row as it comes, by an index. PostgreSQL would rather gather all answers
    first, a second's work for an academy, where a page needs fifty; OFFSET keeps it from it."""

    template = "EXISTS(%(subquery)s OFFSET 0)"


class Among(Func):
    """Whether a key is one of those that a query gives, gathered once: `Among(F("pk"), keys)`."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    output_field = BooleanField()

    def __init__(self, key: F, keys: QuerySet[Any, Any]) -> None:
        super().__init__(key, ArraySubquery(keys))


class AmongGiven(Func):
    """Whether a key is one of a list of thousands. PostgreSQL, if it saw the list, would walk everybody in
    order, looking for each in it."""

    template = "%(expressions)s)))"
    arg_joiner = " = ANY(ARRAY(SELECT unnest("
    output_field = BooleanField()

    def __init__(self, key: F, keys: Iterable[int]) -> None:
        super().__init__(key, Value(list(keys), output_field=ArrayField(BigIntegerField())))


def of_schools_in_place(schools: Schools, above: Schools | None = None) -> Q:
    """Whether the person of a row is of these schools: attached to one, responsible for a pupil who is,
    or, for whoever has no school now, the last to have been of one (`left_behind`)."""
    posts = Attachment.objects.filter(person_id=OuterRef("pk"))
    here = posts.filter(school_id__in=schools)
    ties = Guardianship.objects.filter(relative_id=OuterRef("pk"), ended_on__isnull=True)
    present = ties.filter(pupil__attachment__school_id__in=schools, pupil__attachment__ended_on__isnull=True)
    return (
        Q(InPlace(here.filter(ended_on__isnull=True)))
        | Q(InPlace(present))
        | Q(InPlace(left_behind(schools, above).filter(person_id=OuterRef("pk"))))
    )


def of_schools_by_keys(schools: Schools, above: Schools | None = None) -> Among:
    """The same people, by their keys: for some schools."""
    here = Attachment.objects.filter(school_id__in=schools)
    ties = Guardianship.objects.filter(
        ended_on__isnull=True,
        pupil__attachment__school_id__in=schools,
        pupil__attachment__ended_on__isnull=True,
    )
    keys = here.filter(ended_on__isnull=True).values("person_id")
    left = left_behind(schools, above).values("person_id")
    return Among(F("pk"), keys.union(ties.order_by().values("relative_id"), left, all=True))


def left_behind(schools: Schools, above: Schools | None = None) -> QuerySet[Attachment]:
    """What ended in these schools, of those who have none now: their administrators look after them still.

    But for whom an administrator took out: the school lists them no more, even once the year turned. Those
    who administer it from above (`above`: its district, its academy) do, or nobody would find them.
    """
    now = Attachment.objects.filter(person_id=OuterRef("person_id"), ended_on__isnull=True)
    ended = Attachment.objects.filter(~Exists(now), school_id__in=schools, ended_on__isnull=False)
    kept = ~taken_out()
    return ended.filter(kept | Q(school_id__in=above)) if above is not None else ended.filter(kept)


def taken_out() -> Exists:
    """Whether the person of an attachment left its school by the word of an administrator, then or later."""
    word = Detachment.objects.filter(
        person_id=OuterRef("person_id"), school_id=OuterRef("school_id"), by=OuterRef("ended_by")
    )
    later = Attachment.objects.filter(
        person_id=OuterRef("person_id"), school_id=OuterRef("school_id"), pk__gte=OuterRef("pk")
    )
    return Exists(later.filter(Exists(word)))


def of_class(school_class: QuerySet[Any, Any]) -> Among:
    """The pupils and teachers of a class, and these pupils' relatives."""
    belonging = ClassAttachment.objects.filter(school_class_id__in=school_class, ended_on__isnull=True)
    ties = Guardianship.objects.filter(
        ended_on__isnull=True,
        pupil__classattachment__school_class_id__in=school_class,
        pupil__classattachment__ended_on__isnull=True,
        pupil__classattachment__role=ClassRole.PUPIL,
    )
    keys = belonging.values("person_id").union(ties.order_by().values("relative_id"), all=True)
    return Among(F("pk"), keys)
