"""Notices in what is new: each once, on the day that it appears."""

from django.db import transaction

from core import clock
from home.models import Notice, NoticeAudience
from home.news import NOTICE
from home.querysets import standing
from timeline.services.record import Happening, record

BATCH = 100


def tell(notice: Notice) -> bool:
    """Tells the groups of a notice that it stands, once, in the current transaction; answers whether it did.
    Its row is locked by whoever asks."""
    today = clock.today()
    if (
        notice.told_at is not None
        or notice.posted_at is None
        or notice.withdrawn_at is not None
        or not notice.starts_on <= today <= notice.ends_on
    ):
        return False
    record(
        Happening(
            kind=NOTICE,
            by=notice.author,
            groups=NoticeAudience.objects.filter(notice=notice).values_list("group_id", flat=True),
            school=notice.school_id,
            about=notice.uuid,
            data={"title": notice.title},
        )
    )
    notice.told_at = clock.now()
    notice.save(update_fields=["told_at"])
    return True


def tell_due() -> int:
    """Tells those whose day has come; answers how many. Two at once share the work."""
    told = 0
    while True:
        with transaction.atomic():
            due = standing().filter(told_at__isnull=True).order_by("pk")
            batch = list(due.select_for_update(of=("self",), skip_locked=True, no_key=True)[:BATCH])
            told += sum(tell(notice) for notice in batch)
        if len(batch) < BATCH:
            return told
