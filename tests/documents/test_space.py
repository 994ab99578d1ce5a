"""Where space goes; lists whose queries do not follow the number of rows; what erased accounts leave."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.services import lifecycle
from core.storage.models import Blob
from documents import querysets, spaces
from documents.enums import Step
from documents.models import Allowance, Comment, File, FileVersion
from documents.services import comments, files, stars, trash
from documents.services.space import free_space
from sharing.enums import Role
from sharing.models import Grant, Resource
from tests.documents.factories import broken, content, file, folder, row, share, teacher, used
from tests.sharing.factories import NOW

pytestmark = pytest.mark.django_db
LEFT = date(2026, 5, 1)


def many(owner: User, count: int, parent: Resource | None = None) -> list[Resource]:
    """Files by the hundred, without their services."""
    blob = content(b"x")
    made = Resource.objects.bulk_create(
        Resource(
            kind="file",
            title=f"{n}.txt",
            owner=owner,
            school_year=2026,
            created_at=NOW,
            changed_at=NOW,
            parent=parent,
            ancestors=parent.chain if parent else [],
        )
        for n in range(count)
    )
    File.objects.bulk_create(
        File(resource=each, blob=blob, size=1, charged=1, media_type="text/plain") for each in made
    )
    FileVersion.objects.bulk_create(
        FileVersion(file_id=each.pk, number=1, blob=blob, name="x", size=1, media_type="text/plain", at=NOW)
        for each in made
    )
    return made


def queries(act: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as asked:
        act()
    return len(asked)


def test_where_space_goes_and_what_each_step_would_free() -> None:
    me = teacher()
    large = file(me, "grand.txt", b"x" * 100)
    files.replace(by=me, resource=large, blob=content(b"y" * 50), name="grand.txt")
    first, twin = file(me, "b.txt", b"12345"), file(me, "c.txt", b"12345")
    file(me, "d.pdf", b"%PDF-1.4")
    thrown = file(me, "e.txt", b"123")
    trash.trash(by=me, resources=[thrown])
    found = free_space(me)
    assert [(share.media_type, share.count, share.size) for share in found.shares] == [
        ("text/plain", 3, 160),
        ("application/pdf", 1, 8),
    ]
    assert found.largest[0].resource == large
    assert [each.resource for each in found.oldest[:2]] == [large, first]
    assert [[each.resource for each in group] for group in found.duplicates] == [[first, twin]]
    assert (found.former, found.trash, found.quota.used) == (100, 3, 171)
    assert [(freed.step, freed.size) for freed in found.steps] == [
        (Step.MESSAGES, 0),
        (Step.MESSAGES_TRASH, 0),
        (Step.FILES, 168),
        (Step.TRASH, 3),
    ]


def test_an_application_joins_with_what_its_step_would_free(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spaces, "_steps", {})
    spaces.register_step(Step.MESSAGES, lambda person: 42, url_name="home:index")
    assert [(freed.step, freed.size) for freed in free_space(teacher()).steps] == [
        (Step.MESSAGES, 42),
        (Step.FILES, 0),
        (Step.TRASH, 0),
    ]
    with pytest.raises(ValueError, match="twice"):
        spaces.register_step(Step.MESSAGES, lambda person: 0, url_name="home:index")


@pytest.mark.parametrize(
    "read",
    [
        lambda person, box: list(querysets.mine(person)),
        lambda person, box: list(querysets.inside(person, box)),
        lambda person, box: list(querysets.trashed(person)),
        lambda person, box: list(querysets.named(querysets.seen(person), "2")),
        lambda person, box: querysets.zip_entries(person, [box]),
        lambda person, box: free_space(person),
        lambda person, box: querysets.quota_of(person),
    ],
    ids=["mine", "inside", "trashed", "search", "zip", "space", "quota"],
)
def test_queries_do_not_follow_the_number_of_files(read: Callable[[User, Resource], Any]) -> None:
    me = teacher()
    box = folder(me)
    many(me, 1)
    many(me, 1, box)
    few = queries(lambda: read(me, box))
    many(me, 200)
    many(me, 200, box)
    assert queries(lambda: read(me, box)) == few <= 12


def test_the_trash_is_emptied_in_as_many_queries_for_one_as_for_two_hundred() -> None:
    def emptied(count: int) -> int:
        me = teacher()
        many(me, count)
        Resource.objects.filter(owner=me).update(trashed_at=NOW)
        Allowance.objects.create(person=me, used=count)
        Blob.objects.update(references=count, unreferenced_since=None)
        asked = queries(lambda: trash.empty_trash(by=me))
        assert used(me) == 0
        return asked

    assert emptied(200) <= emptied(1) + 2


def test_a_file_that_others_read_passes_on_with_its_weight_and_the_rest_goes() -> None:
    me, manager = teacher(), teacher()
    passed, gone = file(me, data=b"12345"), file(me, "b.txt", b"123")
    share(passed, manager, Role.MANAGE)
    said = comments.comment(by=me, resource=passed, text="Bonne lecture")
    stars.star(by=me, resource=passed)
    User.objects.filter(pk=me.pk).update(absent_since=LEFT, pre_deleted_on=LEFT)
    assert lifecycle.erase([me.pk], date(2026, 9, 14)) == 1
    assert row(passed).resource.owner == manager
    assert used(manager) == 5
    assert not Resource.objects.filter(pk=gone.pk).exists()
    assert not User.objects.filter(pk=me.pk).exists()
    said.refresh_from_db()
    assert (said.author, Comment.objects.count()) == (None, 1)
    assert Blob.objects.get(size=3).references == 0
    assert Grant.objects.count() == 0
    assert broken() == []
