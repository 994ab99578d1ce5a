"""What happens from one day of the table to the next, as the guide tells a school year's end and beginning."""

from datetime import date

from django.core.management import call_command

from accounts.enums import Profile
from accounts.services.create_account import create_account
from directory.services import class_teachers
from directory.services.administrators import give_rights
from directory.services.create_person import create_person
from feeds.models import FeedRun
from tests.feeds.sets import school_of
from tests.stories.calendar import cast, june
from tests.stories.calendar.cast import LAST, NEXT, PARTS, person
from tests.stories.calendar.world import Story, school_class

LATE = {"S8", "P6", "R6"}
#: Who teaches what, a year and the next: (director, teacher, school, label).
TAUGHT = (
    ("S1", "S2", "A", "CE1"),
    ("S1", "S3", "A", "CM1"),
    ("S1", "S4", "A", "CM2"),
    ("S5", "S5", "M", "MS-GS"),
)
TAUGHT_NEXT = (
    ("S1", "S8", "A", "CE2"), ("S1", "S1", "A", "CM2"), ("S6", "S3", "B", "CM2"), ("S5", "S5", "M", "MS-GS"),
)  # fmt: skip
NAMED = {
    "S2": ("P1", "R1", "guest"),
    "S3": ("P3", "R3", "P7", "R7"),
    "S4": ("P2", "R2", "P4", "R4", "guest"),
    "S5": ("P5", "R5", "P8", "R7"),
}


def live(story: Story) -> None:
    """From June to December."""
    year_under_way(story)
    june_ends(story)
    summer(story)
    families_come_back(story)
    autumn(story)


def year_under_way(story: Story) -> None:
    """Files have come, everybody has signed in, teachers have their class."""
    story.whole_set(date(2026, 6, 2), cast.CLASSES_OF_LAST_YEAR, LAST, cast.TEAM_OF_LAST_YEAR)
    with story.on(date(2026, 6, 3)):
        here = school_of("A")
        guest, erun = PARTS["guest"], PARTS["erun"]
        create_person(
            by=person("S1"), school=here, profile=Profile.GUEST, first_name=guest.first, last_name=guest.last
        )
        told = {"first_name": erun.first, "last_name": erun.last, "academy": here.academy}
        give_rights(
            by=None, person=create_account(by=None, profile=Profile.STAFF, **told), place=here.district
        )
        attach(TAUGHT, LAST)
        story.join(*(key for key in PARTS if key not in LATE))


def june_ends(story: Story) -> None:
    made = story.year.made
    with story.on(date(2026, 6, 23)):
        head, here = person("S1"), school_of("A")
        for director, teacher, school, label in TAUGHT:
            june.a_year_of_a_class(
                made,
                person(teacher),
                person(director),
                label,
                school_class(school, label, LAST),
                [person(key) for key in NAMED[teacher]],
            )
        council = june.a_document(made, head, "A conseil", "Compte rendu du conseil d’école")
        june.share_with(head, council, june.group_of_school(here, Profile.TEACHER))
        fete = june.a_document(made, head, "A fête", "Programme de la fête")
        june.share_with(head, fete, june.group_of_school(here, Profile.RELATIVE))
        leaver, mover, stays = person("S4"), person("S3"), person("S2")
        plans = june.a_document(made, leaver, "CM2 progression", "Progression du CM2")
        june.share_with(leaver, plans, june.pupils_of(school_class("A", "CM2", LAST)))
        june.cede(mover, june.a_document(made, mover, "CM1 rallye", "Rallye lecture du CM1"), stays)
        for key in ("P1", "P2", "P3", "P4", "P5"):
            june.a_document(made, person(key), "son dessin", f"Dessin de {PARTS[key].first}")
    with story.on(date(2026, 6, 25)):
        for _, teacher, _, _ in TAUGHT:
            june.keep_the_memo(person(teacher))
        june.entrust(person("S4"), "Progression", person("S1"))
    story.look(date(2026, 6, 26))


def summer(story: Story) -> None:
    """The freeze; the staff's file alone; the first day of school, as in late August."""
    with story.on(date(2026, 7, 10)):
        call_command("feed_freeze", "--from", "2026-07-11", "--to", "2026-08-31", "--json")
    # Families' records that come in the freeze wait: here those of a pupil who is told no more.
    gone = {where: [key for key in keys if key != "P3"] for where, keys in cast.CLASSES_OF_LAST_YEAR.items()}
    waits = story.whole_set(date(2026, 7, 15), gone, LAST, cast.TEAM_OF_LAST_YEAR)
    assert waits.children.get().cause == "frozen"
    story.look(date(2026, 7, 20))
    story.staff_file(date(2026, 8, 22), cast.TEAM_OF_NEXT_YEAR)
    story.look(date(2026, 8, 22))
    made = story.year.made
    with story.on(date(2026, 8, 27)):
        story.join("S8")
        head = person("S1")
        project = june.a_document(made, head, "A projet", "Projet d’école")
        june.share_with(head, project, june.group_of_school(school_of("A"), Profile.TEACHER))
    with story.on(date(2026, 9, 1)):
        welcome = june.a_document(made, head, "A rentrée", "Mot de la rentrée")
        june.share_with(head, welcome, june.group_of_school(school_of("A"), Profile.RELATIVE))
    story.look(date(2026, 9, 1))


def families_come_back(story: Story) -> None:
    """ONDE passes, then its first file comes, without the first level; teachers are put in their class."""
    story.whole_set(date(2026, 9, 4), cast.CLASSES_OF_LAST_YEAR, LAST, cast.TEAM_OF_NEXT_YEAR)
    story.look(date(2026, 9, 4))
    story.whole_set(date(2026, 9, 10), cast.CLASSES_OF_NEXT_YEAR, NEXT, cast.TEAM_OF_NEXT_YEAR)
    with story.on(date(2026, 9, 10)):
        attach(TAUGHT_NEXT, NEXT)
        for _, teacher, school, label in TAUGHT_NEXT:
            place = f"nouveau {label} {school}"
            june.a_homework_book(story.year.made, person(teacher), place, school_class(school, label, NEXT))
    story.look(date(2026, 9, 10))


def autumn(story: Story) -> None:
    """Pupils found again elsewhere, late ones, those who left, one who comes back."""
    story.college_set(date(2026, 9, 22))
    everybody = cast.CLASSES_OF_NEXT_YEAR | cast.FIRST_LEVEL
    team = cast.TEAM_OF_NEXT_YEAR
    story.whole_set(date(2026, 9, 24), everybody, NEXT, team, without_ine=("P6",))
    with story.on(date(2026, 9, 24)):
        story.join("P6", "R6")
        attach((("S1", "S2", "A", "CP"),), NEXT)
        a_beginning(story)
    story.look(date(2026, 9, 24))
    # The late pupil's INE has come: it is the same account.
    assert told(story.whole_set(date(2026, 10, 8), everybody, NEXT, team), "created") == 0
    story.look(date(2026, 10, 12))
    back = everybody | {("A", "CM2"): [*everybody["A", "CM2"], "P3"]}
    assert told(story.whole_set(date(2026, 11, 16), back, NEXT, team), "restored") == 2
    story.look(date(2026, 11, 16))
    story.look(date(2026, 12, 10))


def a_beginning(story: Story) -> None:
    """What the new CP gets on its first days."""
    made, teacher, first = story.year.made, person("S2"), school_class("A", "CP", NEXT)
    place = "nouveau CP A"
    june.share_with(
        teacher, june.a_document(made, teacher, f"{place} classe", "Alphabet"), *june.families_of(first)
    )
    june.a_message(made, teacher, place, "Bienvenue au CP", *june.families_of(first))
    june.a_blog(made, teacher, place, first)
    june.a_homework_book(made, teacher, place, first)
    june.a_word(made, teacher, place, first)


def attach(taught: tuple[tuple[str, str, str, str], ...], year: int) -> None:
    for director, teacher, school, label in taught:
        class_teachers.attach_teacher(
            by=person(director), teacher=person(teacher), school_class=school_class(school, label, year)
        )


def told(run: FeedRun, action: str) -> int:
    return sum(numbers.get(action, 0) for numbers in run.counts.values())
