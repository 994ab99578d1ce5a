"""Files come in, are named, replaced, shown as they were; versions are charged."""

import json
from pathlib import Path

import pytest

from documents import querysets
from documents.errors import MayNotEdit, NoSuchDocument, NotAFile, QuotaExceeded, VersionShown
from documents.services import arrange, files
from documents.services.downloads import download
from sharing.enums import Role
from sharing.errors import CannotAddThere, InTrash, NotAManager, NotTheOwner
from sharing.services import resources
from tests.documents.factories import allow, broken, content, file, folder, row, share, teacher, used

CASES = Path(__file__).resolve().parent.parent / "cases" / "uploads"
NAMES = json.loads((CASES / "filenames.json").read_text(encoding="utf-8"))

pytestmark = pytest.mark.django_db


def test_a_file_is_its_senders_at_their_root_and_charged_to_them() -> None:
    me = teacher()
    made = file(me, data=b"12345")
    assert (made.owner, made.parent, made.title) == (me, None, "a.txt")
    assert used(me) == 5
    assert row(made).blob.references == 1
    assert list(querysets.mine(me)) == [made]
    assert broken() == []


def test_an_empty_file_is_one() -> None:
    me = teacher()
    made = file(me, "vide.txt", b"")
    assert (row(made).size, used(me)) == (0, 0)
    assert download(me, made.uuid).blob.size == 0


def test_a_content_sent_twice_is_stored_once_and_charged_twice() -> None:
    me, other = teacher(), teacher()
    first, second, third = file(me), file(me), file(other)
    assert row(first).blob == row(second).blob == row(third).blob
    assert row(first).blob.references == 3
    assert (used(me), used(other)) == (14, 7)


def test_a_second_file_of_one_name_is_numbered_whatever_its_case_and_accents_form() -> None:
    me = teacher()
    assert file(me, "Été.txt").title == "Été.txt"
    assert file(me, "E\u0301te\u0301.TXT").title == "Été (2).TXT"
    assert file(me, "Été.txt").title == "Été (3).txt"
    assert file(me, "Été.txt", folder=folder(me)).title == "Été.txt"


def test_what_a_contributor_adds_stays_theirs_and_is_charged_to_them() -> None:
    owner, guest = teacher(), teacher()
    box = folder(owner)
    share(box, guest, Role.CONTRIBUTE)
    file(owner, "a.txt", folder=box)
    made = file(guest, "a.txt", b"123", folder=box)
    assert (made.owner, made.title, used(guest)) == (guest, "a.txt", 3)
    assert used(owner) == 7
    assert {each.pk for each in querysets.inside(owner, box)} >= {made.pk}


@pytest.mark.parametrize("role", [None, Role.READ, Role.COMMENT])
def test_who_does_not_contribute_adds_nothing(role: Role | None) -> None:
    owner, guest = teacher(), teacher()
    box = folder(owner)
    if role:
        share(box, guest, role)
    with pytest.raises(CannotAddThere):
        file(guest, folder=box)
    assert used(guest) == 0


def test_nothing_is_added_to_a_folder_in_the_trash() -> None:
    me = teacher()
    box = folder(me)
    resources.trash(by=me, resource=box)
    with pytest.raises(InTrash):
        file(me, folder=box)
    assert used(me) == 0


def test_a_new_version_is_shown_and_both_are_charged() -> None:
    me = teacher()
    made = file(me, data=b"12345")
    files.replace(by=me, resource=made, blob=content(b"1234567890"), name="a.txt")
    found = row(made)
    assert (found.current, found.last, found.size, found.charged, used(me)) == (2, 2, 10, 15, 15)
    assert download(me, made.uuid).blob.size == 10
    assert download(me, made.uuid, version=1).blob.size == 5
    assert broken() == []


def test_a_version_shown_again_costs_nothing_and_loses_none() -> None:
    me = teacher()
    made = file(me, data=b"12345")
    files.replace(by=me, resource=made, blob=content(b"1234567890"), name="a.txt")
    files.restore_version(by=me, resource=made, number=1)
    assert (row(made).size, row(made).last, used(me)) == (5, 2, 15)
    files.replace(by=me, resource=made, blob=content(b"1"), name="a.txt")
    assert (row(made).current, row(made).versions.count(), used(me)) == (3, 3, 16)
    assert broken() == []


def test_a_file_replaced_by_another_type_takes_its_ending() -> None:
    me = teacher()
    made = file(me, "sortie.txt")
    assert files.replace(by=me, resource=made, blob=content(b"%PDF-1.4", "b.pdf"), name="b.pdf").title == (
        "sortie.pdf"
    )


def test_a_contributor_replaces_a_file_and_its_owner_is_charged() -> None:
    owner, guest = teacher(), teacher()
    made = file(owner, data=b"12345")
    share(made, guest, Role.CONTRIBUTE)
    allow(owner, 8)
    with pytest.raises(QuotaExceeded, match="à qui appartient"):
        files.replace(by=guest, resource=made, blob=content(b"1234"), name="a.txt")
    files.replace(by=guest, resource=made, blob=content(b"123"), name="a.txt")
    assert (used(owner), used(guest)) == (8, 0)


def test_a_reader_replaces_nothing() -> None:
    owner, guest = teacher(), teacher()
    made = file(owner)
    share(made, guest, Role.COMMENT)
    with pytest.raises(MayNotEdit):
        files.replace(by=guest, resource=made, blob=content(b"x"), name="a.txt")
    with pytest.raises(MayNotEdit):
        files.restore_version(by=guest, resource=made, number=1)


def test_a_former_version_is_deleted_by_its_owner_and_frees_its_space() -> None:
    owner, guest = teacher(), teacher()
    made = file(owner, data=b"12345")
    share(made, guest, Role.MANAGE)
    files.replace(by=owner, resource=made, blob=content(b"1"), name="a.txt")
    with pytest.raises(NotTheOwner):
        files.erase_version(by=guest, resource=made, number=1)
    with pytest.raises(VersionShown):
        files.erase_version(by=owner, resource=made, number=2)
    assert files.erase_version(by=owner, resource=made, number=1) == 5
    assert used(owner) == 1
    with pytest.raises(NoSuchDocument):
        download(owner, made.uuid, version=1)
    assert broken() == []


def test_a_folder_has_no_version() -> None:
    me = teacher()
    with pytest.raises(NotAFile):
        files.replace(by=me, resource=folder(me), blob=content(), name="a.txt")


def test_a_file_keeps_its_ending_when_it_is_renamed() -> None:
    me = teacher()
    made = file(me, "photo.jpg.txt")
    assert arrange.rename(by=me, resource=made, title="vacances").title == "vacances.txt"
    assert arrange.rename(by=me, resource=made, title="vacances.md").title == "vacances.md"
    assert arrange.rename(by=me, resource=folder(me), title="Année 1.5").title == "Année 1.5"


def test_a_name_that_is_taken_is_numbered_and_ones_own_is_not() -> None:
    me = teacher()
    file(me, "a.txt")
    made = file(me, "b.txt")
    assert arrange.rename(by=me, resource=made, title="a").title == "a (2).txt"
    assert arrange.rename(by=me, resource=made, title="a (2).txt").title == "a (2).txt"


def test_who_does_not_manage_renames_nothing() -> None:
    owner, guest = teacher(), teacher()
    made = file(owner)
    share(made, guest, Role.CONTRIBUTE)
    with pytest.raises(NotAManager):
        arrange.rename(by=guest, resource=made, title="x")


@pytest.mark.parametrize("case", NAMES, ids=[each["what"] for each in NAMES])
def test_any_name_is_kept_listed_and_found(case: dict[str, str]) -> None:
    me = teacher()
    made = file(me, case["name"], b"x")
    assert 0 < len(made.title.encode()) <= 255
    assert "/" not in made.title
    assert "\\" not in made.title
    assert list(querysets.mine(me)) == [made]
    assert download(me, made.uuid).name == made.title


@pytest.mark.parametrize("typed", ["noel", "Noël", "NOE\u0308L", "ecole a", "noël école"])
def test_a_name_is_found_with_or_without_accents_of_both_forms(typed: str) -> None:
    me = teacher()
    made = file(me, "Noe\u0308l a\u0300 l\u2019e\u0301cole.txt")
    file(me, "autre.txt")
    assert list(querysets.named(querysets.seen(me), typed)) == [made]


def test_a_ligature_is_found_opened() -> None:
    me = teacher()
    made = file(me, "Œuvres du cœur.txt")
    assert list(querysets.named(querysets.seen(me), "oeuvres coeur")) == [made]


def test_nothing_is_found_while_nothing_is_typed() -> None:
    me = teacher()
    file(me)
    assert list(querysets.named(querysets.seen(me), " -- ")) == []


@pytest.mark.parametrize(
    "name", ["drawing-with-script.svg", "picture-that-is-a-page.jpg", "climbs-out.zip", "swells.zip"]
)
def test_hostile_files_are_kept_as_downloads_and_charged_as_they_are(name: str) -> None:
    me = teacher()
    data = (CASES / name).read_bytes()
    made = file(me, name, data)
    found = row(made)
    assert (used(me), found.size) == (len(data), len(data))
    assert not found.media_type.startswith("image/jpeg")
    assert found.blob.thumbnail_state == "none"


def test_a_photo_is_charged_as_it_is_kept() -> None:
    me = teacher()
    made = file(me, "photo.jpg", (CASES / "photo-gps-upright.jpg").read_bytes())
    assert used(me) == row(made).blob.size
    assert broken() == []
