"""Whom a thing is shared with, kept as a favourite of whoever manages it."""

from accounts.models import User
from core import audit
from directory.models import Favourite
from directory.querysets import groups_addressable_by, people_visible_to
from directory.services import favourites
from sharing import rules
from sharing.errors import NotAManager
from sharing.models import Grant, Resource
from sharing.querysets import role_on
from sharing.rules import Act


def keep_recipients(*, by: User, resource: Resource, name: str) -> Favourite:
    """A new favourite of `by`, with the persons and groups of a resource's grants that they may reach.

    Raises NotAManager, and what making a favourite raises.
    """
    with audit.acting(by=by):
        if not rules.may(role_on(by, resource), Act.SHARE):
            raise NotAManager()
        grants = Grant.objects.filter(resource=resource)
        persons = people_visible_to(by).filter(pk__in=grants.values("person_id")).exclude(pk=by.pk)
        groups = groups_addressable_by(by).filter(pk__in=grants.values("group_id"))
        return favourites.create(by=by, name=name, persons=list(persons), groups=list(groups))
