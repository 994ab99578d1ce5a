"""Space, exact at the last byte, however many send at once."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Now

from accounts.models import User
from core.errors import DomainError
from core.storage import uploads
from core.storage.models import Upload
from core.storage.uploads import UploadMetadata
from directory.errors import NotYours
from documents import querysets
from documents.errors import QuotaExceeded
from documents.models import Allowance, File
from documents.services import files, quota
from sharing.models import Resource
from sharing.services import hand_over
from tests.accounts.factories import PersonFactory
from tests.directory.worlds import school_world, teacher_at
from tests.documents.factories import allow, broken, content, file, folder, share, teacher, used


def begun(person: User, length: int, *, folder: str = "") -> Upload:
    """An upload begun as a view begins it."""
    with transaction.atomic():
        files.require_room(by=person, folder=None, size=length)
        return uploads.begin(
            owner=person.uuid,
            purpose=querysets.PURPOSE,
            target={"folder": folder},
            metadata=UploadMetadata("a.txt", length, {}),
        )


def whole(upload: Upload, data: bytes) -> Upload:
    """An upload whose bytes all came."""
    upload.blob, upload.offset = content(data), len(data)
    upload.save()
    return upload


def at_once(*acts: Callable[[], object]) -> list[DomainError]:
    """Runs acts at the same instant; answers what was refused."""
    start, refused, wrong = threading.Barrier(len(acts)), [], []

    def run(act: Callable[[], object]) -> None:
        start.wait()
        try:
            act()
        except DomainError as error:
            refused.append(error)
        except BaseException as error:
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    return refused


@pytest.mark.django_db
def test_each_profile_has_its_space_and_a_person_may_have_another(settings: Any) -> None:
    settings.CARTABLE_QUOTA_BYTES = settings.CARTABLE_QUOTA_BYTES | {"TEACHER": 100, "PUPIL": 10}
    me, pupil = teacher(), PersonFactory(pupil=True)
    assert (querysets.quota_of(me).limit, querysets.quota_of(pupil).limit) == (100, 10)
    allow(me, 500)
    assert querysets.quota_of(me).limit == 500
    quota.set_limit(by=None, person=me, limit=None)
    assert querysets.quota_of(me).limit == 100


@pytest.mark.django_db
def test_a_limit_is_set_by_who_administers_the_person_alone() -> None:
    world = school_world()
    colleague = teacher_at(world.school)
    quota.set_limit(by=world.director, person=colleague, limit=42)
    assert querysets.quota_of(colleague).limit == 42
    with pytest.raises(NotYours):
        quota.set_limit(by=colleague, person=colleague, limit=10**12)


@pytest.mark.django_db
def test_the_last_byte_fits_and_the_next_does_not() -> None:
    me = teacher()
    allow(me, 8)
    file(me, data=b"1234567")
    with pytest.raises(QuotaExceeded) as refused:
        file(me, "b.txt", b"12")
    assert refused.value.fields["missing"] == 1
    assert Resource.objects.count() == File.objects.count() == 1
    file(me, "b.txt", b"1")
    assert (used(me), querysets.quota_of(me).free) == (8, 0)
    file(me, "vide.txt", b"")
    assert broken() == []


@pytest.mark.django_db
def test_an_upload_under_way_reserves_its_length_for_its_own_alone() -> None:
    me = teacher()
    allow(me, 10)
    first = begun(me, 6)
    with pytest.raises(QuotaExceeded):
        begun(me, 5)
    with pytest.raises(QuotaExceeded):
        file(me, data=b"12345")
    assert querysets.quota_of(me).reserved == 6
    made = files.take(whole(first, b"123456"))
    assert (used(me), made.owner) == (6, me)


@pytest.mark.django_db
@pytest.mark.parametrize("end", ["terminated", "expired"])
def test_an_upload_that_ends_gives_its_reservation_back(end: str) -> None:
    me = teacher()
    allow(me, 10)
    upload = begun(me, 10)
    if end == "terminated":
        uploads.end(upload)
    else:
        Upload.objects.update(expires_at=Now() - timedelta(seconds=1))
    assert querysets.quota_of(me).free == 10
    file(me, data=b"1234567890")


@pytest.mark.django_db
def test_an_upload_is_not_lost_when_its_folder_takes_nothing_any_more() -> None:
    owner, me = teacher(), teacher()
    box = folder(owner)
    share(box, me)
    upload = whole(begun(me, 3, folder=str(box.uuid)), b"123")
    made = files.take(upload)
    assert (made.parent, list(querysets.mine(me))) == (None, [made])


@pytest.mark.django_db(transaction=True)
def test_of_two_files_for_the_last_bytes_one_wins() -> None:
    me = teacher()
    allow(me, 10)
    first, second = content(b"123456"), content(b"abcdef")
    refused = at_once(
        lambda: files.add(by=me, blob=first, name="a.txt"),
        lambda: files.add(by=me, blob=second, name="b.txt"),
    )
    assert [type(error) for error in refused] == [QuotaExceeded]
    assert (used(me), File.objects.count()) == (6, 1)
    assert broken() == []


@pytest.mark.django_db(transaction=True)
def test_of_two_uploads_begun_for_the_last_bytes_one_wins() -> None:
    me = teacher()
    allow(me, 10)
    refused = at_once(lambda: begun(me, 6), lambda: begun(me, 6))
    assert [type(error) for error in refused] == [QuotaExceeded]
    assert Upload.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_space_not_locked_would_let_both_win(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control of the two above: read without the lock, both find room."""
    me = teacher()
    allow(me, 10)
    together = threading.Barrier(2)

    def reserved(person: User, **given: Any) -> int:
        found = querysets.reserved_by(person, **given)
        together.wait(timeout=60)  # neither writes before both have read
        return found

    monkeypatch.setattr(quota, "held", lambda person: Allowance.objects.get(pk=person.pk))
    monkeypatch.setattr(quota, "reserved_by", reserved)
    assert at_once(lambda: begun(me, 6), lambda: begun(me, 6)) == []
    assert querysets.quota_of(me).reserved == 12


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_are_each_counted_and_named() -> None:
    me = teacher()
    blobs = [content(bytes([65 + n])) for n in range(8)]
    acts = [lambda blob=blob: files.add(by=me, blob=blob, name="a.txt") for blob in blobs]
    assert at_once(*acts) == []
    titles = set(Resource.objects.values_list("title", flat=True))
    assert titles == {"a.txt", *(f"a ({n}).txt" for n in range(2, 9))}
    assert used(me) == 8
    assert broken() == []


@pytest.mark.django_db
def test_ownership_moves_with_its_weight_and_only_where_it_fits() -> None:
    world = school_world()
    me, colleague = teacher_at(world.school), teacher_at(world.school)
    box = folder(me)
    made = file(me, data=b"12345", folder=box)
    files.replace(by=me, resource=made, blob=content(b"1"), name="a.txt")
    allow(colleague, 5)
    offer = hand_over.offer(by=me, resource=box, to=colleague)
    with pytest.raises(DomainError) as refused:
        hand_over.accept(by=colleague, handover=offer)
    assert refused.value.code == "no-room"
    assert (used(me), used(colleague)) == (6, 0)
    allow(colleague, 6)
    hand_over.accept(by=colleague, handover=offer)
    assert (used(me), used(colleague)) == (0, 6)
    assert broken() == []


@pytest.mark.django_db
def test_a_sum_that_is_wrong_is_told() -> None:
    me = teacher()
    file(me)
    Allowance.objects.update(used=F("used") + 1)
    assert broken() == ["documents.space_is_the_sum"]
