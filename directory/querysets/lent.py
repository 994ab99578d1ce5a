"""Colleagues whom another school lends: their account is its own, not that of whoever they help."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.enums import Source
from directory.models import Attachment
from directory.querysets.administered import administered_schools
from directory.rules import Standpoint


def lent_to(me: Standpoint) -> QuerySet[Attachment]:
    """The attachments, to schools out of the scope, of those who are by hand alone in schools of the scope, while
    a feed states them elsewhere, or they came there first. To attach somebody within reach is one's own word: it
    opens their work in the school, neither their account nor what they have elsewhere."""
    standing = Attachment.objects.filter(ended_on__isnull=True)
    if me.platform:
        return standing.none()
    scope = administered_schools(me).order_by().values("pk")
    here = standing.filter(school_id__in=scope, person_id=OuterRef("person_id"))
    first = here.filter(pk__lt=OuterRef("pk"))
    elsewhere = standing.exclude(school_id__in=scope)
    return elsewhere.filter(
        Exists(here), ~Exists(here.exclude(source=Source.MANUAL)), ~Q(source=Source.MANUAL) | ~Exists(first)
    )
