"""`manage.py demo`: the demo academy, running, until Ctrl-C."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser

from core.commands import CartableCommand
from core.embedded.processes import Ended, Programs, stoppable
from demo import accounts
from demo.services import blogs, memos, public_blogs, site
from demo.services.academy import open_academy
from demo.services.board import tell
from demo.services.contents import fill
from demo.services.desk import help_people
from demo.services.notebooks import fill_notebooks
from demo.services.school_life import live


class Command(CartableCommand):
    help = "Start servers, make the demo academy once, then run web and worker together until Ctrl-C."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="where to serve (default 8000)")
        parser.add_argument("--host", default="127.0.0.1", help="0.0.0.0 to be reached from elsewhere")

    def act(self, *, port: int, host: str, **options: Any) -> None:
        programs = Programs(settings.CARTABLE_DATA / "logs")
        site.check_port(host, port)
        try:
            with stoppable(), site.only_one(settings.CARTABLE_DATA):
                try:
                    with self.progress() as progress:
                        open_academy(data=settings.CARTABLE_DATA, progress=progress)
                        fill(progress=progress)
                        live(progress=progress)
                        tell(progress=progress)
                        help_people(progress=progress)
                        blogs.post(progress=progress)
                        public_blogs.tell_families(progress=progress)
                        fill_notebooks(progress=progress)
                        memos.keep(progress=progress)
                        site.start(programs, host=host, port=port, progress=progress)
                    self._welcome(port)
                    programs.watch()
                finally:
                    programs.stop()
        except Ended:
            self.say("\nArrêté. Les données restent ; « make demo » les retrouve.")

    def _welcome(self, port: int) -> None:
        self.say()
        self.say(accounts.table(accounts.listed()))
        self.say()
        self.say(f"Cartable est prêt : http://localhost:{port}/   (Ctrl-C pour tout arrêter)")
        self.stdout.flush()
