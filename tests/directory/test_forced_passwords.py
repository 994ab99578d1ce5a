"""New passwords forced on a population: who is in it, what opens nothing any more, what is left alone."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client

from accounts.enums import Profile
from accounts.links import email_token
from accounts.models import User
from accounts.services.own_email import confirm_own_email
from core import clock
from core.models import AuditEntry, Job
from directory import password_jobs
from directory.enums import Scope
from directory.errors import NotYours
from directory.mails import send_password_links
from directory.services.forced_passwords import (
    LATELY,
    Population,
    force_passwords,
    foresee,
    population,
)
from schools.models import School
from tests.directory.factories import AdministratorFactory, AttachmentFactory
from tests.directory.worlds import SchoolWorld, school_world

pytestmark = pytest.mark.django_db
PAGE = "/administration/etablissement/mots-de-passe/"
EVERYBODY = frozenset(Profile)


def with_passwords() -> None:
    """Whoever is there came in once, and chose one."""
    User.objects.update(
        password=make_password("Un mot de passe 12"), activated_at=clock.now(), code_open=False
    )


@pytest.fixture
def world() -> SchoolWorld:
    made = school_world(classes=2)
    with_passwords()
    return made


def asked(school: School, *profiles: Profile, **more: Any) -> Population:
    return Population(
        school=school, profiles=frozenset(profiles) or EVERYBODY, **{"scope": Scope.SCHOOL, **more}
    )


def of(person: User) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=person.pk))
    return client


def test_the_old_password_opens_nothing_and_open_sessions_end(world: SchoolWorld) -> None:
    room = world.classes[0]
    relative, teacher = of(room.relatives[0]), of(room.teacher)
    assert relative.get("/").status_code == 200
    logins = set(User.objects.values_list("username", flat=True))
    assert force_passwords(by=world.director, asked=asked(world.school, Profile.RELATIVE)) == 4
    assert relative.get("/").status_code == 302
    assert teacher.get("/").status_code == 200
    room.relatives[0].refresh_from_db()
    assert (room.relatives[0].password, room.relatives[0].code_open) == ("", True)
    assert set(User.objects.values_list("username", flat=True)) == logins
    # Started again, there is nobody left.
    assert force_passwords(by=world.director, asked=asked(world.school, Profile.RELATIVE)) == 0
    entry = AuditEntry.objects.filter(verb="accounts.passwords_forced").order_by("pk")[0]
    assert (entry.school, (entry.after or {})["people"]) == (world.school.uuid, 4)


def test_oneself_whoever_administers_and_those_named_are_left_alone(world: SchoolWorld) -> None:
    first, second = world.classes
    above = AdministratorFactory(of_academy=True, academy=world.school.academy).person
    AttachmentFactory(person=above, school=world.school)
    colleague = AdministratorFactory(person=second.teacher, school=world.school).person
    with_passwords()

    def found(**more: Any) -> set[int]:
        people = population(by=world.director, asked=asked(world.school, Profile.TEACHER, **more))
        return set(people.values_list("pk", flat=True))

    assert found() == {first.teacher.pk}
    assert found(spared=False) == {first.teacher.pk, colleague.pk}
    assert found(apart=frozenset({first.teacher.uuid})) == set()


def test_one_acts_no_further_than_one_administers(world: SchoolWorld) -> None:
    near = school_world(academy=world.school.academy)
    far = school_world()
    with_passwords()
    for person, scope in ((world.director, Scope.ACADEMY), (far.director, Scope.SCHOOL)):
        with pytest.raises(NotYours):
            foresee(by=person, asked=asked(world.school, scope=scope))
    above = AdministratorFactory(of_academy=True, academy=world.school.academy).person
    pupils = population(by=above, asked=asked(world.school, Profile.PUPIL, scope=Scope.ACADEMY))
    theirs = {each.pk for room in (*world.classes, *near.classes) for each in room.pupils}
    assert set(pupils.values_list("pk", flat=True)) == theirs


def test_the_numbers_say_who_has_a_mail(world: SchoolWorld) -> None:
    User.objects.update(email="", own_email="")
    User.objects.filter(pk=world.classes[0].relatives[0].pk).update(own_email="moi@example.org")
    told = foresee(by=world.director, asked=asked(world.school, Profile.RELATIVE, Profile.PUPIL))
    assert {(each.profile, each.people, each.mails, each.forgotten) for each in told} == {
        (Profile.PUPIL, 4, 0, 0),
        (Profile.RELATIVE, 4, 1, 0),
    }


def test_a_mail_chosen_lately_is_forgotten_for_a_thief_may_have_chosen_it(
    world: SchoolWorld, mailoutbox: Any, text_of: Any
) -> None:
    thief, longer, neither = world.classes[0].relatives[0], *world.classes[1].relatives
    User.objects.filter(pk=thief.pk).update(email="famille@example.org")
    with clock.at(clock.now() - LATELY - timedelta(days=1)):
        confirm_own_email(token=email_token(User.objects.get(pk=longer.pk), "depuis@example.org"))
    confirm_own_email(token=email_token(User.objects.get(pk=thief.pk), "voleur@example.org"))
    told = foresee(by=world.director, asked=asked(world.school, Profile.RELATIVE))
    assert [(each.mails, each.forgotten) for each in told] == [(2, 1)]
    form = {"profil": ["RELATIVE"], "ou": "SCHOOL", "administrateurs": "on", "act": "preview"}
    page = text_of(of(world.director).post(PAGE, form))
    assert "1 courriel choisi depuis moins de trois mois est retiré" in page
    assert force_passwords(by=world.director, asked=asked(world.school, Profile.RELATIVE)) == 4
    assert send_password_links("voleur@example.org") == 0
    assert (send_password_links("famille@example.org"), send_password_links("depuis@example.org")) == (1, 1)
    assert [mail.to for mail in mailoutbox] == [["famille@example.org"], ["depuis@example.org"]]
    assert User.objects.get(pk=neither.pk).own_email == ""


def test_the_page_foresees_then_a_job_does_it(world: SchoolWorld, text_of: Any) -> None:
    room, client = world.classes[0], of(world.director)
    assert client.post(PAGE, {"act": "preview", "ou": "SCHOOL"}).status_code == 422
    form = {"profil": ["PUPIL"], "ou": "SCHOOL", "administrateurs": "on", "sauf": room.pupils[0].username}
    page = text_of(client.post(PAGE, form | {"act": "preview"}))
    assert "3 personnes choisiront un autre mot de passe" in page
    assert room.pupils[0].full_name in page
    assert not User.objects.filter(password="").exists()
    refused = client.post(PAGE, form | {"act": "preview", "sauf": "personne.ici"})
    assert refused.status_code == 422
    answer = client.post(PAGE, form | {"act": "go"})
    job = Job.objects.get(name="directory.force_passwords")
    assert answer.headers["Location"].startswith(f"{PAGE}{job.uuid}/")
    assert of(room.teacher).get(f"{PAGE}{job.uuid}/").status_code == 404
    password_jobs.force._received(str(job.uuid))
    assert User.objects.filter(password="").count() == 3
    assert "3 personnes doivent choisir" in text_of(client.get(f"{PAGE}{job.uuid}/"))


def test_the_api_foresees_and_starts(world: SchoolWorld) -> None:
    address = f"/api/v1/administration/schools/{world.school.uuid}/passwords/"
    body: dict[str, Any] = {"profiles": ["RELATIVE"]}
    client = of(world.director)
    told = client.post(address, body, content_type="application/json")
    assert (told.status_code, told.json()["numbers"][0]["people"], told.json()["job"]) == (200, 4, None)
    started = client.post(address, body | {"dry": False}, content_type="application/json")
    assert (started.status_code, started.json()["job"]) == (202, str(Job.objects.get().uuid))
    refused = client.post(address, body | {"scope": "PLATFORM"}, content_type="application/json")
    assert refused.status_code == 403
