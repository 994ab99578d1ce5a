"""Who is kept out now, for lists: the twin, row by row, of `directory/sql/gate.sql`."""

from collections import defaultdict
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from accounts.enums import Profile
from core import clock
from directory.enums import TieLimit
from directory.models import Administrator, Attachment, Block, TieRestriction
from directory.querysets.people import attached_to, relatives_in_schools
from directory.querysets.scope import Among, InPlace, Schools


def blocks_in_force() -> QuerySet[Block]:
    """Blocks, of people and of profiles, that keep somebody out at this instant."""
    now = clock.now()
    return Block.objects.filter(
        Q(ends_at__isnull=True) | Q(ends_at__gt=now), lifted_at__isnull=True, starts_at__lte=now
    )


def kept_out() -> Q:
    """Whether the person of a row is: by a block of theirs, or because every school of theirs blocks
    their profile and they administer nothing."""
    blocks = blocks_in_force()
    closed = Exists(blocks.filter(school_id=OuterRef("school_id"), profile=OuterRef("profile")))
    closed_to_relatives = Exists(blocks.filter(school_id=OuterRef("school_id"), profile=Profile.RELATIVE))
    posts = Attachment.objects.filter(person_id=OuterRef("pk"), ended_on__isnull=True)
    ended = TieRestriction.objects.filter(
        relative_id=OuterRef(OuterRef("pk")),
        pupil_id=OuterRef("person_id"),
        limit=TieLimit.ENDED,
        lifted_at__isnull=True,
    )
    children = Attachment.objects.filter(
        ~Exists(ended),
        profile=Profile.PUPIL,
        ended_on__isnull=True,
        person__pre_deleted_on__isnull=True,
        person__guardians__relative_id=OuterRef("pk"),
        person__guardians__ended_on__isnull=True,
    )
    rights = Administrator.objects.filter(person_id=OuterRef("pk"), ended_on__isnull=True)
    somewhere = Q(InPlace(posts.filter(closed))) | Q(InPlace(children.filter(closed_to_relatives)))
    everywhere = Q(~InPlace(posts.exclude(closed))) & Q(~InPlace(children.exclude(closed_to_relatives)))
    alone = Q(InPlace(blocks.filter(person_id=OuterRef("pk"))))
    return alone | (somewhere & everywhere & Q(~InPlace(rights)))


def maybe_kept_out(schools: Schools | None) -> Among | None:
    """Whom a block in force may concern, in these schools or in all; None where there is none. A query."""
    blocks = blocks_in_force()
    if schools is not None:
        blocks = blocks.filter(Q(school_id__in=schools) | Q(school__isnull=True))
    alone = False
    found: dict[str, list[int]] = defaultdict(list)
    for person_id, school_id, profile in blocks.values_list("person_id", "school_id", "profile"):
        if person_id is not None:
            alone = True
        elif school_id is not None:
            found[str(profile)].append(school_id)
    parts: list[QuerySet[Any, Any]] = []
    if alone:
        parts.append(blocks.filter(person__isnull=False).values_list("person_id", flat=True))
    for profile, where in found.items():
        if profile == Profile.RELATIVE:
            parts.append(relatives_in_schools(where))
        else:
            parts.append(attached_to(where, profile=profile))
    if not parts:
        return None
    first, *others = parts
    return Among(F("pk"), first.union(*others, all=True) if others else first)
