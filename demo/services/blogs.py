"""The demo's teachers keep a blog with their class: posts with photos, a sound and a paper over some weeks, one of a
pupil's that waits to be read, one sent back with a word, one to come, words of families.

Everything is done by the services that pages call, in each person's own name.
"""

import wave
from datetime import datetime, timedelta
from io import BytesIO
from math import pi, sin
from struct import pack

from accounts.enums import Profile
from accounts.models import User
from blog.enums import BLOG, Circuit, Talk
from blog.models import Blog, Post
from blog.services import blogs, comments, posts, publish
from blog.services.blogs import Settings
from core import clock
from core.progress import SILENT, Progress
from core.storage.services import receive
from demo.accounts import Chosen, Role, chosen
from demo.contents import papers, pictures
from directory.enums import GroupKind
from directory.models import Attachment, ClassAttachment, Group, Guardianship
from directory.services.consents import say_for_school
from documents.services import keeping
from sharing.enums import Role as Right
from sharing.services.share import share

#: Of a class, how many may not be pictured.
HIDDEN = 3
WEEKS = (
    (
        26,
        "Nos semis de haricots",
        (
            "<p>Chacun a mis deux graines dans un pot, un peu de terre, un peu d’eau.</p>"
            "<p>Nous notons chaque jour ce que nous voyons&nbsp;: <strong>rien</strong> lundi, <strong>rien</strong> "
            "mardi… et une pousse jeudi&nbsp;!</p><ul><li>Les pots près de la fenêtre ont poussé les premiers.</li>"
            "<li>Celui de l’armoire est resté tout jaune.</li></ul>"
        ),
        ("garden", "garden"),
    ),
    (
        17,
        "Sortie en forêt",
        (
            "<p>Nous avons marché deux kilomètres, ramassé onze sortes de feuilles et entendu un pic.</p>"
            "<blockquote><p>«&nbsp;On dirait que l’arbre se gratte.&nbsp;»</p></blockquote>"
            "<p>Les feuilles sèchent dans l’annuaire&nbsp;: l’herbier commence la semaine prochaine.</p>"
        ),
        ("forest", "forest", "forest"),
    ),
    (
        8,
        "La comptine du mois",
        "<p>Voici l’air, pour la chanter à la maison. Les paroles sont dans le cahier de poésie.</p>",
        ("sound",),
    ),
    (
        3,
        "Les bateaux en papier",
        (
            "<p>Le plus difficile&nbsp;: les faire tenir sur l’eau. Nous avons appris les mots <em>coque</em>, "
            "<em>voile</em> et <em>mât</em>. Le pliage est joint, pour refaire le vôtre.</p>"
        ),
        ("sea", "paper"),
    ),
)


def post(*, progress: Progress = SILENT) -> int:
    """Gives each teacher whom the demo shows a blog, once; answers how many."""
    teachers = [each for each in chosen() if each.role == Role.TEACHER and each.school_class is not None]
    known = set(Blog.objects.values_list("resource__owner_id", flat=True))
    waiting = [each for each in teachers if each.person.pk not in known]
    if waiting:
        progress.step("Blogs", len(waiting))
    for each in waiting:
        _fill(each)
        progress.advance()
    return len(waiting)


def _fill(of: Chosen) -> None:
    assert of.school_class is not None
    teacher, pupils = of.person, _pupils(of)
    with clock.at(clock.now() - timedelta(days=30)):
        blog = blogs.open_blog(
            by=teacher,
            settings=Settings(
                title=f"La vie de la classe ({of.school_class.label})",
                description="Ce que nous faisons, ce que nous cherchons, ce qui nous fait rire.",
                circuit=Circuit.REVIEWED,
                comments=Talk.REVIEWED,
            ),
        )
        blogs.illustrate(by=teacher, blog=blog, file=BytesIO(pictures.jpeg("school", of.person.pk % 7)))
        for profile, right in ((Profile.PUPIL, Right.CONTRIBUTE), (Profile.RELATIVE, Right.COMMENT)):
            groups = Group.objects.filter(
                kind=GroupKind.CLASS, school_class=of.school_class, profile=profile
            ).select_related("school", "school_class")
            share(by=teacher, resource=blog.resource, role=right, groups=list(groups))
        _agree(of, pupils)
    made = [_write(teacher, blog, *week, seed=of.person.pk % 5) for week in WEEKS]
    publish.pin(by=teacher, post=made[0], on=True)
    _of_pupils(teacher, blog, pupils, made)
    _said(teacher, pupils, made[-1])
    publish.publish(
        by=teacher,
        post=_draft(
            teacher, blog, "Demain, la piscine", "<p>Bonnet, maillot, gouter&nbsp;: c’est prêt&nbsp;?</p>"
        ),
        at=_morning(clock.now() + timedelta(days=1)),
    )
    _draft(teacher, blog, "Bilan du jardin", "<p>À compléter avec les mesures.</p>")


def _write(
    teacher: User, blog: Blog, days: int, title: str, body: str, files: tuple[str, ...], *, seed: int
) -> Post:
    with clock.at(_morning(clock.now() - timedelta(days=days))):
        made = _draft(teacher, blog, title, body)
        for number, kind in enumerate(files):
            name, content = _file(kind, seed + number, number)
            received = receive(file=BytesIO(content), name=name)
            keeping.join(by=teacher, space=BLOG, subject=made.uuid, blob=received.blob, name=received.name)
        return publish.publish(by=teacher, post=made)


def _of_pupils(teacher: User, blog: Blog, pupils: list[User], made: list[Post]) -> None:
    """One that is out, one that waits, one sent back: the demo's own pupil first."""
    if not pupils:
        return
    first, other = pupils[0], pupils[-1]
    with clock.at(_morning(clock.now() - timedelta(days=6))):
        told = _draft(
            first, blog, "Mon exposé sur les pies", "<p>La pie est noire, blanche, et un peu bleue.</p>"
        )
        posts.submit(by=first, post=told)
        publish.publish(by=teacher, post=told)
    back = posts.submit(
        by=first, post=_draft(first, blog, "Mon chat", "<p>il s’apelle Mistigri il est gris</p>")
    )
    publish.send_back(
        by=teacher,
        post=back,
        word="C’est bien parti\u00a0! Relis les majuscules, et dis-nous ce qu’il mange.",
    )
    posts.submit(
        by=other,
        post=_draft(other, blog, "Le tournoi de billes", "<p>On a joué à quatre. Finale vendredi.</p>"),
    )


def _said(teacher: User, pupils: list[User], made: Post) -> None:
    ties = Guardianship.objects.filter(pupil__in=pupils, ended_on__isnull=True).select_related("relative")
    for number, tie in enumerate(ties.order_by("pk")[:2]):
        text = ("Le nôtre flotte encore dans la baignoire\u00a0!", "Merci pour le pliage.")[number]
        said = comments.say(by=tie.relative, post=made, text=text)
        if number == 0:
            comments.let_out(by=teacher, comment=said)


def _agree(of: Chosen, pupils: list[User]) -> None:
    """The director writes down who may be pictured."""
    head = Attachment.objects.filter(school=of.school, is_head=True, ended_on__isnull=True).first()
    if head is None:
        return
    for number, pupil in enumerate(pupils):
        say_for_school(by=head.person, pupil=pupil, allowed=number >= HIDDEN)


def _draft(by: User, blog: Blog, title: str, body: str) -> Post:
    return posts.save(by=by, post=posts.begin(by=by, blog=blog), title=title, body=body)


def _file(kind: str, seed: int, number: int) -> tuple[str, bytes]:
    if kind == "sound":
        return "Comptine.wav", _tune()
    if kind == "paper":
        return "Pliage du bateau.pdf", papers.pdf(
            "Le bateau en papier", ("Pliez la feuille en deux.", "Rabattez les deux coins.", "Ouvrez.")
        )
    return f"{kind.capitalize()} {number + 1}.jpg", pictures.jpeg(kind, seed)


def _tune() -> bytes:
    """Eight notes of an old air."""
    rate, out = 16_000, BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(rate)
        for note in (523, 523, 523, 587, 659, 587, 523, 659):
            length = rate // 3
            frames = (
                pack("<h", round(9_000 * sin(2 * pi * note * n / rate) * (1 - n / length)))
                for n in range(length)
            )
            sound.writeframes(b"".join(frames))
    return out.getvalue()


def _morning(instant: datetime) -> datetime:
    return instant.replace(hour=9, minute=15, second=0, microsecond=0)


def _pupils(of: Chosen) -> list[User]:
    """Of the class: whoever the demo shows first, then by name."""
    shown = {each.person.pk for each in chosen() if each.role == Role.PUPIL}
    rows = ClassAttachment.objects.filter(school_class=of.school_class, role="PUPIL", ended_on__isnull=True)
    found = [row.person for row in rows.select_related("person").order_by("person__sort_name", "person_id")]
    return sorted(found, key=lambda person: person.pk not in shown)
