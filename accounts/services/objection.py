"""Whether what somebody left in shared spaces may stay once their account is deleted; said until then."""

from accounts import assurance
from accounts.errors import NotLeaving
from accounts.models import User
from core import audit, clock


def say_what_stays(*, by: User, stays: bool) -> User:
    """One's own word alone; said again, the last one holds. It is of this absence: whoever comes back has said
    nothing. Raises LowAssurance, NotLeaving."""
    assurance.require_full()
    with audit.acting(by=by):
        fresh = User.objects.select_for_update(of=("self",), no_key=True).get(pk=by.pk)
        if fresh.absent_since is None:
            raise NotLeaving()
        if stays != (fresh.objected_at is None):
            fresh.objected_at = None if stays else clock.now()
            fresh.save(update_fields=["objected_at"])
            verb = "account.objection_lifted" if stays else "account.objected"
            audit.record(verb, subject=fresh.uuid)
    return fresh
