"""Everybody of some schools, asked in two ways: row by row, or by their keys gathered first.

Row by row suits a gate (one person) and a long list walked in order, which stops at its page; keys first
suit a few schools, whatever is asked of their people next.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q, QuerySet

from directory.enums import ClassRole
from directory.models import Attachment, ClassAttachment, Guardianship
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


def of_schools_in_place(schools: Schools) -> Q:
    """Whether the person of a row is of these schools: attached to one, responsible for a pupil who is,
    or, for whoever has no school now, attached once."""
    posts = Attachment.objects.filter(person_id=OuterRef("pk"))
    here = posts.filter(school_id__in=schools)
    ties = Guardianship.objects.filter(
        relative_id=OuterRef("pk"),
        ended_on__isnull=True,
        pupil__attachment__school_id__in=schools,
        pupil__attachment__ended_on__isnull=True,
    )
    return (
        Q(InPlace(here.filter(ended_on__isnull=True)))
        | Q(InPlace(ties))
        | Q(InPlace(here.filter(ended_on__isnull=False)), ~InPlace(posts.filter(ended_on__isnull=True)))
    )


def of_schools_by_keys(schools: Schools) -> Among:
    """The same people, by their keys: for some schools."""
    here = Attachment.objects.filter(school_id__in=schools)
    ties = Guardianship.objects.filter(
        ended_on__isnull=True,
        pupil__attachment__school_id__in=schools,
        pupil__attachment__ended_on__isnull=True,
    )
    elsewhere = Attachment.objects.filter(person_id=OuterRef("person_id"), ended_on__isnull=True)
    left = here.filter(~Exists(elsewhere), ended_on__isnull=False)
    keys = here.filter(ended_on__isnull=True).values("person_id")
    keys = keys.union(ties.order_by().values("relative_id"), left.values("person_id"), all=True)
    return Among(F("pk"), keys)


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
