"""« Lu et signé », yes or no: by each legal relative, or noted by the teacher when a slip comes back; reminders."""

from accounts import assurance
from accounts.models import User
from core import audit, clock
from notebooks import liaison_rules as rules
from notebooks.enums import Asks, WordState
from notebooks.errors import AnswerNeeded, NoFamilyToRemind, NotAsked, WordMoved, WordRemindedToday
from notebooks.liaison_news import REMINDER
from notebooks.liaison_querysets import copies_of, legal_ties
from notebooks.models import LiaisonCopy, LiaisonWord
from notebooks.services.liaison_words import held
from timeline.services.record import Happening, record


def open_copy(*, by: User, copy: LiaisonCopy) -> None:
    """The relative who holds it has opened it; the first time counts."""
    if copy.read_at is None:
        LiaisonCopy.objects.filter(pk=copy.pk, relative=by, read_at__isnull=True).update(read_at=clock.now())


def sign(*, by: User, copy: LiaisonCopy, answer: bool | None = None) -> LiaisonCopy:
    """A relative signs what they hold; an authorisation by yes or no, which may change while it is open. What is
    signed is signed. Raises NotAsked, AnswerNeeded, LowAssurance."""
    assurance.require_full()
    with audit.acting(by=by):
        word = LiaisonWord.objects.select_for_update(no_key=True).get(pk=copy.word_id)
        found = copies_of(by).filter(pk=copy.pk).first()
        if found is None or word.state != WordState.SENT or not found.tied:  # type: ignore[attr-defined]
            raise NotAsked()
        if word.asks == Asks.ANSWER and answer is None:
            raise AnswerNeeded()
        wanted = answer if word.asks == Asks.ANSWER else None
        stands = rules.holds(signed_version=found.signed_version, asked_version=word.asked_version)
        if stands and found.answer == wanted:
            return found
        _mark(found, word, wanted)
        audit.record("word.signed", subject=word.uuid, after={"copy": str(found.uuid), "answer": wanted})
    return found


def note_paper(*, by: User, copy: LiaisonCopy, signed: bool, answer: bool | None = None) -> LiaisonCopy:
    """Who follows the word notes a slip that came back, or takes back what was noted. A signature given on screen
    is its relative's alone. Raises NotAWriter, WordMoved, AnswerNeeded, NotAsked."""
    with audit.acting(by=by):
        word = held(by, copy.word, WordState.SENT)
        found = LiaisonCopy.objects.select_for_update(of=("self",), no_key=True).get(pk=copy.pk)
        if found.word_id != word.pk:
            raise WordMoved()
        stands = rules.holds(signed_version=found.signed_version, asked_version=word.asked_version)
        if stands and found.on_paper_by is None:
            raise NotAsked("Ce parent a déjà signé à l’écran.", remedy="Rechargez la page.")
        if not signed:
            found.signed_at, found.signed_version = None, 0
            found.answer, found.on_paper_by = None, None
            found.save(update_fields=["signed_at", "signed_version", "answer", "on_paper_by"])
        else:
            if word.asks == Asks.ANSWER and answer is None:
                raise AnswerNeeded()
            _mark(found, word, answer if word.asks == Asks.ANSWER else None, paper=by)
        audit.record(
            "word.noted_on_paper",
            subject=word.uuid,
            after={"copy": str(found.uuid), "signed": signed, "answer": found.answer},
        )
    return found


def remind(*, by: User, word: LiaisonWord) -> int:
    """Tells those who have not signed, in what is new, once a day at most; answers how many people. Raises
    NotAWriter, WordMoved, WordRemindedToday, NoFamilyToRemind."""
    with audit.acting(by=by):
        found = held(by, word, WordState.SENT)
        if found.reminded_on == clock.today():
            raise WordRemindedToday()
        persons = waiting_relatives(found)
        if not persons:
            raise NoFamilyToRemind()
        found.reminded_on = clock.today()
        found.save(update_fields=["reminded_on"])
        record(Happening(kind=REMINDER, by=by.uuid, persons=persons, about=found.uuid))
        audit.record("word.reminded", subject=found.uuid, after={"people": len(persons)})
    return len(persons)


def waiting_relatives(word: LiaisonWord) -> set[int]:
    """Relatives whose signature is awaited, as their ties are now. Two queries."""
    rows = LiaisonCopy.objects.filter(
        word=word, signed_version__lt=word.asked_version, relative__isnull=False, pupil__isnull=False
    )
    asked = set(rows.values_list("pupil_id", "relative_id"))
    ties = legal_ties(sorted({pupil for pupil, _ in asked if pupil is not None}))
    tied = set(ties.values_list("pupil_id", "relative_id"))
    return {relative for _, relative in asked & tied if relative is not None}


def _mark(copy: LiaisonCopy, word: LiaisonWord, answer: bool | None, *, paper: User | None = None) -> None:
    now = clock.now()
    copy.signed_at, copy.signed_version, copy.answer = now, word.version, answer
    copy.on_paper_by = paper.uuid if paper else None
    if paper is None:
        copy.read_at = copy.read_at or now
    copy.save(update_fields=["signed_at", "signed_version", "answer", "on_paper_by", "read_at"])
