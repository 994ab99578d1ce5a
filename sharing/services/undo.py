"""Shares that somebody removed are put back as they were, while nothing stands in their place."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts import assurance
from accounts.models import User
from core import audit
from directory.models import Group
from sharing.enums import Reason
from sharing.errors import CannotPutBack, NotAManager
from sharing.lifetime import purged_kinds
from sharing.models import Grant, Resource, Withdrawal, WithdrawnGrant
from sharing.querysets import managed_by
from sharing.services import withdraw
from sharing.services.withdraw import Restored


def removed_by_hand(uuid: UUID) -> Withdrawal | None:
    """The withdrawal that this names, made by somebody who removed shares and not put back yet."""
    found = Withdrawal.objects.filter(uuid=uuid, reason=Reason.REMOVED, restored_at__isnull=True)
    return found.first()


def may_put_back(*, by: User, withdrawal: Withdrawal) -> bool:
    """Whether `by` may share, now, everything that this took back; for the others it does not exist."""
    gone = WithdrawnGrant.objects.filter(withdrawal=withdrawal).order_by()
    there = Resource.objects.filter(pk__in=gone.values("resource_id"))
    count = there.count()
    return count > 0 and managed_by(by).filter(pk__in=there.values("pk")).count() == count


def put_back(*, by: User, withdrawal: Withdrawal) -> Restored:
    """Puts removed shares back with their roles, years and origins: all of them, or none. Only whoever may
    share every thing concerned.

    Raises LowAssurance, NotAManager; CannotPutBack where one was shared again since, its owner is now whom it was shared
    with, or the year of a group is over.
    """
    assurance.require_full()
    with audit.acting(by=by):
        gone = WithdrawnGrant.objects.filter(withdrawal=withdrawal).order_by()
        keys = sorted(set(gone.values_list("resource_id", flat=True)))
        held = list(Resource.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk"))
        if not may_put_back(by=by, withdrawal=withdrawal):
            raise NotAManager()
        if _replaced(withdrawal).exists() or _past(withdrawal).exists():
            raise CannotPutBack()
        done = withdraw.restore(withdrawals=[withdrawal], by=by)
        if not done.count:
            raise CannotPutBack()
        audit.record_all(audit.Entry(verb="share.restored", subject=each.uuid) for each in held)
    return done


def _replaced(withdrawal: Withdrawal) -> QuerySet[WithdrawnGrant, WithdrawnGrant]:
    """Those whose person or group was given a share since, or that a new owner needs no more."""
    same = Q(person_id=OuterRef("person_id"), person_id__isnull=False) | Q(
        group_id=OuterRef("group_id"), group_id__isnull=False
    )
    since = Grant.objects.filter(same, resource_id=OuterRef("resource_id"), given_at__gte=withdrawal.at)
    owned = Resource.objects.filter(pk=OuterRef("resource_id"), owner_id=OuterRef("person_id"))
    return WithdrawnGrant.objects.filter(withdrawal=withdrawal).filter(Exists(since) | Exists(owned))


def _past(withdrawal: Withdrawal) -> QuerySet[WithdrawnGrant, WithdrawnGrant]:
    """Those that the turn of their school ended meanwhile, had they stayed."""
    over = Group.objects.filter(
        pk=OuterRef("group_id"), kind__in=purged_kinds(), school__class_year__gt=OuterRef("year")
    )
    return WithdrawnGrant.objects.filter(Exists(over), withdrawal=withdrawal, year__isnull=False)
