"""What schools have lived through before a first look: words and a logo of theirs, groups of this year and of
the last, a replacement teacher who came and left, a block that ended, an account made twice.

Everything is done by the services that pages call, in the director's name, on the days that it could be.
"""

from copy import copy
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO

from django.utils import timezone

from accounts.enums import Profile
from accounts.models import User
from core import clock
from core.progress import SILENT, Progress
from core.storage.services import Received, receive
from demo.accounts import Chosen, Role, chosen
from demo.contents import papers, pictures
from directory.enums import ClassRole, GroupKind
from directory.models import Attachment, ClassAttachment, Group, Guardianship
from directory.services import favourites, groups, school_settings
from directory.services.blocks import block_profile
from directory.services.create_person import create_person
from directory.services.detach import detach
from documents.services.files import add
from documents.services.folders import create_folder
from documents.services.trash import trash
from messaging.enums import Box, Line
from messaging.models import Message
from messaging.services import send, writing
from messaging.services.writing import Target
from schools.models import School
from sharing import enums as sharing
from sharing.services.share import share

PARENTS = "Association des parents d’élèves"
COUNCIL = "Conseil d’école"
THEATRE = "Atelier théâtre"
SCENERY = "Décors et costumes"
# Who stood in for somebody in each school, and who helps there since.
REPLACEMENTS = (("Basile", "Courtois"), ("Maëlle", "Dorival"), ("Anatole", "Perrichon"))
HELPERS = (("Solène", "Grandclaude"), ("Idriss", "Belhadj"), ("Nadège", "Morvan"))
MESSAGES = (
    "Le marché de Noël des enfants a lieu vendredi, à partir de 16\u00a0h\u00a030, sous le préau. Venez nombreux\u00a0!",
    "La photo de classe est lundi matin. La cantine sert un repas froid ce jour-là.",
    "Le portail de la rue des Carriers reste fermé cette semaine : entrez par la cour.",
)


@dataclass(frozen=True, slots=True)
class _Life:
    """A school, its director, those of its people whom the demo shows, and its place in the lists above."""

    school: School
    head: User
    shown: list[Chosen]
    number: int

    @property
    def teachers(self) -> list[User]:
        return [each.person for each in self.shown if each.role == Role.TEACHER]


def live(*, progress: Progress = SILENT) -> int:
    """Gives each school its past, once; answers how many were given one."""
    people = chosen()
    heads = [each for each in people if each.role == Role.DIRECTOR]
    done = 0
    for number, head in enumerate(heads[: len(REPLACEMENTS)]):
        first, last = REPLACEMENTS[number]
        if head.school is None or User.everyone.filter(first_name=first, last_name=last).exists():
            continue
        if not done:
            progress.step("Vie des écoles")
        shown = [each for each in people if each.school is not None and each.school.pk == head.school.pk]
        _live(_Life(head.school, head.person, shown, number))
        done += 1
    return done


def _live(life: _Life) -> None:
    now = clock.now()
    with clock.at(now - timedelta(days=60)):
        left = _came(life)
        _last_years_group(life, left)
    with clock.at(now - timedelta(days=40)):
        _block(life, clock.now())
        _made_twice(life)
        _groups(life)
    with clock.at(now - timedelta(days=2)):
        _leave(life, left)
    with clock.at(now - timedelta(days=1)):
        _tell(life)
    _write(life, now)


def _came(life: _Life) -> User:
    """A replacement, whom the school's teachers write to; and a helper, who stays."""
    first, last = REPLACEMENTS[life.number]
    came = create_person(
        by=life.head,
        school=life.school,
        profile=Profile.TEACHER,
        first_name=first,
        last_name=last,
        function="Remplaçant",
        anyway=True,
    )
    first, last = HELPERS[life.number]
    create_person(
        by=life.head,
        school=life.school,
        profile=Profile.STAFF,
        first_name=first,
        last_name=last,
        function="AESH",
        anyway=True,
    )
    for teacher in life.teachers:
        favourites.create(by=teacher, name=SCENERY, persons=[came, life.head])
    return came


def _last_years_group(life: _Life, left: User) -> None:
    """Made last year, and serving nobody since: to be cleaned."""
    past = copy(life.school)
    past.running_year = (life.school.running_year or clock.today().year) - 1
    name = f"{THEATRE} {past.running_year}-{past.running_year + 1}"
    group = groups.create_group(by=life.head, school=past, name=name)
    groups.add_members(by=life.head, group=group, people=[left, *_pupils(life)[:3]])


def _block(life: _Life, now: datetime) -> None:
    block_profile(
        by=life.head,
        school=life.school,
        profile=Profile.PUPIL,
        ends_at=now + timedelta(days=3),
        reason="Mots blessants échangés entre élèves ; les familles sont averties.",
        message="Ton espace rouvre lundi. D’ici là, parle de ce qui s’est passé avec un adulte.",
    )


def _made_twice(life: _Life) -> None:
    """A parent whom the school made by hand, and whom the feed told too."""
    mine = {each.person.pk for each in life.shown}
    ties = Guardianship.objects.filter(pupil__in=_pupils(life), ended_on__isnull=True, legal=True)
    tie = ties.exclude(relative__in=mine).select_related("relative", "pupil").order_by("pk").first()
    if tie is None:
        return
    create_person(
        by=life.head,
        school=life.school,
        profile=Profile.RELATIVE,
        first_name=tie.relative.first_name,
        last_name=tie.relative.last_name,
        children=[tie.pupil],
        anyway=True,
    )


def _groups(life: _Life) -> None:
    """The parents' association, whose members find one another, and the school's council."""
    shown = [each.person for each in life.shown if each.role == Role.RELATIVE]
    ties = Guardianship.objects.filter(pupil__in=_pupils(life), ended_on__isnull=True)
    others = [
        tie.relative for tie in ties.exclude(relative__in=shown).select_related("relative").order_by("pk")
    ]
    parents = [*shown, *{person.pk: person for person in others}.values()][:5]
    association = _group(life, PARENTS, [*parents, life.head])
    groups.open_group(by=life.head, group=association, opened=True)
    _group(life, COUNCIL, [life.head, *life.teachers, *parents[:2]])


def _group(life: _Life, name: str, people: list[User]) -> Group:
    group = groups.create_group(by=life.head, school=life.school, name=name)
    groups.add_members(by=life.head, group=group, people=people)
    return group


def _leave(life: _Life, left: User) -> None:
    """The replacement puts their folder away, so that what others left in it is theirs again; then leaves."""
    folder = create_folder(by=left, title=SCENERY)
    if life.teachers:
        share(by=left, resource=folder, persons=life.teachers, role=sharing.Role.CONTRIBUTE)
    for teacher in life.teachers:
        paper = papers.text("Liste des costumes", ("Trois capes, une couronne, le chapeau du meunier.",))
        received = receive(file=BytesIO(paper), name="Liste des costumes.txt")
        add(by=teacher, blob=received.blob, name=received.name, folder=folder)
    trash(by=left, resources=[folder])
    detach(by=life.head, person=left, school=life.school)


def _tell(life: _Life) -> None:
    school_settings.set_logo(by=life.head, school=life.school, file=BytesIO(pictures.badge(life.number)))
    school_settings.set_message(
        by=life.head,
        school=life.school,
        text=MESSAGES[life.number],
        until=clock.today() + timedelta(days=14),
    )


def _write(life: _Life, now: datetime) -> None:
    """A few messages of the week: to a class's families, with a file and an answer; to the team; to a pupil."""
    for days, teacher in enumerate(life.teachers, 1):
        with clock.at(_at_ten(now - timedelta(days=days))):
            _to_families(teacher)
    with clock.at(_at_ten(now - timedelta(days=1))):
        team = Group.objects.filter(
            school=life.school, kind=GroupKind.SCHOOL, profile=Profile.TEACHER
        ).first()
        if team is not None:
            body = "<p>Chers collègues,</p><p>Voici les points de mardi\u00a0:</p><ul><li>la kermesse</li><li>les évaluations</li></ul>"
            _sent(life.head, "Ordre du jour du conseil des maitres", body, [Target(Line.TO, group=team)])


def _to_families(teacher: User) -> None:
    mine = ClassAttachment.objects.filter(person=teacher, role=ClassRole.TEACHER, ended_on__isnull=True)
    families = Group.objects.filter(
        school_class__in=mine.values("school_class"), profile=Profile.RELATIVE, kind=GroupKind.CLASS
    ).order_by("pk")
    group = families.first()
    if group is None:
        return
    body = "<p>Bonjour,</p><p>Il nous manque quelques autorisations pour la sortie de jeudi. Merci de les glisser dans le cartable.</p>"
    paper = receive(
        file=BytesIO(papers.text("Autorisation de sortie", ("Je soussigné…",))), name="Autorisation.txt"
    )
    message = _sent(
        teacher, "Sortie de jeudi\u00a0: autorisations", body, [Target(Line.TO, group=group)], paper
    )
    answering = (
        message.copies.filter(box=Box.RECEIVED).select_related("person", "message").order_by("pk").first()
    )
    if answering is not None:
        answer = writing.answer(by=answering.person, copy=answering)
        writing.save(
            by=answering.person,
            message=answer,
            body="<p>Bonjour, c’est fait ce matin. Bonne sortie\u00a0!</p>",
        )
        send.send(by=answering.person, message=answer)


def _sent(by: User, subject: str, body: str, targets: list[Target], file: Received | None = None) -> Message:
    message = writing.begin(by=by, subject=subject, body=body, targets=targets)
    if file is not None:
        writing.attach(by=by, message=message, blob=file.blob, name=file.name)
    return send.send(by=by, message=message)


def _at_ten(instant: datetime) -> datetime:
    """Ten in the morning, the weekday before where that is one of rest: nobody is disturbed."""
    morning = timezone.localtime(instant).replace(hour=10, minute=0, second=0, microsecond=0)
    return morning - timedelta(days=max(0, morning.weekday() - 4))


def _pupils(life: _Life) -> list[User]:
    """The first of the school, by name."""
    rows = Attachment.objects.filter(school=life.school, profile=Profile.PUPIL, ended_on__isnull=True)
    found = rows.select_related("person").order_by("person__sort_name", "person_id")[:8]
    return [row.person for row in found]
