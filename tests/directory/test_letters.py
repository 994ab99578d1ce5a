"""Letters of a first sign-in: each relative their own, in order, with a code for whoever never came in."""

import io
from datetime import date
from typing import Any

import pypdfium2
import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from PIL import Image

from accounts import codes
from accounts.enums import Profile
from accounts.models import User
from core.models import AuditEntry, Job
from core.progress import SILENT
from core.storage.errors import StorageGone
from directory import letters_job, mails
from directory.errors import NotYours
from directory.letters import Letter, LettersAsked, letters_for, tallies
from directory.services import letters as service
from directory.services import school_settings
from schools.models import School
from tests.accounts.factories import PersonFactory
from tests.directory.factories import (
    AdministratorFactory,
    AttachmentFactory,
    ClassAttachmentFactory,
    GuardianshipFactory,
    SchoolClassFactory,
    TieRestrictionFactory,
)
from tests.directory.worlds import SchoolWorld, pupil_in, relative_of, school_world, teacher_at

pytestmark = pytest.mark.django_db

ALL = LettersAsked()


@pytest.fixture
def here(servers: None) -> SchoolWorld:
    cache.clear()
    world = school_world(classes=0)
    world.school.class_year = world.school.running_year = SchoolClassFactory.build().year
    world.school.save()
    return world


@pytest.fixture
def cp(here: SchoolWorld) -> Any:
    return SchoolClassFactory(school=here.school, label="CP A")


@pytest.fixture
def ce2(here: SchoolWorld) -> Any:
    return SchoolClassFactory(school=here.school, label="CE2 B")


def names(found: list[Letter]) -> list[tuple[str, str]]:
    return [
        (letter.section, letter.person.full_name) for letter in found if letter.section != "Équipe de l’école"
    ]


def told_to(found: list[Letter], person: User) -> Letter:
    return next(letter for letter in found if letter.person.pk == person.pk)


def pages(drawn: bytes) -> list[str]:
    return [each.get_textpage().get_text_range() for each in pypdfium2.PdfDocument(io.BytesIO(drawn))]


def drawn(by: User, school: School, asked: LettersAsked = ALL, **how: Any) -> list[str]:
    given = {"layout": "page", "renew": False, "progress": SILENT} | how
    return pages(service.print_letters(by=by, school=school, asked=asked, **given)[0])


def test_by_class_then_name_then_the_order_of_contact(here: SchoolWorld, cp: Any, ce2: Any) -> None:
    young = pupil_in(cp, first_name="Zoé", last_name="Béranger", activated=False)
    other = pupil_in(ce2, first_name="Ali", last_name="Abadi", activated=False)
    second = PersonFactory(relative=True, first_name="Anne", last_name="Aubin")
    first = PersonFactory(relative=True, first_name="Yves", last_name="Béranger")
    GuardianshipFactory(relative=second, pupil=young, rank=1)
    GuardianshipFactory(relative=first, pupil=young, rank=0)
    relative_of(other, first_name="Lou", last_name="Abadi")
    assert names(letters_for(here.school, ALL)) == [
        ("CP A", "Zoé Béranger"),
        ("CP A", "Yves Béranger"),
        ("CP A", "Anne Aubin"),
        ("CE2 B", "Ali Abadi"),
        ("CE2 B", "Lou Abadi"),
    ]


def test_a_relative_of_two_has_one_letter_by_the_eldest(here: SchoolWorld, cp: Any, ce2: Any) -> None:
    young = pupil_in(cp, first_name="Noé", birth_date=date(2019, 5, 1))
    old = pupil_in(ce2, first_name="Léa", birth_date=date(2017, 5, 1))
    both = relative_of(young, old)
    found = letters_for(here.school, ALL)
    assert [letter.person for letter in found].count(both) == 1
    letter = told_to(found, both)
    assert (letter.section, letter.children) == ("CE2 B", ("Léa (CE2 B)", "Noé (CP A)"))
    assert told_to(letters_for(here.school, LettersAsked(school_class=cp.uuid)), both).section == "CP A"


def test_who_live_apart_see_nothing_of_one_another(here: SchoolWorld, cp: Any) -> None:
    child = pupil_in(cp, first_name="Noé", activated=False)
    one = relative_of(child, first_name="Awa", last_name="Diallo", activated=False)
    other = relative_of(child, first_name="Paul", last_name="Morel", activated=False)
    half = pupil_in(cp, first_name="Suzanne")
    GuardianshipFactory(relative=other, pupil=half)
    told = drawn(here.director, here.school, LettersAsked(profiles=(Profile.RELATIVE,)))
    assert len(told) == 2
    [hers] = [text for text in told if "Diallo" in text]
    [his] = [text for text in told if "Morel" in text]
    assert other.username not in hers
    assert "Suzanne" not in hers
    assert one.username not in his


@pytest.mark.parametrize("why", ["limited", "ended by the direction", "not legal", "over"])
def test_no_letter_by_a_tie_that_is_not_whole(here: SchoolWorld, cp: Any, why: str) -> None:
    child = pupil_in(cp)
    relative, known = PersonFactory(relative=True), relative_of(child)
    GuardianshipFactory(relative=relative, pupil=child, legal=why != "not legal", ended=why == "over")
    if why in {"limited", "ended by the direction"}:
        TieRestrictionFactory(relative=relative, pupil=child, over=why != "limited")
    found = {letter.person.pk for letter in letters_for(here.school, ALL)}
    assert relative.pk not in found
    assert known.pk in found


def test_a_code_for_who_never_came_in_and_none_for_the_others(here: SchoolWorld, cp: Any) -> None:
    child = pupil_in(cp, activated=False)
    fresh, known = relative_of(child, activated=False), relative_of(child)
    told = drawn(here.director, here.school, LettersAsked(school_class=cp.uuid), layout="slips")
    text = "".join(told)
    for person in (child, fresh):
        assert codes.printed(codes.code_of(person.uuid, 0)) in text
    assert known.username in text
    assert codes.printed(codes.code_of(known.uuid, 0)) not in text
    assert "déjà ouvert" in text


def test_pupils_are_told_tu_and_adults_vous(here: SchoolWorld, cp: Any) -> None:
    child = pupil_in(cp, activated=False)
    relative_of(child, activated=False)
    first, second = drawn(here.director, here.school, LettersAsked(school_class=cp.uuid))
    assert "Ton code" in first
    assert "vous" not in first.lower()
    assert "Code d’activation" in second


def test_the_qr_fills_the_login_and_never_tells_the_code(here: SchoolWorld, cp: Any, client: Client) -> None:
    child = pupil_in(cp, activated=False)
    address = service.activation_address(child)
    assert codes.code_of(child.uuid, 0) not in address
    path = address[address.index("/connexion") :]
    assert f'value="{child.username}"' in client.get(path).content.decode()
    assert client.get("/connexion/activation/", {"identifiant": '"><script>' * 90}).status_code == 200


def test_codes_are_renewed_only_when_asked_and_for_the_new_alone(here: SchoolWorld, cp: Any) -> None:
    fresh, known = pupil_in(cp, activated=False), pupil_in(cp)
    asked = LettersAsked(school_class=cp.uuid)
    drawn(here.director, here.school, asked)
    assert User.objects.get(pk=fresh.pk).code_counter == 0
    told = drawn(here.director, here.school, asked, renew=True)
    assert User.objects.get(pk=fresh.pk).code_counter == 1
    assert codes.printed(codes.code_of(fresh.uuid, 1)) in "".join(told)
    assert User.objects.get(pk=known.pk).password


def test_printing_is_recorded_with_its_number_and_each_code(here: SchoolWorld, cp: Any) -> None:
    fresh = pupil_in(cp, activated=False)
    pupil_in(cp)
    drawn(here.director, here.school, LettersAsked(school_class=cp.uuid))
    entry = AuditEntry.objects.get(verb="school.letters_printed", actor=here.director.uuid)
    assert (entry.school, entry.after["letters"], entry.after["codes"]) == (here.school.uuid, 2, 1)
    assert AuditEntry.objects.get(verb="account.code_printed").subject == fresh.uuid


def test_nobody_prints_for_a_school_that_they_do_not_administer(here: SchoolWorld, cp: Any) -> None:
    elsewhere = school_world()
    for someone in (elsewhere.director, teacher_at(here.school, cp), relative_of(pupil_in(cp))):
        with pytest.raises(NotYours):
            service.letters_of(by=someone, school=here.school, asked=ALL)
        with pytest.raises(NotYours):
            service.mail_letters(by=someone, school=here.school, asked=ALL)


def test_the_code_of_whoever_administers_more_is_kept_back(here: SchoolWorld) -> None:
    erun = PersonFactory(staff=True)
    AttachmentFactory(person=erun, school=here.school)
    AdministratorFactory(person=erun, scope="ACADEMY", school=None, academy=here.school.academy)
    chosen = service.letters_of(by=here.director, school=here.school, asked=ALL)
    assert chosen.kept_back == [erun]
    assert erun not in [letter.person for letter in chosen.letters]


def test_people_chosen_by_hand_and_nobody_of_another_school(here: SchoolWorld, cp: Any) -> None:
    mine, other = pupil_in(cp), pupil_in(cp)
    stranger = school_world(classes=1).classes[0].pupils[0]
    found = letters_for(here.school, LettersAsked(people=(mine.uuid, stranger.uuid)))
    assert [letter.person for letter in found] == [mine]
    assert other not in [letter.person for letter in found]


def test_who_is_awaited_is_counted_by_class(here: SchoolWorld, cp: Any, ce2: Any) -> None:
    child = pupil_in(cp, activated=False)
    relative_of(child, activated=False, email="famille@exemple.fr")
    relative_of(pupil_in(ce2))
    told = {tally.section: tally for tally in tallies(letters_for(here.school, ALL))}
    assert (told["CP A"].people, len(told["CP A"].new), told["CP A"].mailable) == (2, 2, 1)
    assert (told["CE2 B"].people, len(told["CE2 B"].new)) == (2, 0)


def test_questions_do_not_grow_with_people(
    here: SchoolWorld, cp: Any, django_assert_num_queries: Any
) -> None:
    relative_of(pupil_in(cp))
    with django_assert_num_queries(4):
        letters_for(here.school, ALL)
    for _ in range(8):
        relative_of(pupil_in(cp))
    with django_assert_num_queries(4):
        assert len(letters_for(here.school, ALL)) == 19


def test_a_mail_bears_a_link_and_no_code_once_a_day(
    here: SchoolWorld, cp: Any, monkeypatch: Any, django_capture_on_commit_callbacks: Any
) -> None:
    child = pupil_in(cp, activated=False, email="enfant@exemple.fr")
    fresh = relative_of(child, activated=False, email="awa@exemple.fr")
    relative_of(child, email="connue@exemple.fr")
    monkeypatch.setattr(
        service.send_letters,
        "delay",
        lambda ids, school: mails.send_letters(
            User.objects.filter(pk__in=ids), School.objects.get(pk=school)
        ),
    )
    for sent in (1, 0):
        with django_capture_on_commit_callbacks(execute=True):
            assert service.mail_letters(by=here.director, school=here.school, asked=ALL) == sent
    [message] = mail.outbox
    assert message.to == ["awa@exemple.fr"]
    assert codes.printed(codes.code_of(fresh.uuid, 0)) not in message.body
    assert "/connexion/nouveau-mot-de-passe/" in message.body
    assert child.first_name not in message.body.replace(fresh.full_name, "")
    assert AuditEntry.objects.get(verb="account.letter_mailed").subject == fresh.uuid


def test_the_file_is_for_whoever_asked_while_they_administer(here: SchoolWorld, cp: Any) -> None:
    pupil_in(cp, activated=False)
    job = letters_job.start(by=here.director, school=here.school, asked=ALL, layout="slips")
    letters_job.draw_letters.task(str(job.uuid))
    drawn_file, name = letters_job.file_of(here.director, job.uuid) or (b"", "")
    assert drawn_file.startswith(b"%PDF")
    assert name == f"Courriers {here.school.name}.pdf"
    other = teacher_at(here.school)
    AdministratorFactory(person=other, school=here.school)
    assert letters_job.file_of(other, job.uuid) is None
    Job.objects.filter(pk=job.pk).update(finished_at="2026-01-01T00:00Z")
    assert letters_job.file_of(here.director, job.uuid) is None


def test_pupils_without_a_class_come_last(here: SchoolWorld, cp: Any) -> None:
    lost = PersonFactory(pupil=True)
    AttachmentFactory(person=lost, school=here.school)
    ClassAttachmentFactory(
        person=pupil_in(cp), school_class=SchoolClassFactory(school=here.school, last_year=True), ended=True
    )
    assert [section for section, _ in names(letters_for(here.school, ALL))] == ["CP A", "Sans classe"]


def test_the_school_s_logo_is_on_its_letters_and_a_storage_gone_takes_none_away(
    here: SchoolWorld, cp: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    pupil_in(cp, activated=False)
    picture = io.BytesIO()
    Image.new("RGB", (64, 32), "teal").save(picture, "PNG")
    picture.seek(0)
    school_settings.set_logo(by=here.director, school=here.school, file=picture)

    def pictures() -> int:
        drawn, _ = service.print_letters(
            by=here.director, school=here.school, asked=ALL, layout="page", renew=False, progress=SILENT
        )
        page = pypdfium2.PdfDocument(io.BytesIO(drawn))[0]
        return sum(each.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE for each in page.get_objects())

    assert pictures() == 1

    def gone(blob: Any) -> Any:
        raise StorageGone

    monkeypatch.setattr(service, "opened", gone)
    assert pictures() == 0


def test_on_a_slip_a_long_login_and_its_code_stay_clear_of_the_qr(here: SchoolWorld, cp: Any) -> None:
    child = pupil_in(cp, first_name="Anne-Sophie", last_name="Roussel-Lacombe d’Arc", activated=False)
    asked = LettersAsked(school_class=cp.uuid)
    pdf, _ = service.print_letters(
        by=here.director, school=here.school, asked=asked, layout="slips", renew=False, progress=SILENT
    )
    text = pypdfium2.PdfDocument(io.BytesIO(pdf))[0].get_textpage()
    qr = (12 + 93 - 5 - 21) * 72 / 25.4  # a margin, then half the page, less the slip's inset and the code
    for said in (child.username, codes.printed(codes.code_of(child.uuid, 0))):
        start, length = text.search(said).get_next()
        first, last = text.get_charbox(start), text.get_charbox(start + length - 1)
        assert last[2] < qr
        assert abs(first[1] - last[1]) < 6  # on one line
