"""The demo's help desk: requests over three months, some that wait, one that went up to the eRUN without names, one
to the academy; answers kept ready.

Everything is done by the services that pages call, in each person's own name.
"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from accounts.models import User
from core import clock
from core.progress import SILENT, Progress
from demo.accounts import Chosen, Role, chosen
from directory.models import Attachment, Guardianship
from directory.querysets import standpoint_of
from schools.models import School
from support.enums import Category, Level, State, Urgency
from support.models import Ticket
from support.services import answer, canned, handle
from support.services.ask import Asked, ask


@dataclass(frozen=True, slots=True)
class Story:
    """What was asked so many days ago, and what became of it, hours later."""

    days: int
    relative: bool
    category: Category
    application: str
    subject: str
    body: str
    answer: str = ""
    after: float = 3
    to: State | None = None
    thanks: str = ""
    urgency: Urgency = Urgency.NORMAL
    page: str = ""


CODE = (
    "<p>Bonjour,</p><p>Votre nouveau code est prêt&nbsp;: passez au bureau avec une pièce d’identité, ou dites-moi "
    "si je vous l’envoie dans le cahier de votre enfant.</p>"
)
ONDE = "<p>Bonjour,</p><p>C’est corrigé dans ONDE. Vous le verrez ici d’ici deux jours.</p>"
OLD = (
    ("Mon conjoint n’a pas reçu son code", True, Category.ACCESS, "account", CODE),
    ("Comment joindre plusieurs photos", False, Category.HOW, "messaging", "<p>Choisissez-les toutes ensemble&nbsp;!</p>"),
    ("Nom mal écrit sur la fiche de ma fille", True, Category.DATA, "directory", ONDE),
    ("Je ne retrouve pas le dossier des sorties", False, Category.RIGHTS, "documents", "<p>Il est dans Partages.</p>"),
    ("Le film ne se lit pas sur mon téléphone", True, Category.BUG, "documents", "<p>Essayez avec Chrome à jour.</p>"),
    ("Écrire à tous les parents de l’école", False, Category.HOW, "messaging", "<p>Tapez le nom de l’école.</p>"),
)  # fmt: skip
NOW = (
    Story(
        9,
        True,
        Category.RIGHTS,
        "documents",
        "Les photos de la sortie ont disparu",
        "<p>Bonjour, hier nous voyions encore le dossier de la sortie en forêt, et ce matin il n’y a plus rien.</p>",
        "<p>Bonjour,</p><p>Le dossier avait été mis à la corbeille par erreur&nbsp;: il est revenu, au même endroit.</p>",
        2,
        State.SOLVED,
        "<p>Merci beaucoup&nbsp;!</p>",
        page="/partages/",
    ),
    Story(
        4,
        True,
        Category.ACCESS,
        "account",
        "Mon mot de passe n’est plus accepté",
        "<p>Bonjour, depuis que j’ai changé de téléphone, mon mot de passe est refusé.</p>",
        "<p>Bonjour,</p><p>Est-ce sur la page de connexion, ou dans « Mon compte »&nbsp;? Quel message lisez-vous&nbsp;?</p>",
        5,
        State.WAITING,
        page="/connexion/",
    ),
    Story(
        1,
        False,
        Category.BUG,
        "messaging",
        "Un message reste « envoi en cours »",
        "<p>Mon message aux parents est « en cours » depuis une demi-heure. Sont-ils prévenus pour demain&nbsp;?</p>",
        urgency=Urgency.HIGH,
        page="/messagerie/envoyes/",
    ),
    Story(
        0,
        True,
        Category.HOW,
        "messaging",
        "Joindre une photo depuis mon téléphone",
        "<p>Bonjour, je n’arrive pas à joindre une photo au message pour la maitresse.</p>",
        page="/messagerie/ecrire/",
        urgency=Urgency.LOW,
    ),
)


def help_people(*, progress: Progress = SILENT) -> int:
    """Fills the desk of each school that the demo shows, once; answers how many."""
    heads = [each for each in chosen() if each.role == Role.DIRECTOR and each.school is not None]
    known = set(Ticket.objects.values_list("school_id", flat=True))
    waiting = [each for each in heads if each.school is not None and each.school.pk not in known]
    if waiting:
        progress.step("Assistance", len(waiting))
    for each in waiting:
        _fill(each)
        progress.advance()
    if waiting:
        _keep_answers()
    return len(waiting)


def _fill(of: Chosen) -> None:
    head, school = of.person, of.school
    assert school is not None
    relatives, teachers = _people(school)
    if not relatives or not teachers:
        return
    for week in range(11, 1, -1):
        subject, relative, category, application, said = OLD[week % len(OLD)]
        story = Story(
            week * 7 + week % 3, relative, category, application, subject, f"<p>{subject}…</p>", said,
            2 + 5 * (week % 4), State.SOLVED,
        )  # fmt: skip
        _live(story, head, (relatives if relative else teachers)[week % 2], school)
    for story in NOW:
        _live(story, head, (relatives if story.relative else teachers)[0], school)
    _to_the_erun(head, relatives[0], school)
    with clock.at(clock.now() - timedelta(days=2)):
        _ask(
            head,
            school,
            "Deux comptes pour une même remplaçante",
            "<p>L’une vient du fichier, l’autre a été créée à la main en septembre. Puis-je les réunir&nbsp;?</p>",
            Category.HOW,
            "console",
        )


def _live(story: Story, head: User, person: User, school: School) -> None:
    """What was asked, answered, thanked for, each in its time."""
    asked_at = clock.now() - timedelta(days=story.days, hours=6)
    with clock.at(asked_at):
        ticket = _ask(
            person, school, story.subject, story.body, story.category, story.application, story.urgency, story.page
        )  # fmt: skip
    if story.answer:
        with clock.at(asked_at + timedelta(hours=story.after)):
            answer.answer(by=head, ticket=ticket, body=story.answer, to=story.to)
    if story.thanks:
        with clock.at(asked_at + timedelta(hours=story.after + 2)):
            answer.say_more(by=person, ticket=ticket, body=story.thanks)
            answer.end(by=person, ticket=ticket)
    elif story.days > 10:
        answer.look(by=person, ticket=Ticket.objects.get(pk=ticket.pk))


def _to_the_erun(head: User, relative: User, school: School) -> None:
    """A request about a child, passed on without names; the eRUN answers."""
    tie = (
        Guardianship.objects.filter(relative=relative, ended_on__isnull=True).select_related("pupil").first()
    )
    child = tie.pupil.first_name if tie else "Notre enfant"
    asked_at = clock.now() - timedelta(days=6)
    with clock.at(asked_at):
        ticket = _ask(
            relative,
            school,
            f"{child} n’apparait pas sur ma page",
            f"<p>Bonjour, je vois son frère mais pas {child}, qui est pourtant inscrit depuis la rentrée.</p>",
            Category.DATA,
            "directory",
        )
    with clock.at(asked_at + timedelta(hours=4)):
        handle.assign(by=head, ticket=ticket, to=head)
        answer.note(
            by=head, ticket=ticket, body="<p>Le lien est dans ONDE, mais l’alimentation ne l’a pas pris.</p>"
        )
        ways = {each.level: each.people for each in handle.ways(ticket)}
        if Level.DISTRICT not in ways:
            return
        handle.pass_on(by=head, ticket=ticket, to=Level.DISTRICT, names=False)
    with clock.at(asked_at + timedelta(days=1)):
        answer.answer(
            by=ways[Level.DISTRICT][0],
            ticket=ticket,
            body="<p>Bonjour,</p><p>Le fichier de l’académie nomme cet élève sans responsable. Je demande la correction, "
            "et reviens vers vous avant vendredi.</p>",
        )


def _ask(
    by: User,
    school: School,
    subject: str,
    body: str,
    category: Category,
    application: str,
    urgency: Urgency = Urgency.NORMAL,
    page: str = "",
) -> Ticket:
    asked = Asked(
        subject=subject,
        body=body,
        category=category,
        application=application,
        urgency=urgency,
        school=school,
        page=page,
        browser="Chrome 142 sur Android" if by.profile == "RELATIVE" else "Firefox 145 sous Windows",
    )
    return ask(by=by, key=uuid4(), asked=asked)


def _people(school: School) -> tuple[list[User], list[User]]:
    """Relatives and teachers of a school, those that the demo shows first."""
    shown = [each for each in chosen() if each.school == school]
    relatives = [each.person for each in shown if each.role == Role.RELATIVE]
    teachers = [each.person for each in shown if each.role == Role.TEACHER]
    there = Attachment.objects.filter(school=school, ended_on__isnull=True).select_related("person")
    teachers += [
        each.person for each in there.filter(profile="TEACHER", is_head=False).order_by("person")[:3]
    ]
    pupils = there.filter(profile="PUPIL").values("person")
    ties = Guardianship.objects.filter(pupil__in=pupils, ended_on__isnull=True).select_related("relative")
    relatives += [each.relative for each in ties.order_by("relative")[:3]]
    return list(dict.fromkeys(relatives)), list(dict.fromkeys(teachers))


def _keep_answers() -> None:
    """Each who administers keeps an answer or two."""
    kept = (
        ("Donner un nouveau code", "<p>Bonjour {nom},</p>" + CODE.removeprefix("<p>Bonjour,</p>")),
        ("Corriger un nom dans ONDE", ONDE.replace("Bonjour,", "Bonjour {nom},")),
    )
    wide = (("Demander l’adresse de la page", "<p>Bonjour {nom},</p><p>Sur quelle page étiez-vous, et quel message lisiez-vous&nbsp;?</p>"),)  # fmt: skip
    for each in chosen():
        if each.role not in {Role.DIRECTOR, Role.DISTRICT_ADMIN, Role.ACADEMY_ADMIN}:
            continue
        places = canned.places_of(standpoint_of(each.person))
        for title, body in kept if each.role == Role.DIRECTOR else wide:
            if places:
                canned.keep(by=each.person, place=places[0], title=title, body=body)
