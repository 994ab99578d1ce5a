#!/usr/bin/env python3
"""Every command of Cartable; `python manage.py help` lists them."""

import os
import sys

# These read the code alone: no need to wait for servers.
WITHOUT_SERVERS = {
    "help",
    "version",
    "--help",
    "--version",
    "-h",
    "collectstatic",
    "findstatic",
    "spectacular",
}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ent.settings")
    from django.core.management import execute_from_command_line

    asked = sys.argv[1:2]
    if asked and asked[0] not in WITHOUT_SERVERS and not {"--help", "-h"} & set(sys.argv):
        start_servers()
    execute_from_command_line(sys.argv)


def start_servers() -> None:
    from django.conf import settings

    from core.embedded import services
    from core.errors import DomainError

    try:
        services.join(settings.CARTABLE_DATA)
    except DomainError as error:
        sys.exit(f"{error}")


if __name__ == "__main__":
    main()
