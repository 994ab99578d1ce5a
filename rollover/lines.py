"""The lines of the year's end as a page shows them: by class or school, then by application; and what its form
wants of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from accounts.enums import Profile
from accounts.models import User
from core import clock
from core.text import fold, uuid_of
from directory.labels import of_school
from directory.rules import TEAM
from rollover.enums import Choice
from rollover.year_end import Line, YearEnd
from sharing.kinds import cover_of
from ui.french import agree, counted, day_year

WORDS = {
    Profile.PUPIL: "élève",
    Profile.RELATIVE: "parent",
    Profile.TEACHER: "enseignant",
    Profile.STAFF: "personnel",
    Profile.GUEST: "invité",
}
NAMES = 60
TYPED = 200


@dataclass(slots=True, kw_only=True)
class Asked:
    """What a form wants of a line, as it was typed; `problem` says what refused it."""

    resource: UUID
    place: UUID
    choice: Choice
    relatives: bool = False
    colleague: str = ""
    problem: str = ""


@dataclass(slots=True, kw_only=True)
class Shown:
    """A line with its words: `lost` and `kept` say how many of each profile will no longer see it, and keep it by
    the decision; `names` are theirs. `choice`, `relatives` and `colleague` fill its form."""

    line: Line
    cover: str
    lost: list[dict[str, str]]
    kept: list[dict[str, str]]
    names: list[str]
    more: int
    keep: str
    pupils: bool
    choice: str = ""
    relatives: bool = False
    colleague: str = ""
    problem: str = ""


@dataclass(slots=True)
class App:
    """The lines of one application in a place."""

    label: str
    lines: list[Shown] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Section:
    """A class, or the groups of a whole school; when its turn comes, in words."""

    key: str
    title: str
    sub: str
    when: str
    apps: list[App] = field(default_factory=list)


def sections_of(lines: Sequence[Line], told: YearEnd, asked: Mapping[str, Asked]) -> list[Section]:
    """Classes first, by their name, then schools; in each, applications by name."""
    several = len({line.school.pk for line in lines}) > 1
    found: dict[UUID, tuple[Any, Section, dict[str, App]]] = {}
    for line in lines:
        if line.place not in found:
            section = Section(
                key=str(line.place),
                title=line.school_class.label if line.school_class else "Toute l’école",
                sub=line.school.name if several or line.school_class is None else "",
                when=when_of(line, told.turns.get(line.school.pk)),
            )
            order = (line.school_class is None, fold(line.school.name), fold(section.title), line.school.pk)
            found[line.place] = (order, section, {})
        label = line.kind.app_label if line.kind else "Autres productions"
        apps = found[line.place][2]
        apps.setdefault(label, App(label)).lines.append(_shown(line, asked.get(line.key)))
    ordered = []
    for _, section, apps in sorted(found.values(), key=lambda each: each[0]):
        section.apps = sorted(apps.values(), key=lambda app: fold(app.label))
        ordered.append(section)
    return ordered


def when_of(line: Line, turns: date | None) -> str:
    """When it will no longer be seen, from what is known of the school: a turn comes with the new year's classes."""
    school = of_school(line.school.name)
    if turns is None or turns <= clock.today():
        return f"au changement d’année {school}, attendu d’un jour à l’autre"
    return f"au changement d’année {school}, après le {day_year(turns)}"


def numbers_of(people: Sequence[User]) -> list[dict[str, str]]:
    """How many people of each profile."""
    return [
        {"profile": profile.value.lower(), "words": counted(number, word)}
        for profile, word in WORDS.items()
        if (number := sum(person.profile == profile for person in people))
    ]


def _shown(line: Line, asked: Asked | None) -> Shown:
    people = line.concerned
    decision = line.decision
    profiles = {Profile(person.profile) for person in people}
    shown = Shown(
        line=line,
        cover=cover_of(line.kind) if line.kind else "slate",
        lost=numbers_of(line.people),
        kept=numbers_of(line.given),
        names=[person.full_name for person in people[:NAMES]],
        more=max(0, len(people) - NAMES),
        keep=_keep(profiles, len(people)),
        pupils=Profile.PUPIL in profiles,
        relatives=Profile.RELATIVE in profiles,
    )
    if asked is not None:
        shown.choice, shown.relatives = asked.choice.value, asked.relatives
        shown.colleague, shown.problem = asked.colleague, asked.problem
    elif decision is not None:
        shown.choice, shown.relatives = decision.choice, decision.relatives
        shown.colleague = decision.to.full_name if decision.to else ""
    return shown


def _keep(profiles: set[Profile], count: int) -> str:
    """« Garder pour ces élèves, à leur nom »."""
    rest = profiles - {Profile.RELATIVE}
    if rest == {Profile.PUPIL}:
        whom = agree(count, "cet élève", "ces élèves")
    elif rest and rest <= TEAM:
        whom = agree(count, "ce collègue", "ces collègues")
    elif not rest:
        whom = agree(count, "ce parent", "ces parents")
    else:
        whom = agree(count, "cette personne", "ces personnes")
    return f"Garder pour {whom}, {agree(count, 'à son nom', 'à leur nom')}"


def asked_in(posted: Any) -> dict[str, Asked]:
    """What a form wants, line by line (`choix-…`, `parents-…`, `collegue-…`); those ticked (`ligne`) want what the
    button of the selection says."""
    wanted = {key.removeprefix("choix-"): posted.get(key) for key in posted if key.startswith("choix-")}
    together = posted.get("selection", "")
    ticked = set(posted.getlist("ligne")) if together in Choice.values else set()
    wanted |= dict.fromkeys(ticked, together)
    found = {}
    for key, choice in wanted.items():
        resource, place = (uuid_of(part) for part in (key.partition(".")[0], key.partition(".")[2]))
        if resource is None or place is None or choice not in Choice.values:
            continue
        parents, colleague = (
            ("selection-parents", "selection-collegue")
            if key in ticked
            else (f"parents-{key}", f"collegue-{key}")
        )
        found[key] = Asked(
            resource=resource,
            place=place,
            choice=Choice(choice),
            relatives=parents in posted,
            colleague=posted.get(colleague, "")[:TYPED].strip(),
        )
    return found
