"""The console's first page: whoever administers something finds it there, with what waits."""

from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from feeds.enums import RunState
from feeds.models import RunSchool
from tests.accounts.factories import PersonFactory
from tests.admin_console.worlds import (
    academy_admin,
    director_of,
    fed_school,
    held_run,
    platform_admin,
    refused_run,
    some_run,
)
from tests.directory.factories import AttachmentFactory, SchoolClassFactory
from tests.directory.worlds import pupil_in, school_world, teacher_at
from tests.feeds.sets import school_of
from tests.schools.factories import AcademyFactory, DistrictFactory, SchoolFactory

pytestmark = pytest.mark.django_db
INDEX = "/administration/"


def read(client, address: str = INDEX, **query) -> str:
    answer = client.get(address, query)
    assert answer.status_code == 200
    return answer.text


def test_a_director_finds_their_school_its_years_and_its_people(as_person) -> None:
    world = school_world(classes=1, pupils=3)
    told = read(as_person(world.director))
    assert world.school.name in told
    assert "Année scolaire 2026-2027" in told
    assert "3 élèves, 1 classe" in told


def test_who_administers_nothing_finds_no_console_and_no_door(as_person) -> None:
    world = school_world()
    for person in (world.classes[0].teacher, world.classes[0].relatives[0], world.classes[0].pupils[0]):
        client = as_person(person)
        assert client.get(INDEX).status_code == 404
        assert INDEX not in client.get(reverse("home:index")).text
    assert INDEX in as_person(world.director).get(reverse("home:index")).text


def test_pupils_and_teachers_without_a_class_are_counted(as_person) -> None:
    world = school_world(classes=1, pupils=2)
    AttachmentFactory(person=PersonFactory(pupil=True), school=world.school)
    teacher_at(world.school)
    teacher_at(world.school, SchoolClassFactory(school=world.school, last_year=True))
    told = read(as_person(world.director))
    assert "Élèves en attente de classe" in told
    assert "1 élève sur 3 sans classe" in told
    assert "2 sur 4 enseignants" in told


def test_a_pupil_of_last_year_s_class_awaits_theirs(as_person) -> None:
    world = school_world(classes=1, pupils=1)
    pupil_in(SchoolClassFactory(school=world.school, last_year=True))
    assert "1 élève sur 2 sans classe" in read(as_person(world.director))


def test_a_school_that_turns_over_says_its_two_years(as_person) -> None:
    world = school_world(running_year=2026, class_year=2025)
    told = read(as_person(world.director))
    assert "Année en cours 2026-2027 · les classes sont encore celles de 2025-2026" in told


def test_a_school_without_director_is_said(as_person) -> None:
    school = SchoolFactory()
    assert "École sans direction" in read(as_person(academy_admin(school.academy)))
    director_of(school)
    assert "École sans direction" not in read(as_person(academy_admin(school.academy)))


def test_a_refused_file_waits_for_its_director_with_a_link(tmp_path: Path, as_person) -> None:
    fed = fed_school(tmp_path)
    run = refused_run(tmp_path, fed)
    told = read(as_person(fed.director))
    assert f"n°\u00a0{run.pk} à décider" in told
    assert reverse("console:run", args=[run.uuid]) in told


def test_records_held_in_a_set_of_the_academy_wait_for_the_academy(tmp_path: Path, as_person) -> None:
    run = held_run(tmp_path)
    parked = run.children.get(state=RunState.PARKED)
    address = reverse("console:run", args=[parked.uuid])
    director = read(as_person(director_of(school_of("A"))))
    assert f"n°\u00a0{parked.pk} à décider" in director
    assert "L’académie décide" in director
    assert address not in director
    assert address in read(as_person(academy_admin(run.academy)))


def test_a_school_s_page_is_for_its_administrators_alone(as_person) -> None:
    here, there = school_world(), school_world()
    address = reverse("console:school", args=[here.school.uuid])
    assert here.school.name in read(as_person(here.director), address)
    assert as_person(there.director).get(address).status_code == 404
    assert as_person(here.classes[0].teacher).get(address).status_code == 404


def test_a_wide_administrator_finds_a_school_by_name_town_or_uai(as_person) -> None:
    academy = AcademyFactory()
    for n in range(4):
        SchoolFactory(academy=academy, name=f"École Jean-Macé {n}", city="Sète")
    sought = SchoolFactory(academy=academy, name="École de l’Œuvre", city="Besançon")
    client = as_person(academy_admin(academy))
    for typed in ("oeuvre", "BESANCON", sought.uai.lower(), "ecole besan"):
        told = read(client, q=typed)
        assert sought.name in told, typed
        assert "Jean-Macé" not in told, typed
    assert "Aucune école ne répond" in read(client, q="nulle part")


def test_schools_out_of_the_scope_are_not_listed(as_person) -> None:
    district = DistrictFactory()
    mine = SchoolFactory(academy=district.academy, district=district)
    other = SchoolFactory(academy=district.academy)
    person = PersonFactory(staff=True, activated=True)
    from tests.directory.factories import AdministratorFactory

    AdministratorFactory(person=person, of_district=True, district=district)
    told = read(as_person(person))
    assert mine.name in told
    assert other.name not in told


def test_the_list_asks_as_much_for_four_schools_as_for_two_hundred(as_person) -> None:
    academy = AcademyFactory()

    def schools(number: int) -> None:
        for _ in range(number):
            school = SchoolFactory(academy=academy)
            run = some_run(school)
            RunSchool.objects.create(run=run, school=school, part="F", role="named")
            parked = some_run(school, RunState.PARKED, part="F", cause="held", parent=run)
            RunSchool.objects.create(run=parked, school=school, part="F", role="parked")

    schools(4)
    client = as_person(academy_admin(academy))
    client.get(INDEX)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(INDEX).status_code == 200
        return len(queries)

    few = asked()
    schools(196)
    assert asked() == few
    assert few <= 19


def test_the_platform_s_administrator_finds_every_school(as_person) -> None:
    school = SchoolFactory()
    assert school.name in read(as_person(platform_admin()))


def test_home_tells_administrators_what_waits(tmp_path: Path, as_person) -> None:
    fed = fed_school(tmp_path)
    assert "attend votre décision" not in read(as_person(fed.director), "/", tout="1")
    run = refused_run(tmp_path, fed)
    told = read(as_person(fed.director), "/", tout="1")
    assert "Une alimentation attend votre décision" in told
    assert reverse("console:run", args=[run.uuid]) in told
    assert "12 élèves" in told


def test_a_page_asked_by_htmx_is_its_part(as_person) -> None:
    academy = AcademyFactory()
    SchoolFactory.create_batch(5, academy=academy)
    client = as_person(academy_admin(academy))
    answer = client.get(INDEX, {"q": ""}, headers={"HX-Request": "true"})
    assert "<html" not in answer.text
    assert "ct-schools" in answer.text
    assert "HX-Request" in answer["Vary"]
    assert answer.text.strip() in client.get(INDEX).text
