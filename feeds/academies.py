"""Which academy a set is of: the one named, the one that the set tells, or the only one there is.

A single school may start alone by its CSV, before any academy is known: the academy that is made for it
has no name of its own, and becomes the first one that a set of AAF tells.
"""

from dataclasses import dataclass, field

from django.db import connection

from core.text import squash
from feeds.errors import OtherAcademy, UnknownAcademy
from feeds.models import FeedRun
from schools.models import Academy

NAMELESS = "LOCALE"


@dataclass(slots=True)
class Home:
    """The academy of a set, and what this run changed of it: made it, or gave it its name."""

    academy: Academy
    made: bool = False
    before: dict[str, str] = field(default_factory=dict)

    def put_back(self, run: FeedRun) -> None:
        """Nothing of the set was applied: the academy is as it was, or is no more."""
        if self.made:
            FeedRun.objects.filter(pk=run.pk).update(academy=None)
            run.academy = None
            self.academy.delete()
        elif self.before:
            Academy.objects.filter(pk=self.academy.pk).update(**self.before)


def of_set(run: FeedRun, *, code: str, folder: str) -> Home:
    """The academy that the option names, else the set itself, else its folder where it is known.

    Raises `UnknownAcademy`, `OtherAcademy`.
    """
    said_name, said_code = _said(run)
    known = Academy.objects.filter(code__in=[code] if code else [said_name, folder]).order_by("pk").first()
    if known is None and not code and not said_name:
        known = Academy.objects.order_by("pk").first() if Academy.objects.count() == 1 else None
        if known is None:
            raise UnknownAcademy()
    if known is None:
        _refuse_second_code(code or said_name, said_name, said_code)
        return _new(code=code or said_name, name=said_name or code, national_code=said_code)
    if said_code and known.national_code and said_code != known.national_code:
        raise OtherAcademy(
            f"Ces fichiers sont de l’académie « {said_name} » ({said_code}), pas de « {known.name} » "
            f"({known.national_code}). Rien n’a changé."
        )
    if (
        not (said_code and known.national_code)
        and said_name
        and squash(said_name) not in {squash(known.code), squash(known.name)}
    ):
        raise OtherAcademy(
            f"Ces fichiers sont de l’académie « {said_name} », pas de « {known.name} ». Rien n’a changé."
        )
    return Home(known)


def _refuse_second_code(code: str, name: str, national_code: str) -> None:
    """One academy under two codes would double everybody. Raises `OtherAcademy`."""
    mine = {squash(name)} - {""}
    for other in Academy.objects.filter(national_code=national_code):
        if mine & {squash(other.code), squash(other.name)}:
            raise OtherAcademy(
                f"Ces fichiers sont de l’académie « {name} », connue ici sous le code « {other.code} », pas "
                f"« {code} ». Rien n’a changé."
            )


def of_new_school(code: str) -> Home:
    """The academy of a school that a CSV makes: named, or the only one. Raises `UnknownAcademy`."""
    if not code:
        known = list(Academy.objects.order_by("pk")[:2])
        if len(known) > 1:
            raise UnknownAcademy("Plusieurs académies existent : rien ne dit de laquelle est cette école.")
        if known:
            return Home(known[0])
    academy, made = Academy.objects.get_or_create(
        code=code or NAMELESS, defaults={"name": code or "Académie"}
    )
    return Home(academy, made=made)


def _new(*, code: str, name: str, national_code: str) -> Home:
    told = {"code": code, "name": name, "national_code": national_code}
    nameless = Academy.objects.filter(code=NAMELESS).first()
    if nameless is None:
        academy, made = Academy.objects.get_or_create(code=code, defaults=told)
        return Home(academy, made=made)
    before = {name: getattr(nameless, name) for name in told}
    for name, value in told.items():
        setattr(nameless, name, value)
    nameless.save(update_fields=list(told))
    return Home(nameless, before=before)


def _said(run: FeedRun) -> tuple[str, str]:
    """The academy's name and national code, as most of the set's schools say."""
    with connection.cursor() as cursor:
        cursor.execute(
            f'select academy_name, academy_code from "{run.schema}".stage_school '
            "group by 1, 2 order by count(*) desc limit 1"
        )
        return cursor.fetchone() or ("", "")
