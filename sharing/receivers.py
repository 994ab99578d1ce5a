"""What sharing does when a lower room tells it something."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from accounts.models import User
from directory.models import Group
from sharing.enums import Reason
from sharing.models import Grant
from sharing.services.withdraw import withdraw


def on_groups_deleted(sender: Any, groups: Sequence[int], by: User | UUID | None, **kwargs: Any) -> None:
    """What was shared with groups that end is withdrawn, in the transaction that deletes them; a withdrawal
    a group, caused by it."""
    rows = Group.objects.filter(pk__in=groups, grant__isnull=False).select_related("school").distinct()
    for group in rows.order_by("pk"):
        withdraw(
            grants=Grant.objects.filter(group=group),
            reason=Reason.GROUP_DELETED,
            by=by,
            school=group.school,
            cause=group.uuid,
        )
