"""The base of every command: `--json`, progress, exit codes 0 done, 1 failed, 2 usage, 3 refused."""

import json
import sys
from contextlib import AbstractContextManager
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.core.serializers.json import DjangoJSONEncoder
from django.db import ProgrammingError

from core import console
from core.errors import DomainError
from core.progress import Progress

UNDEFINED_TABLE = "42P01"
INTERRUPTED = 130  # what a shell says of a program ended by Ctrl-C


class NoTables(DomainError):
    """The database is new: nothing was made in it yet."""

    code = "no-tables"
    sentence = "La base de données n’a pas encore ses tables."
    remedy = "Lancez d’abord « manage.py migrate », puis recommencez."


class CartableCommand(BaseCommand):
    """Parses, calls a service, prints. A subclass writes `act`, which may return what `--json` prints."""

    requires_migrations_checks = False
    as_json = False

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        return parser

    def handle(self, *args: Any, **options: Any) -> None:
        self.as_json = options.pop("json", False)
        try:
            result = self.act(*args, **options)
        except DomainError as error:
            self.refuse(error)
        except ProgrammingError as error:
            if getattr(error.__cause__, "sqlstate", "") != UNDEFINED_TABLE:
                raise
            self.refuse(NoTables())
        except KeyboardInterrupt:
            self.stderr.write("Interrompu.")
            sys.exit(INTERRUPTED)
        else:
            if self.as_json and result is not None:
                self.print_json(result)

    def act(self, *args: Any, **options: Any) -> Any:
        raise NotImplementedError

    def say(self, text: str = "") -> None:
        """A line for a person; nothing under `--json`."""
        if not self.as_json:
            self.stdout.write(text)

    def progress(self) -> AbstractContextManager[Progress]:
        """`with self.progress() as progress: service(…, progress=progress)`; on stderr, not the result's way."""
        stream: Any = self.stderr._out  # the wrapper would end each piece that rich writes
        return console.shown(stream, quiet=self.as_json)

    def print_json(self, value: Any) -> None:
        self.stdout.write(json.dumps(value, ensure_ascii=False, indent=1, cls=DjangoJSONEncoder))

    def refuse(self, error: DomainError) -> None:
        """Says the error, as text or JSON, and ends with its exit code."""
        if self.as_json:
            self.print_json({"error": error.as_problem()})
        else:
            self.stderr.write(str(error))
        sys.exit(error.exit_code)
