"""What pages of notebooks read of a request: who, which week, what a rule said no with."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest

from accounts.requests import is_pupil, person_of
from core import clock
from core.errors import DomainError
from core.text import day_of
from notebooks import homework_rules as rules
from sharing.errors import told
from ui.french import unbroken

__all__ = ["is_pupil", "monday_in", "person_of", "said", "say_no"]

# A week is looked at by people, within their lifetime.
FIRST, LAST = date(1950, 1, 1), date(2150, 1, 1)


def monday_in(request: HttpRequest, name: str = "semaine") -> date:
    """The Monday of the week asked for, by any day of it; of this week where none is, or what is said is no day."""
    asked = day_of(request.POST.get(name) or request.GET.get(name) or "")
    if asked is None or not FIRST < asked < LAST:
        asked = clock.today()
    return rules.monday_of(asked)


def said(request: HttpRequest, error: DomainError) -> str:
    """What a rule said no with, in this person's words."""
    return unbroken(told(error, pupil=is_pupil(request)))


def say_no(request: HttpRequest, error: DomainError) -> None:
    """Tells why at the next page."""
    messages.error(request, said(request, error))
