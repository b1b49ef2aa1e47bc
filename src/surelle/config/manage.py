"""`./surelle manage …`: Django's commands and ours, and `messages`, which needs no database."""

import os
import sys

# These serve other people, or run tasks that set a scope of their own: they must not see everything.
SERVERS = {"runserver", "testserver", "db_worker"}


def main(arguments: list[str]) -> int:
    """Run one command, seeing the rows of every cooperative unless it serves others."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "surelle.config.settings")
    if arguments[:1] == ["messages"]:
        from .messages import main as messages

        return messages(arguments[1:])

    from django.core.management import execute_from_command_line

    from surelle.commons.cooperatives.access import scope

    from .messages import compile_catalogues

    compile_catalogues()
    line = ["surelle manage", *arguments]
    if arguments and arguments[0] in SERVERS:
        execute_from_command_line(line)
    else:
        with scope(everything=True):
            execute_from_command_line(line)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
