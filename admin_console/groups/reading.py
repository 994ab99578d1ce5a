"""What the views of groups ask: the group spoken of, its members, a word posted."""

import base64
import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from accounts import sessions
from accounts.querysets import UserQuerySet
from accounts.requests import person_of
from admin_console.access import standpoint
from admin_console.place import speak_of
from core.errors import DomainError
from directory.models import Group
from directory.querysets import groups_administered_by
from directory.querysets.accounts import accounts_of, accounts_of_district, is_wide
from directory.querysets.administered import administered_schools
from directory.rules import Standpoint
from directory.search import Found, find_people
from schools.models import School
from ui.french import unbroken

MEMBERS = 60
AFTER = "suite"


def group_of(request: HttpRequest, uuid: UUID) -> Group:
    """The group of an address, of the scope; the page speaks of its school. Raises Http404."""
    groups = groups_administered_by(person_of(request))
    group = get_object_or_404(
        groups.select_related("school__district", "school__academy", "school_class"), uuid=uuid
    )
    speak_of(request, group.school)
    return group


def groups_in_scope(request: HttpRequest) -> Any:
    """The groups of the scope, or of the school asked."""
    return Group.objects.filter(
        school_id__in=administered_schools(standpoint(request)).order_by().values("pk")
    )


def done(request: HttpRequest, act: Callable[[], Any], said: Callable[[Any], str]) -> bool:
    """Does an act and says so, or why not."""
    try:
        sessions.require_full_assurance(request)
        messages.success(request, unbroken(said(act())))
    except DomainError as refused:
        messages.error(request, unbroken(str(refused)))
        return False
    return True


def people_page(people: UserQuerySet, token: str) -> tuple[list[Any], str]:
    """People by name from a cursor on, and the cursor of what follows ('' at the end). One query."""
    people = people.order_by("sort_name", "pk")
    after = _cursor(token)
    if after is not None:
        name, key = after
        people = people.filter(Q(sort_name__gt=name) | Q(sort_name=name, pk__gt=key))
    found = list(people[: MEMBERS + 1])
    if len(found) <= MEMBERS:
        return found, ""
    last = found[MEMBERS - 1]
    place = json.dumps([last.sort_name, last.pk]).encode()
    return found[:MEMBERS], base64.urlsafe_b64encode(place).decode()


def find_in(me: Standpoint, school: School | None, typed: str) -> Found:
    """The people of a school whose name fits; where nobody's does, those of the scope. An academy's or the
    platform's are too many to be read letter by letter: then those of the school's district."""
    if school is not None:
        found = find_people(accounts_of(me, school).present(), typed)
        if found.people.exists():
            return found
        if is_wide(me, None):
            return find_people(accounts_of_district(me, school).present(), typed)
    return find_people(accounts_of(me, None).present(), typed)


def _cursor(token: str) -> tuple[str, int] | None:
    try:
        name, key = json.loads(base64.urlsafe_b64decode(token.encode()))
        str(name).encode()  # half a character is no name
        return (str(name), int(key)) if "\0" not in str(name) and 0 <= int(key) < 2**63 else None
    except (ValueError, TypeError, OverflowError):
        return None
