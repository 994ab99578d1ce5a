"""What a turn of the year tells the teams of a school: that it passed, that it went back; and its report, to whoever
administers the school."""

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from accounts.enums import Profile
from accounts.models import User
from directory.enums import GroupKind
from directory.models import Administrator, Group
from directory.querysets import standpoint_of
from directory.rules import TEAM
from rollover import summary
from rollover.figures import purged_in
from rollover.models import Turnover
from rollover.querysets import turnovers_visible_to
from timeline import kinds
from timeline.enums import MailPace
from timeline.kinds import Kind, Standing, Telling, Told
from timeline.models import Event
from timeline.services.record import Happening, record_all
from ui.french import agree, counted

TURNED = "rollover.turned"
TURNED_BACK = "rollover.turned_back"
REPORT = "rollover.report"
REPORT_BACK = "rollover.report_back"

_pages: list[Callable[[UUID], str]] = []


def lead_to(page: Callable[[UUID], str]) -> None:
    """A room above says, in `ready()`, on which page of its own the report of a turnover (UUID) is read."""
    _pages[:] = [page]


def tell_turned(turned: Sequence[Turnover], *, reported: bool) -> None:
    """The teams of these schools learn that their year has passed; who administers them gets its report, where it is
    complete (`reported`)."""
    record_all([*_told(TURNED, turned, None), *(_reports(turned) if reported else ())])


def tell_turned_back(turnovers: Sequence[Turnover], by: UUID | None) -> None:
    """The teams of these schools learn that it went back, those who administer them what came back."""
    report = _reported(REPORT_BACK, turnovers, summary.of_undone(turnovers))
    record_all([*_told(TURNED_BACK, turnovers, by), *report])


def tell_reports(turned: Sequence[Turnover]) -> None:
    """Whoever administers one of these schools gets the report of its turn: whoever asked for it too."""
    record_all(_reports(turned))


def _reports(turned: Sequence[Turnover]) -> list[Happening]:
    return _reported(REPORT, turned, summary.of_turned(turned))


def _reported(kind: str, turnovers: Sequence[Turnover], lines: Mapping[int, list[str]]) -> list[Happening]:
    schools = [each.school_id for each in turnovers]
    persons: dict[int, list[int]] = {}
    named = Administrator.objects.filter(school__in=schools, ended_on__isnull=True)
    for school, person in named.values_list("school", "person"):
        persons.setdefault(school, []).append(person)
    heads = Group.objects.filter(kind=GroupKind.DIRECTION, school__in=schools)
    groups = {school: [group] for school, group in heads.values_list("school_id", "pk")}
    return [
        Happening(
            kind=kind,
            persons=persons.get(each.school_id, ()),
            groups=groups.get(each.school_id, ()),
            school=each.school_id,
            about=each.uuid,
            data={"from": each.from_year, "to": each.to_year, "lines": lines[each.pk]},
        )
        for each in turnovers
    ]


def _told(kind: str, turnovers: Sequence[Turnover], by: UUID | None) -> list[Happening]:
    schools = [each.school_id for each in turnovers]
    team = Q(kind=GroupKind.SCHOOL, profile__in=TEAM) | Q(kind=GroupKind.DIRECTION)
    groups: dict[int, list[int]] = {}
    for school, group in Group.objects.filter(team, school__in=schools).values_list("school_id", "pk"):
        groups.setdefault(school, []).append(group)
    return [
        Happening(
            kind=kind,
            by=by,
            groups=groups.get(each.school_id, ()),
            school=each.school_id,
            about=each.uuid,
            data={"from": each.from_year, "to": each.to_year, "grants": purged_in(each.figures)},
        )
        for each in turnovers
    ]


def _turned_words(telling: Telling) -> Told:
    event = telling.events[0]
    year, grants = event.data["to"], event.data["grants"]
    ended = f"{counted(grants, 'partage')} {agree(grants, 'a pris fin', 'ont pris fin')} dans l’école"
    return Told(
        f"{_school(telling)} est passée à l’année {year}-{year + 1}",
        ended if grants else "Les classes de l’an dernier ont pris fin",
        reverse("rollover:mine"),
    )


def _turned_back_words(telling: Telling) -> Told:
    year = telling.events[0].data["from"]
    return Told(
        f"{_school(telling)} est revenue à l’année {year}-{year + 1}",
        "Les partages de cette année-là sont de retour",
        reverse("rollover:mine"),
    )


def _report_words(telling: Telling) -> Told:
    event = telling.events[0]
    back = event.kind == REPORT_BACK
    what = "son retour à" if back else "son passage à"
    year = event.data["from"] if back else event.data["to"]
    lines = event.data.get("lines", [])
    return Told(
        f"{_school(telling)}\u00a0: le compte rendu de {what} {year}-{year + 1}",
        " ".join(lines[1:3] if back else lines[2:4]),
        _pages[0](event.about) if _pages and event.about else "",
    )


def _administered(person: User, events: Sequence[Event]) -> Mapping[int, Standing]:
    """Those of the schools that someone administers now. Two queries."""
    mine = turnovers_visible_to(standpoint_of(person)).filter(uuid__in=[event.about for event in events])
    known = set(mine.order_by().values_list("uuid", flat=True))
    return {event.pk: Standing(event.at) for event in events if event.about in known}


def _texts(person: User, events: Sequence[Event]) -> Mapping[int, str]:
    """The report's summary, as it was written down."""
    return {event.pk: "\n".join(event.data.get("lines", ())) for event in events}


def _administers(person: User) -> bool:
    return standpoint_of(person).administers_something


def _school(telling: Telling) -> str:
    school = telling.events[0].school
    return school.name if school else "L’école"


def register() -> None:
    """To be called in `ready()`."""
    for key, order, words in ((TURNED, 60, _turned_words), (TURNED_BACK, 61, _turned_back_words)):
        kinds.register(
            Kind(
                key=key,
                order=order,
                app="rollover",
                app_label="Changement d’année",
                label="Mon école change d’année" if key == TURNED else "Un changement d’année est annulé",
                icon="flag",
                cover="coral",
                words=words,
                profiles=frozenset({Profile.TEACHER, Profile.STAFF}),
                grouped=False,
            )
        )
    for key, order, label in (
        (REPORT, 62, "Le compte rendu d’un changement d’année"),
        (REPORT_BACK, 63, "Le compte rendu d’une annulation"),
    ):
        kinds.register(
            Kind(
                key=key,
                order=order,
                app="rollover",
                app_label="Changement d’année",
                label=label,
                icon="file-text",
                cover="coral",
                words=_report_words,
                gate=_administered,
                met_by=_administers,
                profiles=frozenset(Profile) - {Profile.PUPIL},
                mail=MailPace.SOON,
                text=_texts,
                quotes=True,
                grouped=False,
            )
        )
