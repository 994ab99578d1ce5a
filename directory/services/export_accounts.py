"""The accounts that a list shows, as rows for a spreadsheet; who took them, how many, which: recorded."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from accounts.models import User
from core import audit
from directory.account_filters import AccountFilters
from directory.account_lines import AccountLine, account_lines
from directory.account_search import find_accounts
from directory.errors import TooManyAccounts
from directory.querysets.accounts import accounts_of, after, schools_asked
from directory.querysets.standpoint import standpoint_of
from schools.models import School
from ui.french import day_year, listed

BATCH = 1_000
# What a spreadsheet opens in comfort; a CSV has no end.
MOST_XLSX = 50_000
COLUMNS = (
    "Nom", "Prénom", "Profil", "Identifiant", "État", "Source", "Écoles", "Classes", "Fonctions", "Enfants",
    "Date de naissance", "Courriel", "Créé le", "Activé le",
)  # fmt: skip


def export_accounts(
    *,
    by: User,
    school: School | None,
    filters: AccountFilters,
    form: str,
    chosen: Sequence[UUID] | None = None,
) -> Iterator[list[str]]:
    """A head, then a row for each account of the list, read as it is sent; `form` is csv or xlsx. `chosen`:
    these accounts rather than what the filters list, whoever is out of the scope left aside.

    Recorded when it ends, or is cut, with the number sent. Raises TooManyAccounts, for XLSX, at once.
    """
    me = standpoint_of(by)
    if chosen is None:
        people = find_accounts(me, school, filters).people
    else:
        people = accounts_of(me, None).filter(uuid__in=chosen).order_by("sort_name", "pk")
    if form == "xlsx" and people.order_by()[: MOST_XLSX + 1].count() > MOST_XLSX:
        raise TooManyAccounts(most=MOST_XLSX)
    schools = schools_asked(me, school)

    def rows() -> Iterator[list[str]]:
        number = 0
        try:
            yield list(COLUMNS)
            batch = list(people[:BATCH])
            while batch:
                for line in account_lines(batch, schools):
                    yield _row(line)
                    number += 1
                last = batch[-1]
                batch = list(after(people, (last.sort_name, last.pk))[:BATCH]) if len(batch) == BATCH else []
        finally:
            with audit.acting(by=by):
                audit.record(
                    "accounts.exported",
                    school=school.uuid if school is not None else None,
                    after={"format": form, "number": number, "filters": filters.told()}
                    | ({"chosen": True} if chosen is not None else {}),
                )

    return rows()


def _row(line: AccountLine) -> list[str]:
    person = line.person
    return [
        person.last_name,
        person.first_name,
        str(person.get_profile_display()),
        person.username,
        line.state.label,
        str(person.get_source_display()),
        listed(line.schools),
        listed(line.classes),
        listed(line.functions),
        listed(line.children),
        person.birth_date.strftime("%d/%m/%Y") if person.birth_date else "",
        person.contact_email,
        day_year(person.created_at),
        day_year(person.activated_at) if person.activated_at else "",
    ]
