"""Deletion in two steps: only the second frees space, and a folder takes its owner's things alone."""

import pytest

from core.storage.models import Blob
from documents import querysets
from documents.errors import NoSuchDocument, NotInTrash
from documents.models import File, FileVersion, Folder, Star
from documents.services import comments, files, stars, trash
from documents.services.downloads import download
from sharing.enums import Role
from sharing.errors import NotTheOwner
from sharing.models import Resource
from tests.documents.factories import allow, broken, content, file, folder, row, share, teacher, used

pytestmark = pytest.mark.django_db


def test_the_first_step_frees_nothing_and_hides_it_from_others() -> None:
    me, reader = teacher(), teacher()
    made = file(me, data=b"12345")
    share(made, reader)
    trash.trash(by=me, resources=[made])
    assert used(me) == 5
    assert querysets.weight_of_trash(me) == 5
    assert list(querysets.trashed(me)) == [made]
    assert list(querysets.mine(me)) == []
    with pytest.raises(NoSuchDocument):
        download(reader, made.uuid)
    assert download(me, made.uuid).blob.size == 5


def test_the_second_step_frees_space_and_lets_contents_go() -> None:
    me = teacher()
    made = file(me, data=b"12345")
    files.replace(by=me, resource=made, blob=content(b"1"), name="a.txt")
    stars.star(by=me, resource=made)
    comments.comment(by=me, resource=made, text="à jeter")
    trash.trash(by=me, resources=[made])
    done = trash.erase(by=me, resources=[made])
    assert (done.count, done.freed, used(me)) == (1, 6, 0)
    assert not Resource.objects.filter(pk=made.pk).exists()
    assert (File.objects.count(), FileVersion.objects.count(), Star.objects.count()) == (0, 0, 0)
    assert set(Blob.objects.values_list("references", flat=True)) == {0}
    assert broken() == []


def test_a_content_held_elsewhere_stays() -> None:
    me, other = teacher(), teacher()
    made, kept = file(me), file(other)
    trash.trash(by=me, resources=[made])
    trash.erase(by=me, resources=[made])
    assert row(kept).blob.references == 1


def test_only_what_is_in_the_trash_is_deleted_for_good() -> None:
    me = teacher()
    made = file(me)
    with pytest.raises(NotInTrash):
        trash.erase(by=me, resources=[made])
    assert used(me) == 7


def test_only_its_owner_trashes_restores_and_deletes() -> None:
    me, manager = teacher(), teacher()
    made = file(me)
    share(made, manager, Role.MANAGE)
    with pytest.raises(NotTheOwner):
        trash.trash(by=manager, resources=[made])
    trash.trash(by=me, resources=[made])
    with pytest.raises(NotTheOwner):
        trash.restore(by=manager, resources=[made])
    with pytest.raises(NotTheOwner):
        trash.erase(by=manager, resources=[made])


def test_a_folder_in_the_trash_takes_its_owners_things_and_sends_others_home() -> None:
    me, guest = teacher(), teacher()
    box = folder(me)
    share(box, guest, Role.CONTRIBUTE)
    mine, theirs = file(me, folder=box), file(guest, "b.txt", folder=box)
    done = trash.trash(by=me, resources=[box])
    assert [each.pk for each in done.sent_home] == [theirs.pk]
    assert list(querysets.trashed(me)) == [box]
    assert list(querysets.mine(guest)) == [theirs]
    mine.refresh_from_db()
    assert mine.trashed_with_id == box.pk
    assert broken() == []


def test_a_folder_deleted_for_good_takes_all_of_its_owners_and_no_more() -> None:
    me, guest = teacher(), teacher()
    box = folder(me)
    inner = folder(me, "Photos", box)
    share(box, guest, Role.CONTRIBUTE)
    for name in ("a.txt", "b.txt"):
        file(me, name, folder=inner)
    theirs = file(guest, "c.txt", b"123", folder=inner)
    trash.trash(by=me, resources=[box])
    done = trash.erase(by=me, resources=[box])
    assert (done.count, done.freed) == (4, 14)
    assert (used(me), used(guest)) == (0, 3)
    assert list(querysets.mine(guest)) == [theirs]
    assert Folder.objects.count() == 0
    assert broken() == []


def test_what_was_trashed_before_its_folder_outlives_the_folder_in_the_trash() -> None:
    me = teacher()
    box = folder(me)
    first = file(me, "a.txt", folder=box)
    file(me, "b.txt", folder=box)
    trash.trash(by=me, resources=[first])
    trash.trash(by=me, resources=[box])
    trash.erase(by=me, resources=[box])
    assert list(querysets.trashed(me)) == [first]
    assert used(me) == 7
    trash.restore(by=me, resources=[first])
    assert list(querysets.mine(me)) == [first]
    assert broken() == []


def test_a_folder_comes_back_whole_where_it_lay() -> None:
    me = teacher()
    top = folder(me, "Classe")
    box = folder(me, "Sorties", top)
    made = file(me, folder=box)
    trash.trash(by=me, resources=[box])
    trash.restore(by=me, resources=[box])
    assert list(querysets.inside(me, top)) == [box]
    assert list(querysets.inside(me, box)) == [made]


def test_a_name_taken_meanwhile_is_numbered_when_a_file_comes_back() -> None:
    me = teacher()
    made = file(me)
    trash.trash(by=me, resources=[made])
    assert file(me).title == "a.txt"
    assert trash.restore(by=me, resources=[made])[0].title == "a (2).txt"


def test_a_folder_and_what_lies_in_it_may_be_chosen_together() -> None:
    me, guest = teacher(), teacher()
    box = folder(me)
    share(box, guest, Role.CONTRIBUTE)
    made = file(me, folder=box)
    done = trash.trash(by=me, resources=[made, box])
    assert done.resources == [box]
    assert list(querysets.trashed(me)) == [box]


def test_the_trash_is_emptied_of_ones_own_things_alone() -> None:
    me, other = teacher(), teacher()
    gone, theirs, kept = file(me), file(other), file(me, "b.txt")
    box = folder(me)
    file(me, "c.txt", folder=box)
    trash.trash(by=me, resources=[gone, box])
    trash.trash(by=other, resources=[theirs])
    done = trash.empty_trash(by=me)
    assert (done.count, done.freed, used(me), used(other)) == (3, 14, 7, 7)
    assert trash.empty_trash(by=me).count == 0
    assert list(querysets.mine(me)) == [kept]
    assert list(querysets.trashed(other)) == [theirs]
    assert broken() == []


def test_over_quota_one_still_reads_trashes_and_empties() -> None:
    me = teacher()
    made = file(me)
    allow(me, 3)
    assert querysets.quota_of(me).over
    assert download(me, made.uuid).blob.size == 7
    trash.trash(by=me, resources=[made])
    trash.restore(by=me, resources=[made])
    trash.trash(by=me, resources=[made])
    assert trash.empty_trash(by=me).freed == 7
    assert not querysets.quota_of(me).over


def test_an_owner_who_no_longer_sees_its_folder_finds_a_file_in_mes_documents() -> None:
    me, guest = teacher(), teacher()
    box = folder(me)
    share(box, guest, Role.CONTRIBUTE)
    inner = folder(guest, "Miens", box)
    made, deeper = file(guest, folder=box), file(guest, "b.txt", folder=inner)
    assert list(querysets.mine(guest)) == []
    box.grants.all().delete()
    assert set(querysets.mine(guest)) == {inner, made}
    assert list(querysets.inside(guest, inner)) == [deeper]
    assert made in querysets.inside(me, box)
    assert used(guest) == 14
