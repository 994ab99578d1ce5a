"""The demo's accounts get passwords that the terminal shows, and its two administrators are named."""

from accounts.services.activate import activate
from core.progress import SILENT, Progress
from demo.accounts import chosen, password_of


def open_accounts(*, progress: Progress = SILENT) -> int:
    """Opens the accounts that the demo shows and that nobody opened yet; answers how many."""
    waiting = {each.person.pk: each.person for each in chosen() if each.person.code_open}
    if waiting:
        progress.step("Comptes de démonstration", len(waiting))
    for person in waiting.values():
        activate(person=person, code_counter=person.code_counter, password=password_of(person))
        progress.advance()
    return len(waiting)
