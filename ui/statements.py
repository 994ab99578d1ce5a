"""Who runs this instance, and how accessible it is found to be: the figures of the three statements."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings

# The accessibility statement is dated by hand: change date and state with its findings.
ACCESSIBILITY_STATE = "partiellement conforme"
ACCESSIBILITY_STATEMENT_MADE = date(2026, 11, 25)


@dataclass(frozen=True, slots=True)
class Operator:
    """Who publishes and hosts, and who answers. '' where the instance has not said."""

    publisher: str
    address: str
    director: str
    host: str
    contact: str
    data_officer: str

    @property
    def complete(self) -> bool:
        """Whether everything the law wants named is."""
        return all((self.publisher, self.address, self.director, self.host, self.contact, self.data_officer))


@dataclass(frozen=True, slots=True)
class Accessibility:
    """The RGAA 4.1 statement: state in words, date, who answers."""

    state: str
    made: date
    operator: Operator


def operator() -> Operator:
    """Read from the settings CARTABLE_PUBLISHER and its kin."""
    return Operator(
        publisher=settings.CARTABLE_PUBLISHER,
        address=settings.CARTABLE_PUBLISHER_ADDRESS,
        director=settings.CARTABLE_PUBLICATION_DIRECTOR,
        host=settings.CARTABLE_HOST,
        contact=settings.CARTABLE_CONTACT,
        data_officer=settings.CARTABLE_DATA_OFFICER,
    )


def accessibility() -> Accessibility:
    """What the statement says."""
    return Accessibility(ACCESSIBILITY_STATE, ACCESSIBILITY_STATEMENT_MADE, operator())
