"""« Partagés avec moi » and « Ce que je partage »: filters, and a cursor that stays right as shares come."""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict

from accounts.models import User
from core.text import uuid_of
from directory.annuaire.viewer import Viewer
from directory.models import Group, SchoolClass
from sharing.kinds import all_kinds
from sharing.models import Grant
from sharing.querysets import last_shared
from sharing.rules import Reach

PAGE = 40
AFTER, BEFORE = "suite", "avant"


@dataclass
class Filters:
    """What a list is narrowed to; unknown values are as none."""

    path: str
    app: str
    person: User | None
    school_class: SchoolClass | None
    ending: bool

    @classmethod
    def read(cls, path: str, query: QueryDict, viewer: Viewer) -> "Filters":
        """From an address: `appli`, `personne` and `classe` (UUIDs), `bascule=1`."""
        person, school_class = uuid_of(query.get("personne")), uuid_of(query.get("classe"))
        apps = {kind.app for kind in all_kinds()}
        return cls(
            path=path,
            app=query.get("appli", "") if query.get("appli") in apps else "",
            person=User.objects.present().filter(uuid=person).first() if person else None,
            school_class=_class(viewer, school_class),
            ending=query.get("bascule") == "1",
        )

    @property
    def on(self) -> bool:
        return bool(self.app or self.person or self.school_class or self.ending)

    def address(self, **changed: Any) -> str:
        """The list's address with these filters, but for what is changed; a cursor is never kept."""
        values = {
            "appli": self.app,
            "personne": self.person.uuid if self.person else "",
            "classe": self.school_class.uuid if self.school_class else "",
            "bascule": "1" if self.ending else "",
        } | changed
        kept = {name: value for name, value in values.items() if value}
        return f"{self.path}?{urlencode(kept)}" if kept else self.path

    @property
    def ending_url(self) -> str:
        """Turns « what the turn of the year takes » on, or off."""
        return self.address(bascule="" if self.ending else "1")

    @cached_property
    def app_label(self) -> str:
        return next((kind.app_label for kind in all_kinds() if kind.app == self.app), "")

    @property
    def apps(self) -> list[dict[str, Any]]:
        """A link for each application that keeps something to share, and one for all."""
        labels = {kind.app: kind.app_label for kind in all_kinds()}
        return [
            {"label": label, "url": self.address(appli=app), "current": app == self.app}
            for app, label in [("", "Toutes"), *sorted(labels.items(), key=lambda pair: pair[1])]
        ]

    def classes(self, found: Sequence[SchoolClass]) -> list[dict[str, Any]]:
        chosen = self.school_class.pk if self.school_class else None
        return [
            {"label": "Toutes", "url": self.address(classe=""), "current": chosen is None},
            *(
                {"label": each.label, "url": self.address(classe=each.uuid), "current": each.pk == chosen}
                for each in found
            ),
        ]

    def people(self, found: Sequence[User]) -> list[dict[str, Any]]:
        chosen = self.person.pk if self.person else None
        return [
            {"label": "Toutes", "url": self.address(personne=""), "current": chosen is None},
            *(
                {
                    "label": each.full_name,
                    "url": self.address(personne=each.uuid),
                    "current": each.pk == chosen,
                }
                for each in found
            ),
        ]

    def of(self, things: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
        """Narrowed by application and by class; each list adds what person and year mean there."""
        if self.app:
            things = things.filter(kind__in=[kind.key for kind in all_kinds() if kind.app == self.app])
        if self.school_class is not None:
            groups = Group.objects.filter(school_class=self.school_class)
            things = things.filter(
                Exists(Grant.objects.filter(resource=OuterRef("pk"), group_id__in=groups.values("pk")))
            )
        return things


@dataclass(frozen=True, slots=True)
class Slice:
    """Some things, newest first, and the addresses of what stands before and after them."""

    things: list[Any]
    newer_url: str
    older_url: str


def slice_of(
    things: QuerySet[Any, Any],
    moment: str,
    filters: Filters,
    query: QueryDict,
    reach: Reach | None = None,
) -> Slice:
    """The things at a cursor, by (`moment`, key). One query; of what is shared with `reach`, two or three,
    whose time does not follow how much that is."""
    after, before = _cursor(query.get(AFTER)), _cursor(query.get(BEFORE))
    if before is not None:
        at, key = before
        newer = things.filter(Q(**{f"{moment}__gt": at}) | Q(**{moment: at, "pk__gt": key}))
        found = list(newer.order_by(moment, "pk")[: PAGE + 1])
        shown = list(reversed(found[:PAGE]))
        has_newer, has_older = len(found) > PAGE, True
    elif reach is not None:
        found = last_shared(things, reach, count=PAGE + 1, after=after)
        shown = found[:PAGE]
        has_newer, has_older = after is not None, len(found) > PAGE
    else:
        if after is not None:
            at, key = after
            things = things.filter(Q(**{f"{moment}__lt": at}) | Q(**{moment: at, "pk__lt": key}))
        found = list(things.order_by(f"-{moment}", "-pk")[: PAGE + 1])
        shown = found[:PAGE]
        has_newer, has_older = after is not None, len(found) > PAGE
    return Slice(
        shown,
        filters.address(**{BEFORE: _mark(shown[0], moment)}) if shown and has_newer else "",
        filters.address(**{AFTER: _mark(shown[-1], moment)}) if shown and has_older else "",
    )


def _mark(thing: Any, moment: str) -> str:
    text = json.dumps([getattr(thing, moment).isoformat(), thing.pk])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _cursor(mark: str | None) -> tuple[datetime, int] | None:
    """Where a mark stands; None where it says nothing."""
    if not mark or len(mark) > 200:
        return None
    try:
        at, key = json.loads(base64.urlsafe_b64decode(mark + "=" * (-len(mark) % 4)))
        found = datetime.fromisoformat(at)
    except (ValueError, TypeError):
        return None
    whole = found.tzinfo is not None and type(key) is int and 0 <= key < 2**63
    return (found, key) if whole else None


def _class(viewer: Viewer, uuid: UUID | None) -> SchoolClass | None:
    if uuid is None:
        return None
    return next(iter(viewer.classes.filter(uuid=uuid)[:1]), None)
