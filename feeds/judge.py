"""Weighs what a plan would make vanish, and decides: apply, hold a school alone, or refuse the set.

To vanish is to be left with no school: a move does not count. Thresholds are settings (design, §5).
"""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from core import sql
from core.errors import RefusedByRule
from feeds.intake import Intake

KIND_WORDS = {"P": "élèves", "S": "personnels"}


class TooManyWouldVanish(RefusedByRule):
    """The set would leave too many people with no school; nothing was changed."""

    code = "too-many-would-vanish"
    remedy = "Vérifiez l’extraction dans ONDE. Si ces départs sont réels, appliquez le plan conservé en acceptant les départs."


@dataclass(frozen=True, slots=True)
class Mark:
    """A share and a number: both must be passed."""

    share: float
    people: int

    def passed_by(self, vanish: int, base: int) -> bool:
        return vanish > self.people and vanish > base * self.share


@dataclass(frozen=True, slots=True)
class Figure:
    """What one school, or the set, would lose of one kind."""

    school_id: int
    kind: str
    base: int
    vanish: int
    names: list[str]
    opens_year: bool
    turns: bool
    classes_told: int


@dataclass(slots=True)
class Judgement:
    """Schools to hold, by kind, with the figures that decided it; or why the whole set is refused."""

    held: dict[str, list[Figure]] = field(default_factory=lambda: {"P": [], "S": []})
    refusal: TooManyWouldVanish | None = None

    @property
    def holds(self) -> bool:
        return any(self.held.values())


def judge(intake: Intake) -> Judgement:
    """Reads the plan's figures; changes nothing."""
    if intake.accept_departures:
        return Judgement()
    figures = [Figure(**row) for row in sql.rows("feeds", "judge_figures", **intake.params)]
    return weigh(figures)


def weigh(figures: list[Figure]) -> Judgement:
    """The rule itself: pure. `figures`: one for each school and kind that the set speaks for.

    A set of which every school is held, for its pupils or its staff, is refused: nothing says that any
    of it is right.
    """
    found = Judgement()
    own, opening = Mark(*settings.CARTABLE_FEED_SCHOOL_MARK), Mark(*settings.CARTABLE_FEED_OPENING_MARK)
    for figure in figures:
        if (opening if figure.opens_year else own).passed_by(figure.vanish, figure.base):
            found.held[figure.kind].append(figure)
    held = {(f.kind, f.school_id) for kind in found.held.values() for f in kind}
    if held and {school for _, school in held} == {f.school_id for f in figures}:
        guilty = [f for f in figures if (f.kind, f.school_id) in held]
        found.refusal = _refusal(guilty, "toutes les écoles de ces fichiers")
        return found
    for kind in KIND_WORDS:
        for turns, mark in (
            (False, settings.CARTABLE_FEED_SET_MARK),
            (True, settings.CARTABLE_FEED_TURNING_MARK),
        ):
            rest = [
                f
                for f in figures
                if f.kind == kind and f.turns is turns and (f.kind, f.school_id) not in held
            ]
            if Mark(*mark).passed_by(sum(f.vanish for f in rest), sum(f.base for f in rest)):
                found.refusal = _refusal(rest, f"{len({f.school_id for f in rest})} école(s)")
                return found
    return found


def _refusal(figures: list[Figure], where: str) -> TooManyWouldVanish:
    told = []
    names: list[str] = []
    for kind, word in KIND_WORDS.items():
        mine = [f for f in figures if f.kind == kind]
        vanish, base = sum(f.vanish for f in mine), sum(f.base for f in mine)
        if vanish:
            told.append(f"{vanish} {word} sur {base}")
            names += [name for f in mine for name in f.names]
    cause, words = likely_cause(figures)
    return TooManyWouldVanish(
        f"Alimentation refusée, rien n’a changé : {' et '.join(told)} n’auraient plus d’école ({where}). {words}".strip(),
        likely_cause=cause,
        vanish=sum(f.vanish for f in figures),
        base=sum(f.base for f in figures),
        names=names[:20],
    )


def likely_cause(figures: list[Figure]) -> tuple[str, str]:
    """A code and a sentence: what most often makes so many people vanish at once."""
    if figures and all(f.vanish == f.base for f in figures if f.base):
        return "empty-file", "Cause probable : le fichier ne contient presque personne de ces écoles."
    pupils = [f for f in figures if f.kind == "P" and f.vanish]
    if pupils and all(f.classes_told <= 1 for f in pupils):
        return "one-class-only", "Cause probable : l’extraction porte sur une seule classe."
    return "partial-file", "Cause probable : l’extraction est incomplète."


def as_figures(figure: Figure) -> dict[str, Any]:
    """What is kept of a held school's case."""
    return {
        "base": figure.base,
        "vanish": figure.vanish,
        "names": figure.names,
        "cause": likely_cause([figure])[0],
    }
