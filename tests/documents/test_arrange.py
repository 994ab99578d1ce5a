"""Moving and copying: who will see it is told, and who does not manage a thing widens nothing."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from documents import querysets
from documents.audience_change import audience_change
from documents.errors import NoSuchDocument, QuotaExceeded, WiderAudience
from documents.models import FileVersion
from documents.services import arrange, trash
from sharing.enums import Role
from sharing.errors import CannotAddThere, InsideItself, InTrash, NotAManager
from sharing.models import Resource
from tests.documents.factories import allow, broken, file, folder, row, share, teacher, used

pytestmark = pytest.mark.django_db


def test_several_things_are_moved_together() -> None:
    me = teacher()
    box, first, second = folder(me), file(me), folder(me, "Photos")
    deep = file(me, "b.txt", folder=second)
    done = arrange.move(by=me, resources=[first, second], parent=box)
    assert set(querysets.inside(me, box)) == set(done.resources) == {first, second}
    deep.refresh_from_db()
    assert deep.ancestors == [box.pk, second.pk]
    assert broken() == []


def test_a_name_that_is_taken_there_is_numbered() -> None:
    me = teacher()
    box = folder(me)
    file(me, folder=box)
    assert arrange.move(by=me, resources=[file(me)], parent=box).resources[0].title == "a (2).txt"


def test_all_are_moved_or_none() -> None:
    me, other = teacher(), teacher()
    box, mine, theirs = folder(me), file(me), file(other)
    share(theirs, me, Role.CONTRIBUTE)
    with pytest.raises(NotAManager):
        arrange.move(by=me, resources=[mine, theirs], parent=box)
    assert list(querysets.inside(me, box)) == []


def test_a_folder_goes_neither_into_itself_nor_below() -> None:
    me = teacher()
    box = folder(me)
    with pytest.raises(InsideItself):
        arrange.move(by=me, resources=[box], parent=folder(me, "Dedans", box))


def test_whoever_moves_into_a_wider_folder_is_told_who_will_see_it() -> None:
    me, reader, former = teacher(), teacher(), teacher()
    box, private = folder(me), folder(me, "Préparation")
    share(box, reader)
    share(private, former)
    made = file(me, folder=private)
    share(made, teacher())
    change = arrange.move(by=me, resources=[made], parent=box).change
    assert (change.gained, change.lost, change.wider) == ([reader.full_name], [former.full_name], True)
    assert audience_change([made], None, but=me).gained == []


def test_one_takes_ones_own_file_out_of_anothers_folder() -> None:
    me, guest = teacher(), teacher()
    box = folder(me)
    share(box, guest, Role.CONTRIBUTE)
    made = file(guest, folder=box)
    arrange.move(by=guest, resources=[made], parent=None)
    assert made not in querysets.inside(me, box)
    assert list(querysets.mine(guest)) == [made]


def test_a_copy_is_its_makers_charged_to_them_and_stored_once() -> None:
    owner, me = teacher(), teacher()
    made = file(owner, data=b"12345")
    share(made, me)
    copy = arrange.copy(by=me, resources=[made], parent=None).resources[0]
    assert (copy.owner, copy.title, used(me), used(owner)) == (me, "a.txt", 5, 5)
    assert row(copy).blob == row(made).blob
    assert row(copy).blob.references == 2
    assert copy.grants.count() == 0
    assert broken() == []


def test_a_folder_is_copied_with_what_its_maker_sees_in_it() -> None:
    owner, guest, me = teacher(), teacher(), teacher()
    box = folder(owner)
    share(box, guest, Role.CONTRIBUTE)
    share(box, me)
    inner = folder(owner, "Photos", box)
    file(owner, data=b"12345", folder=inner)
    file(guest, "b.txt", b"123", folder=inner)
    gone = file(owner, "c.txt", folder=inner)
    trash.trash(by=owner, resources=[gone])
    copy = arrange.copy(by=me, resources=[box], parent=None).resources[0]
    below = Resource.objects.filter(ancestors__contains=[copy.pk], owner=me)
    assert set(below.values_list("title", flat=True)) == {"Photos", "a.txt", "b.txt"}
    assert used(me) == 8
    assert broken() == []


def test_a_copy_beside_is_numbered_and_takes_the_version_shown_alone() -> None:
    me = teacher()
    made = file(me)
    copy = arrange.copy(by=me, resources=[made], parent=None).resources[0]
    assert copy.title == "a (2).txt"
    assert FileVersion.objects.filter(file=copy.pk).count() == 1


def test_a_folder_is_copied_into_itself_once() -> None:
    me = teacher()
    box = folder(me)
    file(me, folder=box)
    arrange.copy(by=me, resources=[box], parent=box)
    assert Resource.objects.filter(kind="folder").count() == 2
    assert broken() == []


def test_what_one_does_not_manage_is_not_copied_where_others_see_it() -> None:
    owner, me, reader = teacher(), teacher(), teacher()
    made = file(owner)
    share(made, me, Role.CONTRIBUTE)
    box = folder(me)
    arrange.copy(by=me, resources=[made], parent=box)
    share(box, reader)
    with pytest.raises(WiderAudience):
        arrange.copy(by=me, resources=[made], parent=box)
    share(made, reader)
    arrange.copy(by=me, resources=[made], parent=box)


def test_who_manages_a_thing_copies_it_where_others_see_it_and_is_told() -> None:
    owner, me, reader = teacher(), teacher(), teacher()
    made = file(owner)
    share(made, me, Role.MANAGE)
    box = folder(me)
    share(box, reader)
    assert arrange.copy(by=me, resources=[made], parent=box).change.gained == [reader.full_name]


def test_what_one_does_not_see_is_not_copied() -> None:
    me, other = teacher(), teacher()
    with pytest.raises(NoSuchDocument):
        arrange.copy(by=me, resources=[file(other)], parent=None)


def test_a_copy_needs_the_right_to_add_there_and_a_folder_out_of_the_trash() -> None:
    me, other = teacher(), teacher()
    made, box, thrown = file(me), folder(other), folder(me)
    share(box, me, Role.COMMENT)
    with pytest.raises(CannotAddThere):
        arrange.copy(by=me, resources=[made], parent=box)
    trash.trash(by=me, resources=[thrown])
    with pytest.raises(InTrash):
        arrange.copy(by=me, resources=[made], parent=thrown)
    assert used(me) == 7


def test_a_copy_that_does_not_fit_leaves_nothing() -> None:
    me = teacher()
    box = folder(me)
    file(me, folder=box)
    allow(me, 10)
    with pytest.raises(QuotaExceeded) as refused:
        arrange.copy(by=me, resources=[box], parent=None)
    assert refused.value.fields["missing"] == 4
    assert used(me) == 7
    assert Resource.objects.count() == 2
    assert broken() == []


def test_a_zip_holds_what_its_reader_sees_out_of_the_trash_in_two_queries() -> None:
    owner, guest, me = teacher(), teacher(), teacher()
    box = folder(owner)
    share(box, guest, Role.CONTRIBUTE)
    share(box, me)
    inner = folder(owner, "Été", box)
    file(owner, "a.txt", folder=inner)
    file(guest, "b.txt", folder=box)
    folder(owner, "Vide", box)
    trash.trash(by=owner, resources=[file(owner, "c.txt", folder=inner)])
    reach = querysets.reach_of(me)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        entries = querysets.zip_entries(me, [box], reach)
    assert {entry.path for entry in entries} == {
        ("Sorties",),
        ("Sorties", "Été"),
        ("Sorties", "Été", "a.txt"),
        ("Sorties", "b.txt"),
        ("Sorties", "Vide"),
    }
    assert len(asked) <= 2


def test_a_zip_of_things_not_seen_holds_nothing() -> None:
    owner, me = teacher(), teacher()
    box = folder(owner)
    file(owner, folder=box)
    assert querysets.zip_entries(me, [box]) == []
