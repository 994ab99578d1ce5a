"""Where the season's items lead in the console: its lists, filtered."""

from django.urls import reverse
from django.utils.http import urlencode

from accounts.enums import Profile, Source
from admin_console.place import PARAMETER
from core import clock
from directory.account_filters import AccountState
from directory.querysets import season as read
from rollover import news
from schools import season
from schools.models import School


def _page(name: str, school: School, **filters: str) -> str:
    return f"{reverse(f'console:{name}')}?{urlencode({PARAMETER: str(school.uuid), **filters})}"


def _letters(school: School) -> str:
    """Those of whoever is new since the year opened. One query."""
    (stand,) = season.standings([school], clock.today())
    return _page("letters", school, nouveaux="1", depuis=stand.opens_on.isoformat())


def register() -> None:
    """To be called in `ready()`."""
    news.lead_to(lambda turnover: reverse("console:turnover", args=[turnover]))
    season.lead(read.BLOCKS, lambda school: _page("blocks", school))
    season.lead(
        read.TEACHERS_LEFT,
        lambda school: _page("users", school, profil=Profile.TEACHER, etat=AccountState.ABSENT),
    )
    season.lead(read.IDLE_TEACHERS, lambda school: _page("classes", school))
    season.lead(
        read.PAST_GROUPS, lambda school: _page("groups", school, genre="manuels", marque="annees-passees")
    )
    season.lead(read.BY_HAND, lambda school: _page("users", school, source=Source.MANUAL))
    season.lead(read.DUPLICATES, lambda school: _page("duplicates", school))
    season.lead(read.LETTERS, _letters)
    season.lead(read.NOT_ACTIVATED, lambda school: _page("users", school, etat=AccountState.NEVER_ACTIVATED))
    season.lead(read.AWAITED_CLASSES, lambda school: _page("classes", school))
    season.lead(read.FIRST_LEVELS, lambda school: _page("classes", school))
    season.lead(read.AWAITING_CLASS, lambda school: _page("school_feeds", school))
    season.lead(read.AWAITING_INE, lambda school: _page("users", school, sans_ine="1"))
