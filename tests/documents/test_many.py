"""Many things, and large folders, are copied, moved, trashed and ceded in as many queries as few."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from documents.models import File, FileVersion, Folder
from documents.services import arrange, quota, trash
from sharing.models import Handover, Resource
from sharing.services import hand_over
from tests.documents import factories
from tests.sharing.factories import NOW, ResourceFactory

pytestmark = pytest.mark.django_db


def filled(owner: User, count: int) -> Resource:
    """A folder of an owner's: a folder in it, and so many files in that one, of one content."""
    top = factories.folder(owner, f"Année {count}")
    inner = factories.folder(owner, "Photos", top)
    first = factories.row(factories.file(owner, "0.txt", folder=inner))
    things = ResourceFactory.create_batch(count - 1, owner=owner, kind="file", parent=inner)
    files = [
        File(resource=each, blob=first.blob, size=7, charged=7, media_type="text/plain") for each in things
    ]
    File.objects.bulk_create(files)
    FileVersion.objects.bulk_create(
        FileVersion(
            file=each, number=1, blob=first.blob, name="a.txt", size=7, media_type="text/plain", at=NOW
        )
        for each in files
    )
    type(first.blob).objects.filter(pk=first.blob_id).update(references=100_000)
    quota.settle({owner.pk: 7 * (count - 1)})
    return top


def queries(act: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as asked:
        act()
    return len(asked)


def test_a_folder_of_a_hundred_is_copied_as_one_of_five() -> None:
    me = factories.teacher()
    few, many = filled(me, 5), filled(me, 100)
    few_queries = queries(lambda: arrange.copy(by=me, resources=[few], parent=None))
    assert queries(lambda: arrange.copy(by=me, resources=[many], parent=None)) == few_queries
    copied = Resource.objects.get(title="Année 100 (2)")
    assert Resource.objects.filter(ancestors__contains=[copied.pk]).count() == 101
    assert factories.used(me) == 2 * 7 * 105
    assert factories.broken() == []


def test_a_hundred_things_chosen_are_copied_as_five_and_each_is_named_once() -> None:
    me = factories.teacher()
    there = [factories.folder(me, f"Dossier {n}") for n in range(100)]
    few = queries(lambda: arrange.copy(by=me, resources=there[:5], parent=None))
    assert queries(lambda: arrange.copy(by=me, resources=there, parent=None)) == few
    titles = list(Resource.objects.filter(owner=me).values_list("title", flat=True))
    assert len(titles) == len(set(titles)) == 205
    assert Folder.objects.count() == 205
    assert factories.broken() == []


def test_a_hundred_things_chosen_are_moved_as_five_and_each_is_named_once() -> None:
    me = factories.teacher()
    target = factories.folder(me, "Tout")
    there = [filled(me, 1), *(factories.folder(me, f"Dossier {n}") for n in range(1, 105))]
    few, many = there[:5], there[5:]
    factories.folder(me, "Dossier 3", target)
    queries_of_few = queries(lambda: arrange.move(by=me, resources=few, parent=target))
    factories.folder(me, "Dossier 50", target)
    assert queries(lambda: arrange.move(by=me, resources=many, parent=target)) == queries_of_few
    titles = list(Resource.objects.filter(parent=target).values_list("title", flat=True))
    assert len(titles) == len({title.casefold() for title in titles}) == 107
    assert {"Dossier 3 (2)", "Dossier 50 (2)"} <= set(titles)
    assert Resource.objects.get(title="0.txt").ancestors[0] == target.pk
    assert factories.broken() == []


def test_a_folder_and_what_lies_in_it_moved_together_come_side_by_side() -> None:
    me = factories.teacher()
    top = filled(me, 3)
    inner = Resource.objects.get(title="Photos", parent=top)
    target = factories.folder(me, "Tout")
    arrange.move(by=me, resources=[top, inner], parent=target)
    inner.refresh_from_db()
    assert inner.ancestors == [target.pk]
    assert Resource.objects.get(title="0.txt").ancestors == [target.pk, inner.pk]
    assert factories.broken() == []


def test_a_hundred_things_chosen_are_trashed_as_five_and_others_things_stay_with_their_owners() -> None:
    me, other = factories.teacher(), factories.teacher()
    there = [factories.folder(me, f"Dossier {n}") for n in range(105)]
    inside = [factories.folder(me, "Photos", each) for each in there]
    theirs = [ResourceFactory(owner=other, kind="folder", title="Recherches", parent=each) for each in there]
    Folder.objects.bulk_create(Folder(resource=each) for each in theirs)
    few = queries(lambda: trash.trash(by=me, resources=there[:5]))
    assert queries(lambda: trash.trash(by=me, resources=there[5:])) == few
    assert {each.trashed_with_id for each in Resource.objects.filter(title="Photos")} == {
        each.pk for each in there
    }
    assert Resource.objects.filter(owner=other, parent=None, trashed_at=None).count() == 105
    trash.restore(by=me, resources=there[:1])
    inside[0].refresh_from_db()
    assert inside[0].trashed_at is None
    assert factories.broken() == []


def test_a_folder_of_a_hundred_is_ceded_as_one_of_five() -> None:
    me, other = factories.teacher(), factories.teacher()

    def accepted(count: int) -> int:
        offered = Handover.objects.create(resource=filled(me, count), to=other, by=me.uuid, at=NOW)
        return queries(lambda: hand_over.accept(by=other, handover=offered))

    factories.allow(other, 10_000)
    assert accepted(5) == accepted(100)
    assert (factories.used(me), factories.used(other)) == (0, 735)
    assert not Resource.objects.filter(owner=me).exists()
    assert factories.broken() == []


def test_a_hundred_things_chosen_are_restored_as_five_each_to_its_place() -> None:
    me, other = factories.teacher(), factories.teacher()

    def thrown(count: int) -> list[Resource]:
        there = factories.folder(me, f"Classe {count}")
        gone = factories.folder(other, f"Ailleurs {count}")
        inside = ResourceFactory.create_batch(count, owner=me, kind="folder", parent=there, trashed=True)
        outside = ResourceFactory.create_batch(count, owner=me, kind="folder", parent=gone, trashed=True)
        Folder.objects.bulk_create(Folder(resource=each) for each in [*inside, *outside])
        return [*inside, *outside]

    few, many = thrown(5), thrown(100)
    few_queries = queries(lambda: trash.restore(by=me, resources=few))
    assert queries(lambda: trash.restore(by=me, resources=many)) == few_queries
    assert not Resource.objects.filter(owner=me, trashed_at__isnull=False).exists()
    # Where they may no longer put anything, what is restored goes to their root.
    assert Resource.objects.filter(owner=me, parent__title="Classe 100").count() == 100
    assert not Resource.objects.filter(owner=me, parent__owner=other).exists()
    assert factories.broken() == []
