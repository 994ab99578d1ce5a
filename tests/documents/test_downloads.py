"""What may be read is asked at each download: shares, rights taken back, doors of applications."""

from datetime import date
from uuid import UUID, uuid4

import pytest

from accounts.models import User
from documents import querysets, spaces
from documents.errors import NoSuchDocument, NotAReader, NothingSaid, NotYourComment, QuotaExceeded
from documents.models import Comment, File, Star
from documents.services import comments, files, keeping, stars, trash
from documents.services.downloads import download
from documents.spaces import SpaceUser
from sharing.enums import Role
from sharing.errors import InTrash
from tests.documents.factories import allow, broken, content, file, folder, share, teacher, used

pytestmark = pytest.mark.django_db
SUBJECT = uuid4()


class Letters:
    """An application that keeps documents here, and opens them to whom its letters are written."""

    def __init__(self) -> None:
        self.readers: set[int] = set()

    def opens(self, person: User, subject: UUID) -> bool:
        return subject == SUBJECT and person.pk in self.readers


@pytest.fixture
def letters(monkeypatch: pytest.MonkeyPatch) -> Letters:
    app = Letters()
    monkeypatch.setattr(spaces, "_users", {})
    spaces.register(
        SpaceUser(
            key="letters", label="Lettres", icon="mail", url=lambda uuid: f"/lettres/{uuid}/", opens=app.opens
        )
    )
    return app


def test_a_right_taken_back_stops_the_next_download() -> None:
    owner, me = teacher(), teacher()
    box = folder(owner)
    made = file(owner, folder=box)
    share(box, me)
    assert download(me, made.uuid).name == "a.txt"
    box.grants.all().delete()
    with pytest.raises(NoSuchDocument):
        download(me, made.uuid)


def test_what_does_not_exist_and_a_folder_are_no_document() -> None:
    me = teacher()
    for uuid in (uuid4(), folder(me).uuid):
        with pytest.raises(NoSuchDocument):
            download(me, uuid)


def test_a_pre_deleted_person_reads_nothing() -> None:
    me = teacher()
    made = file(me)
    me.absent_since, me.pre_deleted_on = date(2026, 9, 1), date(2026, 10, 1)
    me.save()
    with pytest.raises(NoSuchDocument):
        download(me, made.uuid)


def test_what_an_application_keeps_is_stored_once_and_shown_apart(letters: Letters) -> None:
    me, subject = teacher(), uuid4()
    blob = content(b"12345")
    first = keeping.keep(by=me, blob=blob, name="a.txt", space="letters", subject=SUBJECT, label="Sortie")
    again = keeping.keep(by=me, blob=blob, name="b.txt", space="letters", subject=subject, label="Rappel")
    assert again == first
    assert used(me) == 5
    assert list(querysets.attached(me)) == [first]
    assert list(querysets.mine(me)) == []
    assert [use.label for use in querysets.uses_of([first])] == ["Sortie", "Rappel"]
    assert keeping.release(space="letters", subjects=[subject]) == 1
    assert [use.label for use in querysets.uses_of([first])] == ["Sortie"]
    assert File.objects.count() == 1
    assert broken() == []


def test_over_quota_nothing_is_attached(letters: Letters) -> None:
    me = teacher()
    allow(me, 3)
    with pytest.raises(QuotaExceeded):
        keeping.keep(by=me, blob=content(), name="a.txt", space="letters", subject=SUBJECT, label="x")


def test_an_application_that_is_not_registered_keeps_nothing(letters: Letters) -> None:
    with pytest.raises(ValueError, match="is registered"):
        keeping.keep(by=teacher(), blob=content(), name="a.txt", space="blog", subject=SUBJECT, label="x")


def test_an_application_opens_its_door_and_closes_it(letters: Letters) -> None:
    me, reader = teacher(), teacher()
    made = keeping.keep(by=me, blob=content(), name="a.txt", space="letters", subject=SUBJECT, label="Sortie")
    with pytest.raises(NoSuchDocument):
        download(reader, made.uuid)
    letters.readers.add(reader.pk)
    assert download(reader, made.uuid).name == "a.txt"
    with pytest.raises(NoSuchDocument):
        download(reader, made.uuid, version=1)
    trash.trash(by=me, resources=[made])
    with pytest.raises(NoSuchDocument):
        download(reader, made.uuid)


def test_a_mark_is_ones_own() -> None:
    owner, me = teacher(), teacher()
    made, hidden = file(owner), file(owner, "b.txt")
    share(made, me)
    stars.star(by=me, resource=made)
    stars.star(by=me, resource=made)
    assert list(querysets.starred(me)) == [made]
    assert list(querysets.starred(owner)) == []
    with pytest.raises(NoSuchDocument):
        stars.star(by=me, resource=hidden)
    stars.star(by=me, resource=made, on=False)
    assert Star.objects.count() == 0


def test_who_may_comment_does_and_its_author_or_a_manager_takes_it_away() -> None:
    owner, me, other = teacher(), teacher(), teacher()
    made = file(owner)
    share(made, me, Role.COMMENT)
    share(made, other, Role.CONTRIBUTE)
    first = comments.comment(by=me, resource=made, text="  Très bien.\r\nMerci  ")
    assert first.text == "Très bien.\nMerci"
    with pytest.raises(NotYourComment):
        comments.delete_comment(by=other, comment=first)
    comments.delete_comment(by=me, comment=first)
    comments.delete_comment(by=owner, comment=comments.comment(by=me, resource=made, text="x"))
    assert Comment.objects.count() == 0


def test_who_only_reads_says_nothing_and_nobody_says_nothing() -> None:
    owner, me = teacher(), teacher()
    made = file(owner)
    share(made, me)
    with pytest.raises(NotAReader):
        comments.comment(by=me, resource=made, text="x")
    for text in ("  \n ", "x" * 2_001):
        with pytest.raises(NothingSaid):
            comments.comment(by=owner, resource=made, text=text)
    trash.trash(by=owner, resources=[made])
    with pytest.raises(InTrash):
        comments.comment(by=owner, resource=made, text="x")


def test_who_no_longer_sees_a_file_takes_no_comment_away() -> None:
    owner, me = teacher(), teacher()
    made = file(owner)
    share(made, me, Role.COMMENT)
    said = comments.comment(by=me, resource=made, text="x")
    made.grants.all().delete()
    with pytest.raises(NotYourComment):
        comments.delete_comment(by=me, comment=said)


def test_a_former_version_is_for_those_who_may_write() -> None:
    owner, me = teacher(), teacher()
    made = file(owner)
    files.replace(by=owner, resource=made, blob=content(b"autre"), name="a.txt")
    with pytest.raises(NoSuchDocument):
        download(me, made.uuid, version=1)
    share(made, me)
    assert download(me, made.uuid, version=2).blob.size == 5
    with pytest.raises(NoSuchDocument):
        download(me, made.uuid, version=1)
    made.grants.update(role=Role.CONTRIBUTE)
    assert download(me, made.uuid, version=1).blob.size == 7
