"""The demo's people keep cahiers mémo, of a class, in which pupils have pages of their own.

Everything is done by the services that pages call, in each person's own name.
"""

import wave
from io import BytesIO
from math import pi, sin

from accounts.models import User
from core.errors import DomainError
from core.progress import SILENT, Progress
from core.storage.services import receive
from demo.accounts import Chosen, Role, chosen
from demo.contents import pictures
from directory.models import ClassAttachment, SchoolClass
from notebooks.memo_enums import MEMO_BOOK, Cover, Drawing
from notebooks.models import MemoPage
from notebooks.services import memo_blocks, memo_books, memo_pages
from notebooks.services.memo_share import share_with_class
from sharing import enums as sharing
from sharing.models import Resource

POEM = (
    "<h3>L’automne</h3><p>Les feuilles dansent dans la cour,<br>"
    "rouges et jaunes tour à tour.<br>Le vent les prend, le vent les pose,<br>"
    "et l’écureuil les voit toutes roses.</p>"
)
PUPILS = (
    ("Mon animal préféré", "<p>C’est l’escargot. Il porte sa maison et il n’est jamais pressé.</p>"),
    ("Ma cabane", "<p>Je l’ai faite avec papa. Elle a deux fenêtres et un toit en feuilles.</p>"),
    ("Ce que j’ai appris", "<p>Je sais nager sur le dos. J’ai traversé le petit bain.</p>"),
)


def keep(*, progress: Progress = SILENT) -> int:
    """Gives each class that the demo shows a cahier mémo, once; answers how many."""
    people = chosen()
    owners = set(Resource.objects.filter(kind=MEMO_BOOK).values_list("owner_id", flat=True))
    teachers = [
        each
        for each in people
        if each.role == Role.TEACHER and each.school_class is not None and each.person.pk not in owners
    ]
    if teachers:
        progress.step("Cahiers mémo", len(teachers))
    for each in teachers:
        _fill(each)
        progress.advance()
    return len(teachers)


def _fill(of: Chosen) -> None:
    teacher, school_class = of.person, of.school_class
    assert school_class is not None
    book = memo_books.begin(
        by=teacher,
        title=f"L’album des {school_class.label}",
        cover=Cover.VIOLET,
        drawing=Drawing.SNAIL,
        words="Ce que nous avons vu, écrit et chanté cette année.",
    )
    first = memo_pages.add_page(by=teacher, book=book, title="Notre sortie")
    memo_blocks.add_text(
        by=teacher,
        page=first,
        html="<p>Nous avons marché jusqu’à la rivière. Il y avait du soleil, des canards et beaucoup de boue.</p>",
    )
    _picture(teacher, first, of.person.pk, "Le chemin de la rivière")
    memo_blocks.add_link(
        by=teacher, page=first, address="https://www.inpn.mnhn.fr", caption="Reconnaitre les oiseaux vus"
    )
    poem = memo_pages.add_page(by=teacher, book=book, title="Notre poésie")
    memo_blocks.add_text(by=teacher, page=poem, html=POEM)
    hummed = receive(file=BytesIO(_tune()), name="Chanson.wav")
    memo_blocks.add_file(
        by=teacher, page=poem, blob=hummed.blob, name=hummed.name, caption="Nous la chantons"
    )
    share_with_class(
        by=teacher,
        book=book,
        school_class=school_class,
        role=sharing.Role.CONTRIBUTE,
        relatives=True,
    )
    for pupil, (title, html) in zip(_pupils(school_class), PUPILS, strict=False):
        page = memo_pages.add_page(by=pupil, book=book, title=title)
        memo_blocks.add_text(by=pupil, page=page, html=html)
        try:
            _picture(pupil, page, pupil.pk, title)
        except DomainError:
            # What a rule refuses to somebody is left out.
            continue


def _pupils(school_class: SchoolClass) -> list[User]:
    """The demo's own pupils of the class first."""
    shown = {each.person.pk for each in chosen() if each.role == Role.PUPIL}
    rows = ClassAttachment.objects.filter(
        school_class=school_class, ended_on=None, person__profile="PUPIL"
    ).select_related("person")
    people = sorted((row.person for row in rows), key=lambda person: (person.pk not in shown, person.pk))
    return people[: len(PUPILS)]


def _tune() -> bytes:
    """A few notes, as children would hum them: no voice of anyone."""
    rate, notes = 8_000, (262, 262, 262, 294, 330, 294, 262, 330, 294, 294, 262)
    held = rate * 2 // 5
    written = BytesIO()
    with wave.open(written, "wb") as made:
        made.setparams((1, 1, rate, 0, "NONE", ""))
        made.writeframes(
            bytes(
                128 + round(60 * sin(2 * pi * note * at / rate) * (1 - at / held))
                for note in notes
                for at in range(held)
            )
        )
    return written.getvalue()


def _picture(by: User, page: MemoPage, seed: int, caption: str) -> None:
    subjects = sorted(pictures.SUBJECTS)
    drawn = pictures.jpeg(subjects[seed % len(subjects)], seed % 5)
    received = receive(file=BytesIO(drawn), name="Photo.jpg")
    memo_blocks.add_file(by=by, page=page, blob=received.blob, name=received.name, caption=caption)
