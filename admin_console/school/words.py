"""The school's settings in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from accounts.enums import Profile
from accounts.models import User
from core import clock
from directory.enums import Scope
from directory.models import Block
from directory.querysets.blocks import ProfileState, blocks_of
from directory.rules import reaches_up_to
from schools.models import School, SchoolSettings
from sharing.left_to_school import LeftLine
from ui.french import agree, counted, day_year, hour, listed, moment_year, number, unbroken, when

PROFILES = {
    Profile.PUPIL: ("élève", "élèves"),
    Profile.RELATIVE: ("parent", "parents"),
    Profile.TEACHER: ("enseignant", "enseignants"),
    Profile.STAFF: ("personnel", "personnels"),
    Profile.GUEST: ("invité", "invités"),
}
SLUGS = {
    "eleves": Profile.PUPIL,
    "parents": Profile.RELATIVE,
    "enseignants": Profile.TEACHER,
    "personnels": Profile.STAFF,
    "invites": Profile.GUEST,
}
SLUG_OF = {profile: slug for slug, profile in SLUGS.items()}
HISTORY = 20


def many(profile: Profile) -> str:
    """« élèves »."""
    return PROFILES[profile][1]


def counted_people(profile: Profile, count: int) -> str:
    """« 198 élèves »."""
    return f"{number(count)} {agree(count, *PROFILES[profile])}"


def title(profile: Profile) -> str:
    """« Élèves »."""
    return many(profile).capitalize()


@dataclass(frozen=True, slots=True)
class Deed:
    """A line of « Dernières actions »."""

    text: str
    sub: str
    icon: str
    state: str
    tone: str
    state_icon: str


def block_line(state: ProfileState, mine: Iterable[Scope]) -> dict[str, Any]:
    """A profile's line: its state as a tag, and what is particular about who is in it. `mine`: the rights by
    which one administers the school; a block set from above them is `held`, by whom."""
    count = state.covered
    if state.blocked:
        tag, tone = ("tous bloqués" if count != 1 else "bloqué"), "warn"
    elif state.alone:
        tag, tone = f"{number(state.alone)} {agree(state.alone, 'bloqué', 'bloqués')}", ""
    else:
        tag, tone = agree(state.people, "ouvert", "ouverts"), "ok"
    return {
        "state": state,
        "slug": SLUG_OF[state.profile],
        "title": title(state.profile),
        "many": many(state.profile),
        "tag": tag,
        "tone": tone,
        "icon": "lock" if state.blocked or state.alone else "lock-open",
        "notes": notes(state),
        "end": end_words(state.block) if state.block else "",
        "held": held_by(state.block, mine) if state.block else "",
        "foreseen": f"bloqués le {moment_year(state.block.starts_at)}"
        if state.block and state.foreseen
        else "",
    }


def notes(state: ProfileState) -> list[str]:
    """Who above the school set the block, whom it does not keep out, with how many they are."""
    said = []
    if state.block is not None and state.block.set_from != Scope.SCHOOL:
        said.append(f"Posé par {Scope(state.block.set_from).said}")
    if state.elsewhere:
        there = agree(state.elsewhere, "est aussi dans une autre école", "sont aussi dans une autre école")
        said.append(f"{number(state.elsewhere)} {there}")
    if state.administrators:
        said.append(
            f"{number(state.administrators)} "
            + agree(state.administrators, "administre, sans blocage", "administrent, sans blocage")
        )
    return said


def end_words(block: Block) -> str:
    """When a block ends, after its state: « jusqu’au 1 septembre 2026 »."""
    if block.until_turnover:
        return "jusqu’aux premières familles de la nouvelle année"
    if block.ends_at:
        return f"jusqu’au {moment_year(block.ends_at)}"
    scope = Scope(block.set_from)
    who = f"{scope.said} débloque" if scope != Scope.SCHOOL else "vous débloquiez"
    return f"jusqu’à ce que {who}"


def held_by(block: Block, mine: Iterable[Scope]) -> str:
    """Who alone lifts or changes a block, where it was set from above these rights; '' where they do."""
    scope = Scope(block.set_from)
    return "" if reaches_up_to(mine, scope) else scope.said


def standing_words(lines: Iterable[dict[str, Any]]) -> dict[str, str] | None:
    """The callout above the table: who is blocked now, since when, until when."""
    blocked = [line for line in lines if line["state"].blocked]
    if not blocked:
        return None
    names = listed([line["many"] for line in blocked])
    first = min(line["state"].block.starts_at for line in blocked)
    ends = {line["end"] for line in blocked}
    until = f" {ends.pop()}" if len(ends) == 1 else ""
    feminine = "sont bloqués"
    return {
        "title": f"{names[0].upper()}{names[1:]} {feminine} depuis le {day_year(first)}",
        "text": f"Ils ne peuvent plus se connecter{until}. Rien de ce qu’ils ont fait ne change.",
    }


def deeds(school: School) -> list[Deed]:
    """What was done, and how far it is, the newest first. Two queries."""
    blocks = list(blocks_of(school)[:HISTORY])
    names = _names(blocks)
    now = clock.now()
    found: list[tuple[Any, Deed]] = []
    for block in blocks:
        profile = Profile(block.profile or "")
        people = counted_people(profile, block.people) if block.people is not None else many(profile)
        one = block.people is not None and block.people < 2
        who = names.get(block.by, "")
        found.append((block.starts_at, _blocked(block, people, who, one=one)))
        over = block.lifted_at or (block.ends_at if block.ends_at and block.ends_at <= now else None)
        if over is not None:
            sub = f"{_lifted_by(block, names)} · {when(over, now=now)}"
            found.append(
                (
                    over,
                    Deed(
                        f"{_capital(people)} {'débloqué' if one else 'débloqués'}",
                        sub,
                        "lock-open",
                        "terminé",
                        "ok",
                        "circle-check",
                    ),
                )
            )
    found.sort(key=lambda pair: pair[0], reverse=True)
    return [deed for _, deed in found[:HISTORY]]


def _blocked(block: Block, people: str, who: str, *, one: bool) -> Deed:
    now = clock.now()
    told = [who, when(block.starts_at, now=now), unbroken(f"motif : {block.reason}") if block.reason else ""]
    if block.lifted_at or (block.ends_at and block.ends_at <= now):
        state, tone, mark = "terminé", "ok", "circle-check"
    elif block.starts_at > now:
        state, tone, mark = "programmé", "info", "calendar-event"
    else:
        state, tone, mark = "en cours", "warn", "clock"
        told.append(end_words(block))
    said = "bloqué" if one else "bloqués"
    return Deed(f"{_capital(people)} {said}", " · ".join(filter(None, told)), "lock", state, tone, mark)


def _lifted_by(block: Block, names: dict[Any, str]) -> str:
    """Who let them in: somebody, the turn of the school, or the date that was said."""
    if block.lifted_at is None:
        return "À la date prévue"
    return names.get(block.lifted_by, "Par l’alimentation de rentrée")


def _names(blocks: list[Block]) -> dict[Any, str]:
    who = {block.by for block in blocks} | {block.lifted_by for block in blocks if block.lifted_by}
    return User.objects.filter(uuid__in=who).names() if who else {}


def _capital(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}"


def quiet_words(settings: SchoolSettings) -> str:
    """« De 20 h à 7 h, et le week-end »."""
    if not settings.quiet:
        return "Aucune"
    said = []
    if settings.quiet_from != settings.quiet_until:
        said.append(f"de {hour(settings.quiet_from)} à {hour(settings.quiet_until)}")
    if settings.quiet_weekends:
        said.append("le week-end")
    return _capital(" et ".join(said)) if said else "Aucune"


def message_words(settings: SchoolSettings) -> str:
    if settings.message and settings.message_until and settings.message_until >= clock.today():
        return f"Message affiché jusqu’au {day_year(settings.message_until)}"
    return "Aucun message affiché"


def last_day(ends_at: datetime) -> date:
    """The last whole day of a block that ends at midnight."""
    return timezone.localtime(ends_at - timedelta(seconds=1)).date()


def left_words(line: LeftLine) -> str:
    """« Fichier · de Paule Martin · depuis le 3 juillet 2026 · 24 personnes le voient »."""
    lying = f", {counted(line.below, 'contenu')} dedans" if line.below else ""
    whose = f"de {line.name}" if line.name else ""
    if not whose and line.profile:
        word = PROFILES[Profile(line.profile)][0]
        whose = f"d’un compte {'d’' if word[0] in 'éei' else 'de '}{word} supprimé"
    if line.resource.trashed_at:
        seen = f"à la corbeille depuis le {day_year(line.resource.trashed_at)}"
    elif line.readers:
        seen = counted(line.readers, "personne le voit", "personnes le voient")
    else:
        seen = "personne ne le voit plus"
    offered = f"proposé à {line.offered_to}" if line.offered_to else ""
    since = f"à l’école depuis le {day_year(line.since)}"
    return " · ".join(filter(None, (f"{_capital(line.kind.label)}{lying}", whose, since, seen, offered)))
