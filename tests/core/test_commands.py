"""What every command shares: words or JSON, exit codes, progress."""

import io
import json

import pytest
from django.core.management import call_command
from django.db import ProgrammingError, connection, transaction

from core import console
from core.commands import CartableCommand
from core.errors import BadUsage, DomainError, RefusedByRule


class Greeting(CartableCommand):
    """Says good morning, or fails as it is told."""

    ends_with: BaseException | None = None

    def act(self, **options):
        if self.ends_with is not None:
            raise self.ends_with
        with self.progress() as progress:
            progress.step("Je salue", 2)
            progress.advance(2)
        self.say("Bonjour")
        return {"said": "Bonjour"}


def _run(*arguments: str, ends_with: BaseException | None = None) -> tuple[int, str, str]:
    command = Greeting()
    command.ends_with = ends_with
    out, err = io.StringIO(), io.StringIO()
    code = 0
    try:
        call_command(command, *arguments, stdout=out, stderr=err)
    except SystemExit as end:
        code = int(end.code or 0)
    return code, out.getvalue(), err.getvalue()


def test_a_person_reads_words_and_progress_apart_from_the_result() -> None:
    assert _run() == (0, "Bonjour\n", "Je salue …\n")


def test_a_machine_reads_one_json_object_and_nothing_else() -> None:
    code, out, err = _run("--json")
    assert (code, json.loads(out), err) == (0, {"said": "Bonjour"}, "")


@pytest.mark.parametrize(
    ("error", "code"), [(DomainError("Raté."), 1), (BadUsage("Raté."), 2), (RefusedByRule("Raté."), 3)]
)
def test_each_kind_of_error_has_its_exit_code(error: DomainError, code: int) -> None:
    ended, out, err = _run(ends_with=error)
    assert (ended, out, err.strip()) == (code, "", "Raté.")


def test_an_error_is_json_too_for_a_machine() -> None:
    code, out, _ = _run("--json", ends_with=RefusedByRule("Trop.", gone=31))
    assert (code, json.loads(out)["error"]["gone"]) == (3, 31)


@pytest.mark.django_db
def test_a_database_without_tables_is_told_what_to_do() -> None:
    with pytest.raises(ProgrammingError) as found, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select * from no_such_table")
    code, _, err = _run(ends_with=found.value)
    assert code == 1
    assert "manage.py migrate" in err


def test_ctrl_c_is_no_stack_of_calls() -> None:
    assert _run(ends_with=KeyboardInterrupt()) == (130, "", "Interrompu.\n")


def test_a_long_step_says_how_far_it_is_on_plain_lines(monkeypatch) -> None:
    monkeypatch.setattr(console, "LINE_EVERY", 0.0)
    out = io.StringIO()
    with console.shown(out) as progress:
        progress.step("Élèves", 200)
        progress.advance(150)
        progress.step("Parents")
        progress.advance(3)
    assert out.getvalue().splitlines() == ["Élèves …", "Élèves : 150 / 200", "Parents …", "Parents : 3"]


def test_a_terminal_gets_bars() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    out = Terminal()
    with console.shown(out) as progress:
        progress.step("Élèves", 2)
        progress.advance(2)
        progress.step("Parents")
    assert "Élèves" in out.getvalue()
    assert "2/2" in out.getvalue()
