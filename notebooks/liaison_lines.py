"""Words as pages and the API tell them: to who follows them, to who received them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from accounts.models import User
from core import clock
from notebooks import liaison_rules as rules
from notebooks.enums import Asks, WordState
from notebooks.liaison_querysets import counts_of, legal_ties
from notebooks.liaison_rules import Said
from notebooks.models import LiaisonCopy, LiaisonWord
from ui.french import counted, day_short

SAID_WORDS = {
    Said.YES: ("oui", "ok", "check"),
    Said.NO: ("non", "bad", "x"),
    Said.SIGNED: ("signé", "ok", "check"),
    Said.PARTLY: ("en partie", "warn", "clock"),
    Said.WAITING: ("en attente", "", "clock"),
}


@dataclass(frozen=True, slots=True)
class WordLine:
    """A word in its carnet's list."""

    word: LiaisonWord
    held: int
    signed: int

    @property
    def name(self) -> str:
        return self.word.title or "Mot sans titre"

    @property
    def sub(self) -> str:
        if self.word.state == WordState.DRAFT:
            return f"Brouillon de {self.word.author_name}"
        done = f"{self.signed} sur {counted(self.held, 'signature')}"
        due = f" · avant le {day_short(self.word.due_on)}" if self.word.due_on else ""
        return f"{done}{due}"


@dataclass(frozen=True, slots=True)
class CopyLine:
    """A copy as who follows the word sees it. `reached`: its relative may still sign on a screen."""

    copy: LiaisonCopy
    word: LiaisonWord
    tied: bool
    activated: bool

    @property
    def signed(self) -> bool:
        return rules.holds(signed_version=self.copy.signed_version, asked_version=self.word.asked_version)

    @property
    def outdated(self) -> bool:
        """Signed before a correction that asked for no new signature."""
        return self.signed and self.copy.signed_version < self.word.version

    @property
    def name(self) -> str:
        if self.copy.relative is not None:
            return self.copy.relative.full_name
        return self.copy.relative_name or "Aucun parent connu"

    @property
    def tag(self) -> tuple[str, str, str]:
        """Words, tone, icon."""
        if self.signed:
            by = ", sur papier" if self.copy.on_paper_by else ""
            if self.word.asks == Asks.ANSWER:
                return (f"oui{by}", "ok", "check") if self.copy.answer else (f"non{by}", "bad", "x")
            return f"signé{by}", "ok", "check"
        if not self.copy.relative_id:
            return "à imprimer", "warn", "printer"
        if not self.tied:
            return "n’est plus responsable", "", "user-minus"
        if not self.activated:
            return "jamais connecté", "warn", "key"
        return ("lu, pas signé", "", "eye") if self.copy.read_at else ("pas encore lu", "", "clock")


@dataclass(slots=True)
class Family:
    """A child and what their legal relatives say of a word."""

    pupil: User
    label: str
    copies: list[CopyLine] = field(default_factory=list)

    @property
    def said(self) -> Said:
        answers = [each.copy.answer for each in self.copies if each.signed]
        waiting = sum(not each.signed and each.tied for each in self.copies)
        return rules.together(answers, waiting=waiting, answers_asked=self.copies[0].word.asks == Asks.ANSWER)

    @property
    def tag(self) -> tuple[str, str, str]:
        return SAID_WORDS[self.said]


@dataclass(frozen=True, slots=True)
class Follow:
    """A word as who follows it sees it: its families by class, and figures."""

    families: Sequence[Family]

    @property
    def held(self) -> int:
        return sum(len(family.copies) for family in self.families)

    @property
    def signed(self) -> int:
        return sum(each.signed for family in self.families for each in family.copies)

    @property
    def silent(self) -> list[Family]:
        """Children of whom nobody has signed."""
        return [family for family in self.families if not any(each.signed for each in family.copies)]

    @property
    def figures(self) -> list[tuple[int, str]]:
        """Of children: how many say what."""
        found = dict.fromkeys(Said, 0)
        for family in self.families:
            found[family.said] += 1
        return [(found[said], SAID_WORDS[said][0]) for said in Said if found[said]]

    @property
    def waiting(self) -> int:
        """How many relatives are awaited who can sign on a screen."""
        return len(
            {
                each.copy.relative_id
                for family in self.families
                for each in family.copies
                if not each.signed and each.tied and each.copy.relative_id
            }
        )

    @property
    def unsigned(self) -> list[CopyLine]:
        return [each for family in self.families for each in family.copies if not each.signed]

    @property
    def screenless(self) -> list[CopyLine]:
        """Those to print for: no relative known, or one who never signed in."""
        return [each for each in self.unsigned if not each.copy.relative_id or not each.activated]


@dataclass(frozen=True, slots=True)
class Received:
    """A copy as its relative sees it."""

    copy: LiaisonCopy
    word: LiaisonWord
    child: str
    tied: bool

    @property
    def signed(self) -> bool:
        return rules.holds(signed_version=self.copy.signed_version, asked_version=self.word.asked_version)

    @property
    def waits(self) -> bool:
        return rules.waits(
            state=self.word.state,
            signed_version=self.copy.signed_version,
            asked_version=self.word.asked_version,
            tied=self.tied,
        )

    @property
    def corrected(self) -> bool:
        """Corrected since this person signed."""
        return 0 < self.copy.signed_version < self.word.version

    @property
    def late(self) -> bool:
        return self.waits and rules.late(self.word.due_on, today=clock.today())

    @property
    def asks_answer(self) -> bool:
        return self.word.asks == Asks.ANSWER

    @property
    def due(self) -> str:
        return due_words(self.word.due_on)

    @property
    def tag(self) -> tuple[str, str, str]:
        if self.waits:
            word = "à répondre" if self.asks_answer else "à signer"
            return (f"{word}, en retard", "bad", "alert-triangle") if self.late else (word, "warn", "pencil")
        if self.signed and self.asks_answer:
            return ("répondu : oui", "ok", "check") if self.copy.answer else ("répondu : non", "ok", "check")
        return ("signé", "ok", "check") if self.signed else ("clos", "", "lock")


def due_words(due_on: date | None) -> str:
    return f"avant le {day_short(due_on)}" if due_on else ""


def word_lines(words: Sequence[LiaisonWord]) -> list[WordLine]:
    """One query."""
    counts = counts_of([each.pk for each in words])
    return [WordLine(each, *counts.get(each.pk, (0, 0))) for each in words]


def received_lines(copies: Iterable[LiaisonCopy]) -> list[Received]:
    """Copies of `copies_of`, for their relative."""
    return [
        Received(
            each,
            each.word,
            each.pupil.first_name if each.pupil else each.pupil_name,
            each.tied,  # type: ignore[attr-defined]
        )
        for each in copies
    ]


def follow_of(word: LiaisonWord) -> Follow:
    """Its families, by class and name. Three queries."""
    rows = LiaisonCopy.objects.filter(word=word, pupil__isnull=False).select_related("pupil", "relative")
    ordered = list(rows.order_by("class_label", "pupil__sort_name", "pupil_id", "pk"))
    pupils = sorted({each.pupil_id for each in ordered if each.pupil_id is not None})
    tied = set(legal_ties(pupils).values_list("pupil_id", "relative_id")) if pupils else set()
    families: dict[int, Family] = {}
    for copy in ordered:
        assert copy.pupil is not None
        family = families.setdefault(copy.pupil.pk, Family(copy.pupil, copy.class_label))
        family.copies.append(
            CopyLine(
                copy,
                word,
                (copy.pupil_id, copy.relative_id) in tied,
                copy.relative is not None and copy.relative.activated_at is not None,
            )
        )
    return Follow(list(families.values()))
