"""What a deployment must respect about accounts."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from accounts.delays import LEGAL_DAYS


@register()
def delays_within_the_law(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Grace and pre-deletion together stay within the three months of the law."""
    grace, pre_deletion = settings.CARTABLE_GRACE_DAYS, settings.CARTABLE_PRE_DELETION_DAYS
    if grace >= 0 and pre_deletion >= 0 and grace + pre_deletion <= LEGAL_DAYS:
        return []
    return [
        Error(
            "CARTABLE_GRACE_DAYS and CARTABLE_PRE_DELETION_DAYS add up to more than three months",
            hint=f"Their sum must stay within {LEGAL_DAYS} days.",
            id="accounts.E001",
        )
    ]
