"""Who a page of a person speaks of: of the scope, or struck through by this very session."""

from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpRequest

from accounts.models import User
from accounts.requests import person_of
from core import clock
from directory.querysets import people_administered_by, people_visible_to
from directory.querysets.detached import people_detached_within
from schools.models import School

# {person: {school: when}}, by UUID: forgotten at the next sign-in, as the session is.
STRUCK = "console_detached"
# The page of all people.
LIST_NAME = "console:users"


def person_asked(request: HttpRequest, uuid: UUID) -> User:
    """Raises Http404 for whoever is out of the scope, but for those whom this session detached."""
    me = person_of(request)
    found = people_administered_by(me).filter(uuid=uuid).first()
    if found is None and str(uuid) in request.session.get(STRUCK, {}):
        found = people_detached_within(me, [uuid]).first()
    if found is None:
        raise Http404
    return found


def person_in_reach(request: HttpRequest, uuid: UUID) -> User:
    """For an attachment: of the scope, detached from it, or a colleague within reach."""
    try:
        return person_asked(request, uuid)
    except Http404:
        me = person_of(request)
        found = people_visible_to(me).filter(uuid=uuid).first() or people_detached_within(me, [uuid]).first()
        if found is None:
            raise
        return found


def strike(request: HttpRequest, person: User, school: School) -> None:
    """Keeps the school struck through on the person's card, until the next sign-in."""
    kept = dict(request.session.get(STRUCK, {}))
    kept[str(person.uuid)] = {**kept.get(str(person.uuid), {}), str(school.uuid): clock.now().isoformat()}
    request.session[STRUCK] = kept


def unstrike(request: HttpRequest, person: User, school: School) -> None:
    """The detachment was undone."""
    kept = dict(request.session.get(STRUCK, {}))
    kept.get(str(person.uuid), {}).pop(str(school.uuid), None)
    request.session[STRUCK] = kept


def struck_schools(request: HttpRequest, person: User) -> dict[UUID, datetime]:
    """The schools struck through on this card, and when."""
    kept = request.session.get(STRUCK, {}).get(str(person.uuid), {})
    return {UUID(school): datetime.fromisoformat(at) for school, at in kept.items()}
