"""What a deployment must respect about accounts."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

from accounts.delays import LEGAL_DAYS

# The codes of a whole academy hang on this key: no shorter than what a machine would draw.
SHORTEST_KEY = 32


@register(Tags.security, deploy=True)
def code_key_is_a_secret_of_its_own(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Activation codes are derived from a key that is long, and not the sessions'."""
    key = settings.CARTABLE_CODE_KEY
    if len(key) >= SHORTEST_KEY and key != settings.SECRET_KEY:
        return []
    return [
        Error(
            "CARTABLE_CODE_KEY is too short, or is CARTABLE_SECRET_KEY itself",
            hint="Draw one: python -c 'import secrets; print(secrets.token_urlsafe(48))'.",
            id="accounts.E002",
        )
    ]


@register()
def delays_within_the_law(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Grace and pre-deletion together stay within the three months of the law."""
    grace, pre_deletion = settings.CARTABLE_GRACE_DAYS, settings.CARTABLE_PRE_DELETION_DAYS
    notice = settings.CARTABLE_LEAVING_NOTICE_DAYS
    wrong: list[CheckMessage] = []
    if not 0 <= notice <= max(grace, 0):
        wrong.append(
            Error(
                "CARTABLE_LEAVING_NOTICE_DAYS is longer than CARTABLE_GRACE_DAYS, or below 0",
                hint="People are told within the grace: no earlier than their absence begins.",
                id="accounts.E003",
            )
        )
    if grace >= 0 and pre_deletion >= 0 and grace + pre_deletion <= LEGAL_DAYS:
        return wrong
    return [
        *wrong,
        Error(
            "CARTABLE_GRACE_DAYS and CARTABLE_PRE_DELETION_DAYS add up to more than three months",
            hint=f"Their sum must stay within {LEGAL_DAYS} days.",
            id="accounts.E001",
        ),
    ]
