"""Who asked that what they left in shared spaces goes with their account (arrêté of 30 November 2006, article 6)."""

from collections.abc import Sequence

from django.db.models import Q

from accounts.models import User


def objectors_among(people: Sequence[int]) -> set[int]:
    """Those who objected; an account absorbed goes by its holder's word."""
    objected = Q(objected_at__isnull=False) | Q(merged_into__objected_at__isnull=False)
    return set(User.everyone.filter(objected, pk__in=people).values_list("pk", flat=True))
