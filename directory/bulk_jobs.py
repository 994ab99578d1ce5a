"""Acts on many accounts, as jobs: what they carry, and how their asker finds them again."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from accounts.models import User
from core.jobs import job
from core.models import Job
from core.progress import Progress
from directory.account_filters import AccountFilters
from directory.models import Group, SchoolClass
from directory.querysets.standpoint import standpoint_of
from directory.services.bulk_accounts import BulkAct, Order, carry_out, choose


def administers_something(person: User) -> bool:
    """Whoever administers something acts on what they administer: each service asks again."""
    return standpoint_of(person).administers_something


@job("directory.bulk_accounts", label="Actes sur des comptes", may_start=administers_something)
def act_on_accounts(
    progress: Progress,
    *,
    actor: str,
    act: str,
    people: list[str],
    school_class: str | None = None,
    group: str | None = None,
    reason: str = "",
    message: str = "",
) -> dict[str, Any]:
    """Does one act on the accounts named, those that the actor still administers."""
    by = User.objects.get(uuid=UUID(actor))
    order = Order(
        act=BulkAct(act),
        school_class=SchoolClass.objects.select_related("school").get(uuid=school_class)
        if school_class
        else None,
        group=Group.objects.select_related("school").get(uuid=group) if group else None,
        reason=reason,
        message=message,
    )
    uuids = [UUID(uuid) for uuid in people]
    chosen = choose(by=by, school=None, filters=AccountFilters(), uuids=uuids)
    return carry_out(by=by, order=order, people=chosen, progress=progress)


def start(*, by: User, order: Order, people: Iterable[User]) -> Job:
    """Sends the act to the queue, for those whom its preview showed. Raises NotAllowed."""
    return act_on_accounts.start(
        by=by,
        label=order.act.label,
        actor=str(by.uuid),
        act=order.act.value,
        people=[str(person.uuid) for person in people],
        school_class=str(order.school_class.uuid) if order.school_class else None,
        group=str(order.group.uuid) if order.group else None,
        reason=order.reason,
        message=order.message,
    )


def jobs_of(person: User) -> QuerySet[Job]:
    """The acts on many accounts that someone asked for."""
    return Job.objects.filter(actor=person.uuid, name=act_on_accounts.name)
