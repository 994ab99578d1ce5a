"""Where things lie: folders moved, trashed, restored and deleted take only what is their owner's."""

import pytest

from core import invariants
from sharing.enums import Role
from sharing.errors import CannotAddThere, InsideItself, InTrash, NotAManager, NotTheOwner
from sharing.models import Grant, Resource
from sharing.querysets import role_on, visible_to
from sharing.services import resources, share
from tests.directory.factories import AdministratorFactory
from tests.sharing.factories import GrantFactory, ResourceFactory
from tests.sharing.worlds import SharingWorld, sharing_world

pytestmark = pytest.mark.django_db


def sound() -> None:
    assert [broken for broken in invariants.run_all() if broken.invariant.name.startswith("sharing.")] == []


def contributed(world: SharingWorld) -> tuple[Resource, Resource]:
    """The pupil's box in the teacher's folder, and in it a note of the teacher's."""
    GrantFactory(resource=world.folder, person=world.pupil, role=Role.CONTRIBUTE)
    box = resources.create(
        owner=world.pupil, kind="box", title="Sciences", parent=world.folder, by=world.pupil
    )
    inside = resources.create(
        owner=world.teacher, kind="note", title="Consigne", parent=box, by=world.teacher
    )
    return box, inside


def test_to_put_something_in_a_folder_one_contributes_to_it() -> None:
    world = sharing_world()
    grant = GrantFactory(resource=world.folder, person=world.pupil, role=Role.COMMENT)
    with pytest.raises(CannotAddThere):
        resources.create(owner=world.pupil, kind="note", title="Non", parent=world.folder, by=world.pupil)
    Grant.objects.filter(pk=grant.pk).update(role=Role.CONTRIBUTE)
    made = resources.create(owner=world.pupil, kind="note", title="Oui", parent=world.folder, by=world.pupil)
    assert made.ancestors == [world.folder.pk]


def test_a_folder_moves_with_all_that_lies_in_it() -> None:
    world = sharing_world()
    box, inside = contributed(world)
    above = ResourceFactory(owner=world.teacher, kind="box")
    resources.place(by=world.teacher, resource=world.folder, parent=above)
    inside.refresh_from_db()
    assert inside.ancestors == [above.pk, world.folder.pk, box.pk]
    sound()
    resources.place(by=world.teacher, resource=world.folder, parent=None)
    inside.refresh_from_db()
    assert inside.ancestors == [world.folder.pk, box.pk]
    sound()


def test_a_folder_does_not_go_into_itself_nor_below() -> None:
    world = sharing_world()
    box, _ = contributed(world)
    for parent in (world.folder, box):
        with pytest.raises(InsideItself):
            resources.place(by=world.teacher, resource=world.folder, parent=parent)


def test_moving_to_a_wider_audience_needs_the_right_to_share() -> None:
    world = sharing_world()
    wide = ResourceFactory(owner=world.director, kind="box")
    GrantFactory(resource=wide, person=world.pupil, role=Role.CONTRIBUTE)
    grant = GrantFactory(resource=world.note, person=world.pupil, role=Role.CONTRIBUTE)
    with pytest.raises(NotAManager):
        resources.place(by=world.pupil, resource=world.note, parent=wide)
    Grant.objects.filter(pk=grant.pk).update(role=Role.MANAGE)
    assert resources.place(by=world.pupil, resource=world.note, parent=wide).parent == wide


def test_the_owner_takes_their_thing_out_of_a_folder_they_no_longer_see() -> None:
    world = sharing_world()
    box, _ = contributed(world)
    share.remove(by=world.teacher, resource=world.folder, person=world.pupil)
    assert role_on(world.pupil, world.folder) is None
    assert resources.place(by=world.pupil, resource=box, parent=None).parent is None


def test_trashing_a_folder_takes_only_its_owners_things() -> None:
    world = sharing_world()
    box, inside = contributed(world)
    done = resources.trash(by=world.teacher, resource=world.folder)
    assert set(done.ids) == {world.folder.pk, world.note.pk}
    assert done.ids[0] == world.folder.pk
    assert done.sent_home == [box]
    for each in (box, inside):
        each.refresh_from_db()
        assert each.trashed_at is None
    assert (box.parent, inside.ancestors) == (None, [box.pk])
    sound()


def test_only_its_owner_sees_a_thing_in_the_trash() -> None:
    world = sharing_world()
    GrantFactory(resource=world.note, person=world.director, role=Role.MANAGE)
    with pytest.raises(NotTheOwner):
        resources.trash(by=world.director, resource=world.note)
    resources.trash(by=world.teacher, resource=world.note)
    assert not visible_to(world.director).filter(pk=world.note.pk).exists()
    assert visible_to(world.teacher).get(pk=world.note.pk).my_role == Role.MANAGE
    with pytest.raises(InTrash):
        resources.trash(by=world.teacher, resource=world.note)


def test_a_folder_restored_brings_back_what_went_with_it_and_not_what_had_gone_before() -> None:
    world = sharing_world()
    earlier = ResourceFactory(owner=world.teacher, parent=world.folder)
    resources.trash(by=world.teacher, resource=earlier)
    resources.trash(by=world.teacher, resource=world.folder)
    resources.restore(by=world.teacher, resource=world.folder)
    world.note.refresh_from_db()
    earlier.refresh_from_db()
    assert world.note.trashed_at is None
    assert world.note.parent == world.folder
    assert earlier.trashed_at is not None
    sound()


def test_what_is_restored_from_a_folder_still_in_the_trash_goes_to_the_root() -> None:
    world = sharing_world()
    resources.trash(by=world.teacher, resource=world.folder)
    world.note.refresh_from_db()
    restored = resources.restore(by=world.teacher, resource=world.note)
    assert (restored.parent, restored.ancestors, restored.trashed_at) == (None, [], None)
    sound()


def test_deleting_a_folder_for_good_sends_others_things_home_and_ends_its_grants() -> None:
    world = sharing_world()
    box, _ = contributed(world)
    going = resources.contents_of([world.folder.pk])
    assert set(going) == {world.folder.pk, world.note.pk}
    assert resources.forget(going) == [box]
    assert not Resource.objects.filter(pk__in=going).exists()
    assert not Grant.objects.filter(resource__in=going).exists()
    sound()


def test_a_schools_thing_is_its_administrators() -> None:
    world = sharing_world()
    made = resources.create(owner=world.school, kind="note", title="Règlement", by=world.director)
    assert role_on(world.director, made) == Role.MANAGE
    assert role_on(world.teacher, made) is None
    AdministratorFactory(person=world.teacher, school=world.school)
    resources.trash(by=world.teacher, resource=made)
    assert visible_to(world.director).filter(pk=made.pk).exists()


def test_renaming_is_for_who_manages() -> None:
    world = sharing_world()
    GrantFactory(resource=world.note, person=world.director, role=Role.CONTRIBUTE)
    with pytest.raises(NotAManager):
        resources.rename(by=world.director, resource=world.note, title="Autre")
    assert resources.rename(by=world.teacher, resource=world.note, title="Fable").title == "Fable"
