"""A turn foreseen or done as rows for a spreadsheet: what, which, how, how many."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from rollover.ended import EndedClass
from rollover.enums import Choice
from rollover.figures import GRANTEES
from rollover.report import Report
from rollover.services.preview import EndingThing, SchoolFigures, SchoolPreview
from rollover.summary import app_labels
from sharing.enums import Role
from ui.french import counted

HEAD = ("Rubrique", "Quoi", "Précision", "Nombre")
SCHOOLS = (
    "École", "UAI", "Commune", "Année qui commence", "Année ouverte", "Rattachements de classe qui prennent fin",
    "Partages qui prennent fin", "Personnes qui perdent un accès", "Partages conservés", "Choix déjà faits",
)  # fmt: skip
KINDS = {"class": "à une classe", "school": "à l’école", "direction": "à la direction"}
KEPT = dict(zip(GRANTEES, ("à une personne", "à un groupe de scolarité", "à un groupe manuel"), strict=True))

type Row = Sequence[Any]


def of_preview(preview: SchoolPreview) -> Iterator[Row]:
    """What the turn of a school would end, its things last."""
    yield HEAD
    yield ("École", preview.school.name, preview.school.uai, f"{preview.year}-{preview.year + 1}")
    yield from _classes(preview.classes)
    yield from _figures(preview.told)
    yield ("Levé", "Détachements", "", preview.detachments)
    yield ("Levé", "Blocages", "", preview.blocks)
    for choice, number in preview.decided.items():
        yield ("Déjà décidé", Choice(choice).label.capitalize(), "", number)
    yield from _things(preview.things)


def of_schools(found: Iterable[SchoolFigures]) -> Iterator[Row]:
    """A row a school."""
    yield SCHOOLS
    for each in found:
        school, told = each.school, each.told or {}
        yield (
            school.name,
            school.uai,
            school.city,
            f"{each.year}-{each.year + 1}" if each.year else "",
            "oui" if each.due else "non",
            told.get("class_attachments_ended", ""),
            each.purged if told else "",
            told.get("people_losing_access", ""),
            sum(told["grants_kept"].values()) if told else "",
            each.decided if told else "",
        )


def of_report(report: Report) -> Iterator[Row]:
    """What a turn ended, what is left to do, and what its undo put back."""
    turnover = report.turnover
    yield HEAD
    yield ("École", turnover.school.name, turnover.school.uai, f"{turnover.to_year}-{turnover.to_year + 1}")
    yield ("Changement d’année", f"{turnover.at:%d/%m/%Y}", report.how, "")
    yield from _classes(report.classes)
    yield from _figures(report.told)
    yield ("Levé", "Détachements", "", len(turnover.lifted_detachments))
    yield ("Levé", "Blocages", "", len(turnover.lifted_blocks))
    for label, number, _ in report.left:
        yield ("À faire", label, "", number)
    if turnover.undone_at:
        yield ("Annulation", f"{turnover.undone_at:%d/%m/%Y}", report.undone_by, "")
        back = turnover.undo_figures
        yield ("Annulation", "Rattachements de classe revenus", "", back.get("class_attachments", ""))
        yield ("Annulation", "Partages revenus", "", back.get("grants_restored", ""))


def _classes(classes: Iterable[EndedClass]) -> Iterator[Row]:
    for each in classes:
        yield ("Classe qui prend fin", each.label, _people(each), each.pupils + each.teachers)


def _people(each: EndedClass) -> str:
    return f"{counted(each.pupils, 'élève')}, {counted(each.teachers, 'enseignant')}"


def _figures(told: Mapping[str, Any]) -> Iterator[Row]:
    labels = app_labels()
    for app, kinds in told.get("grants_purged", {}).items():
        for kind, number in kinds.items():
            yield ("Partages qui prennent fin", labels.get(app, app), KINDS.get(kind, kind), number)
    if told.get("people_losing_access") is not None:
        yield ("Personnes qui perdent un accès", "", "", told["people_losing_access"])
    for grantee, number in (told.get("grants_kept") or {}).items():
        yield ("Partages conservés", "", KEPT.get(grantee, grantee), number)


def _things(things: Iterable[EndingThing]) -> Iterator[Row]:
    for thing in things:
        owner = thing.resource.owner.full_name if thing.resource.owner else "l’école"
        for ending in thing.endings:
            told = f"{ending.group.label}, {Role(ending.role).label}, de {owner}"
            yield ("Production qui ne sera plus vue", thing.resource.title, told, ending.number)
