"""The report of a turn, or of its undo, in a few sentences: what a mail says of it."""

from collections.abc import Mapping, Sequence
from typing import Any

from rollover.ended import EndedClass, classes_by_school
from rollover.figures import purged_in
from rollover.models import Turnover
from sharing import kinds
from ui.french import agree, counted, day, listed, unbroken

NAMED = 12


def of_turned(turned: Sequence[Turnover]) -> dict[int, list[str]]:
    """What each (key) did. One query."""
    classes = classes_by_school(pk for each in turned for pk in each.ended_class_attachments)
    return {
        each.pk: [unbroken(line) for line in _turned(each, classes.get(each.school_id, []))]
        for each in turned
    }


def of_undone(turnovers: Sequence[Turnover]) -> dict[int, list[str]]:
    """What the undo of each (key) put back."""
    return {each.pk: [unbroken(line) for line in _undone(each)] for each in turnovers}


def app_labels() -> dict[str, str]:
    """Applications by key, as they are called."""
    return {kind.app: kind.app_label for kind in kinds.all_kinds()}


def by_app(grants: Mapping[str, int]) -> str:
    """« Documents 12, Blog 3 »."""
    labels = app_labels()
    return ", ".join(f"{labels.get(app, app)} {number}" for app, number in grants.items() if number)


def purged_by_app(figures: Mapping[str, Any]) -> dict[str, int]:
    """How many shares ended, by application, from a turnover's figures."""
    return {app: sum(kinds.values()) for app, kinds in figures.get("grants_purged", {}).items()}


def classes_words(classes: Sequence[EndedClass]) -> str:
    """« CP, CE1 : 48 élèves, 2 enseignants »."""
    pupils, teachers = sum(each.pupils for each in classes), sum(each.teachers for each in classes)
    names = [each.label for each in classes[:NAMED]]
    if len(classes) > NAMED:
        names.append(f"et {counted(len(classes) - NAMED, 'autre')}")
    return f"{', '.join(names)} : {counted(pupils, 'élève')}, {counted(teachers, 'enseignant')}"


def lifted_words(detachments: int, blocks: int) -> str:
    """« 1 détachement et 2 blocages levés »; '' where nothing was."""
    told = [
        counted(number, word)
        for number, word in ((detachments, "détachement"), (blocks, "blocage"))
        if number
    ]
    return f"{listed(told)} {agree(detachments + blocks, 'levé', 'levés')}" if told else ""


def _turned(turnover: Turnover, classes: Sequence[EndedClass]) -> list[str]:
    figures, how = turnover.figures, "avec l’alimentation" if turnover.automatic else "à la demande"
    said = [
        f"L’école est passée à {turnover.to_year}-{turnover.to_year + 1} le {day(turnover.on)}, {how}.",
        f"{counted(len(classes), 'classe a pris fin', 'classes ont pris fin')} ({classes_words(classes)})."
        if classes
        else "Aucune classe n’a pris fin.",
    ]
    grants = purged_in(figures)
    shares = counted(grants, "partage a pris fin", "partages ont pris fin")
    said.append(f"{shares} ({by_app(purged_by_app(figures))})." if grants else "Aucun partage n’a pris fin.")
    people, kept = figures.get("people_losing_access"), figures.get("grants_kept")
    if people is not None:
        words = ("personne ne voit plus quelque chose", "personnes ne voient plus quelque chose")
        said.append(f"{counted(people, *words)}.")
    if kept is not None:
        total = sum(kept.values())
        said.append(f"{counted(total, 'partage est conservé', 'partages sont conservés')}.")
    lifted = lifted_words(len(turnover.lifted_detachments), len(turnover.lifted_blocks))
    if lifted:
        said.append(f"{lifted}.")
    return said


def _undone(turnover: Turnover) -> list[str]:
    said = [f"L’école est revenue à {turnover.from_year}-{turnover.from_year + 1}."]
    return said + [f"{each[:1].upper()}{each[1:]}." for each in back_words(turnover.undo_figures)]


def back_words(back: Mapping[str, Any]) -> list[str]:
    """What an undo put back, or would, from its figures: « 3 partages sont revenus (Documents 3) », a clause each;
    none without figures."""
    if not back:
        return []
    attachments, shares, lost = back["class_attachments"], back["grants_restored"], back.get("lost", [])
    said = [
        counted(attachments, "rattachement de classe est revenu", "rattachements de classe sont revenus"),
        f"{counted(shares, 'partage est revenu', 'partages sont revenus')} ({by_app(back.get('grants', {}))})"
        if shares
        else "aucun partage n’est revenu",
    ]
    gone = back.get("grants_gone", 0) + back.get("grants_forgotten", 0)
    if gone:
        said.append(counted(gone, "partage ne revient pas", "partages ne reviennent pas"))
    if back.get("set_aside"):
        words = ("rattachement est mis de côté", "rattachements sont mis de côté")
        said.append(counted(back["set_aside"], *words))
    if lost:
        words = ("personne ne retrouve pas sa classe", "personnes ne retrouvent pas leur classe")
        said.append(counted(len(lost), *words))
    if back.get("held"):
        said.append("les fiches de familles de l’école attendent qu’on la débloque")
    return [unbroken(each) for each in said]
