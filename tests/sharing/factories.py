"""Resources and grants for tests. A resource in a folder: give `parent`; `school_owned` (trait)."""

from datetime import UTC, datetime
from uuid import uuid4

import factory
from factory.django import DjangoModelFactory

from sharing.enums import Role
from sharing.lifetime import year_for
from sharing.models import Grant, Resource
from tests.accounts.factories import PersonFactory
from tests.directory.factories import GroupFactory
from tests.schools.factories import YEAR, SchoolFactory

NOW = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)


class ResourceFactory(DjangoModelFactory):
    """A teacher's resource at their root, shared with nobody. Traits: `school_owned`, `trashed`."""

    class Meta:
        model = Resource

    class Params:
        school_owned = factory.Trait(owner=None, owner_school=factory.SubFactory(SchoolFactory))
        trashed = factory.Trait(trashed_at=NOW)

    kind = "note"
    title = factory.Sequence(lambda n: f"Leçon {n}")
    owner = factory.SubFactory(PersonFactory, teacher=True)
    school_year = YEAR
    created_at = NOW
    changed_at = NOW
    ancestors = factory.LazyAttribute(lambda o: o.parent.chain if getattr(o, "parent", None) else [])


class GrantFactory(DjangoModelFactory):
    """A grant to a person by name, or (trait `to_group`; give `group`) to a group, of the year that it
    would bear today."""

    class Meta:
        model = Grant

    class Params:
        to_group = factory.Trait(
            person=None,
            group=factory.SubFactory(GroupFactory),
            origins=[],
            year=factory.LazyAttribute(lambda o: year_for(o.group)),
        )

    resource = factory.SubFactory(ResourceFactory)
    role = Role.READ
    person = factory.SubFactory(PersonFactory, teacher=True)
    given_by = factory.LazyFunction(uuid4)
    given_at = NOW
    origins = factory.LazyAttribute(lambda o: [{"by": "name", "role": int(o.role)}])
