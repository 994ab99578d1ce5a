"""Absent, told, pre-deleted, deleted, or restored: the nightly job; by hand, the accounts made by hand."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import batched

from django.conf import settings
from django.db import transaction

from accounts import fates, pauses
from accounts.delays import Step, next_step
from accounts.enums import Source
from accounts.errors import AccountUsed, AlreadyPreDeleted, FedAccount, NotPreDeleted
from accounts.models import RetiredLogin, User
from accounts.signals import people_leaving, people_pre_deleted
from core import audit, clock
from core.audit import Entry, Someone
from core.locks import Lock, take

BATCH = 500
WHOLE = 0
PATIENCE = 10 * 60_000  # milliseconds: a feed of a whole academy may be running
SOON = 10_000  # somebody waits for the page
OF_AN_ABSENCE = ("absent_since", "pre_deleted_on", "leaving_told_on", "objected_at")


@dataclass
class Advanced:
    """How many accounts the job moved on."""

    told: int = 0
    pre_deleted: int = 0
    deleted: int = 0


def advance(*, today: date) -> Advanced:
    """Moves on every account whose delay is over on this day; run twice it does nothing more.

    A batch is a transaction: broken in the middle, the job is simply run again.
    """
    frozen = pauses.by_academy()
    counts: Counter[Step] = Counter()
    for step, act in ((Step.DELETE, erase), (Step.PRE_DELETE, _pre_delete), (Step.TELL, _tell)):
        due = [pk for pk, wanted in _due(today, frozen) if wanted is step]
        for ids in batched(due, BATCH):
            counts[step] += act(list(ids), today)
    return Advanced(counts[Step.TELL], counts[Step.PRE_DELETE], counts[Step.DELETE])


def restore(*, person: User, by: Someone) -> User:
    """Takes an account off its way out, as it was: nothing of it had changed. What was said of the leaving is
    forgotten.

    Raises NotPreDeleted.
    """
    with audit.acting(by=by):
        fresh = User.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
        if fresh.absent_since is None:
            raise NotPreDeleted()
        before = {"absent_since": fresh.absent_since.isoformat()}
        for name in OF_AN_ABSENCE:
            setattr(fresh, name, None)
        fresh.save(update_fields=list(OF_AN_ABSENCE))
        audit.record("account.restored", subject=fresh.uuid, before=before)
    return fresh


def pre_delete(*, person: User, by: Someone) -> User:
    """Puts an account made by hand on its way out, from today: nothing of it changes until its delay ends.

    Who may is the directory's rule. Raises FedAccount, AlreadyPreDeleted.
    """
    with audit.acting(by=by):
        _hold([person.pk], patience=SOON)
        fresh = _by_hand(person)
        if fresh.pre_deleted_on is not None:
            raise AlreadyPreDeleted()
        fresh.pre_deleted_on = clock.today()
        fresh.absent_since = fresh.absent_since or fresh.pre_deleted_on
        fresh.save(update_fields=["absent_since", "pre_deleted_on"])
        audit.record("account.pre_deleted", subject=fresh.uuid)
        transaction.on_commit(lambda: people_pre_deleted.send(sender=User, ids=[fresh.pk]))
    return fresh


def delete(*, person: User, by: Someone) -> None:
    """Erases at once an account made by hand that nobody ever signed in to; its login is free again.

    Who may is the directory's rule. Raises FedAccount, AccountUsed.
    """
    with audit.acting(by=by):
        _hold([person.pk], patience=SOON)
        fresh = _by_hand(person)
        absorbed = User.everyone.filter(merged_into=fresh)
        if fresh.activated_at is not None or absorbed.filter(activated_at__isnull=False).exists():
            raise AccountUsed()
        gone = [fresh.pk, *absorbed.values_list("pk", flat=True)]
        fates.erase_all(gone)
        User.everyone.filter(pk__in=gone)._raw_delete(using=User.everyone.db)
        audit.record("account.deleted", subject=fresh.uuid, before={"login": fresh.username})


def _by_hand(person: User) -> User:
    fresh = User.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if fresh.source != Source.MANUAL:
        raise FedAccount()
    return fresh


def erase(ids: list[int], today: date) -> int:
    """Erases accounts still pre-deleted, with those that they have absorbed, each room's things first; their
    logins go to nobody else. Answers how many people."""
    with audit.acting(by=None):
        _hold(ids)
        told = ("pk", "uuid", "login_base", "login_number")
        people = list(
            User.objects.select_for_update(of=("self",))
            .filter(pk__in=ids, pre_deleted_on__isnull=False)
            .values_list(*told)
        )
        absorbed = User.everyone.filter(merged_into__in=[row[0] for row in people]).values_list(*told)
        rows = [*people, *absorbed]
        gone = [row[0] for row in rows]
        RetiredLogin.objects.bulk_create(
            [RetiredLogin(login_base=base, login_number=number) for _, _, base, number in rows],
            ignore_conflicts=True,
        )
        left = fates.erase_all(gone)
        User.everyone.filter(pk__in=gone)._raw_delete(using=User.everyone.db)
        audit.record_all(
            Entry(
                verb="account.deleted", subject=row[1], after=left[row[0]].told() if row[0] in left else None
            )
            for row in rows
        )
    return len(people)


def _tell(ids: list[int], today: date) -> int:
    """Marks them as told, once for each absence; who writes to them hears of it once this is committed."""
    with audit.acting(by=None):
        _hold(ids)
        rows = list(
            User.objects.select_for_update(of=("self",), no_key=True)
            .filter(
                pk__in=ids,
                absent_since__isnull=False,
                pre_deleted_on__isnull=True,
                leaving_told_on__isnull=True,
            )
            .values_list("pk", "uuid")
        )
        told = [row[0] for row in rows]
        User.objects.filter(pk__in=told).update(leaving_told_on=today)
        audit.record_all(Entry(verb="account.leaving_told", subject=row[1]) for row in rows)
        transaction.on_commit(lambda: people_leaving.send(sender=User, ids=told))
    return len(rows)


def _pre_delete(ids: list[int], today: date) -> int:
    with audit.acting(by=None):
        _hold(ids)
        rows = list(
            User.objects.select_for_update(of=("self",), no_key=True)
            .filter(pk__in=ids, absent_since__isnull=False, pre_deleted_on__isnull=True)
            .values_list("pk", "uuid")
        )
        moved = [row[0] for row in rows]
        User.objects.filter(pk__in=moved).update(pre_deleted_on=today)
        audit.record_all(Entry(verb="account.pre_deleted", subject=row[1]) for row in rows)
        transaction.on_commit(lambda: people_pre_deleted.send(sender=User, ids=moved))
    return len(rows)


def _hold(ids: list[int], patience: int = PATIENCE) -> None:
    """Takes the job's lock and those of the academies concerned: a feed that runs has planned with these accounts."""
    academies = (
        User.objects.filter(pk__in=ids, academy__isnull=False).values_list("academy", flat=True).distinct()
    )
    take((Lock.LIFECYCLE, WHOLE), *((Lock.FEED, academy) for academy in academies), timeout_ms=patience)


def _due(today: date, frozen: dict[int, list[pauses.Pause]]) -> Iterator[tuple[int, Step]]:
    absent = User.objects.filter(absent_since__isnull=False).order_by("pk")
    rows = absent.values_list("pk", "academy_id", "absent_since", "pre_deleted_on", "leaving_told_on")
    for pk, academy, absent_since, pre_deleted_on, told_on in rows.iterator(chunk_size=10_000):
        step = next_step(
            absent_since=absent_since or today,
            pre_deleted_on=pre_deleted_on,
            today=today,
            pauses=frozen.get(academy, ()),
            grace=settings.CARTABLE_GRACE_DAYS,
            pre_deletion=settings.CARTABLE_PRE_DELETION_DAYS,
            notice=settings.CARTABLE_LEAVING_NOTICE_DAYS,
            told=told_on is not None,
        )
        if step is not Step.STAY:
            yield pk, step
