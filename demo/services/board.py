"""The demo's schools tell something: an important notice that asks to be read, of which some families said so,
one of the class, one for the team, one to come, a draft.

Everything is done by the services that pages call, in the director's name.
"""

from datetime import timedelta

from accounts.enums import Profile
from accounts.models import User
from core import clock
from core.progress import SILENT, Progress
from demo.accounts import Chosen, Role, chosen
from directory.models import SchoolClass
from home.enums import Weight
from home.models import Notice
from home.querysets import asked_by, classes_offered
from home.services.acknowledge import acknowledge
from home.services.notices import Words, post, write
from schools.models import School

FAMILIES = (Profile.RELATIVE,)
SCHOOL = (Profile.RELATIVE, Profile.PUPIL, Profile.TEACHER, Profile.STAFF)
#: Of those who are asked, one out of so many has read.
READ = 3


def tell(*, progress: Progress = SILENT) -> int:
    """Fills the board of each school that the demo shows, once; answers how many."""
    heads = [each for each in chosen() if each.role == Role.DIRECTOR and each.school is not None]
    told = set(Notice.objects.values_list("school_id", flat=True))
    waiting = [each for each in heads if each.school is not None and each.school.pk not in told]
    if waiting:
        progress.step("Actualités", len(waiting))
    for each in waiting:
        _fill(each)
        progress.advance()
    return len(waiting)


def _fill(of: Chosen) -> None:
    head, school = of.person, of.school
    assert school is not None
    with clock.at(clock.now() - timedelta(days=2)):
        outing = _post(
            head,
            school,
            "Exercice d’évacuation mardi\u00a0: consignes aux familles",
            "<p>Un exercice a lieu <strong>mardi à 10\u00a0h</strong>. Vos enfants en parleront en classe.</p>"
            "<p>Ce jour-là\u00a0:</p><ul><li>ne venez pas à l’école pendant l’exercice\u00a0;</li>"
            "<li>gardez votre téléphone près de vous\u00a0;</li>"
            "<li>relisez avec votre enfant la fiche du cartable.</li></ul>",
            profiles=FAMILIES,
            weight=Weight.IMPORTANT,
            asks=True,
        )
    with clock.at(clock.now() - timedelta(days=1)):
        _post(
            head,
            school,
            "Le marché de l’école",
            "<p>Les élèves vendent leurs objets vendredi, à partir de 16\u00a0h\u00a030, sous le préau.</p>",
            profiles=SCHOOL,
        )
    _post(
        head,
        school,
        "Conseil des maitres avancé",
        "<p>Il commence à 12\u00a0h\u00a015, en salle des maitres.</p>",
        profiles=(Profile.TEACHER, Profile.STAFF),
    )
    first = of.school_class or classes_offered(school).first()
    if first is not None:
        _post(
            head,
            school,
            f"{first.label}\u00a0: photo de classe lundi",
            "<p>La photographe passe à 9\u00a0h. Merci de dire que vous l’avez lu.</p>",
            profiles=FAMILIES,
            classes=(first,),
            asks=True,
        )
    _post(
        head,
        school,
        "Vacances\u00a0: la garderie ferme à 17\u00a0h",
        "<p>La veille des vacances, la garderie ferme une heure plus tôt.</p>",
        profiles=FAMILIES,
        after=5,
    )
    write(
        by=head,
        school=school,
        words=_words("Fête de l’école", "<p>À compléter avec les horaires.</p>", SCHOOL, after=30),
    )
    shown = {each.person.pk for each in chosen() if each.role == Role.RELATIVE}
    asked = sorted({each.relative for each in asked_by(outing)} - shown)
    for relative in User.objects.filter(pk__in=asked[::READ]):
        acknowledge(by=relative, notice=outing)


def _post(
    head: User,
    school: School,
    title: str,
    body: str,
    *,
    profiles: tuple[Profile, ...],
    after: int = 0,
    weight: Weight = Weight.NORMAL,
    asks: bool = False,
    classes: tuple[SchoolClass, ...] = (),
) -> Notice:
    words = _words(title, body, profiles, after=after, weight=weight, asks=asks, classes=classes)
    return post(by=head, notice=write(by=head, school=school, words=words))


def _words(
    title: str,
    body: str,
    profiles: tuple[Profile, ...],
    *,
    after: int = 0,
    weight: Weight = Weight.NORMAL,
    asks: bool = False,
    classes: tuple[SchoolClass, ...] = (),
) -> Words:
    first = clock.today() + timedelta(days=after)
    return Words(
        title=title,
        body=body,
        profiles=profiles,
        starts_on=first,
        ends_on=first + timedelta(days=14),
        weight=weight,
        asks=asks,
        classes=classes,
    )
