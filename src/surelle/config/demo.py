"""`./surelle demo`: the demo cooperative on SQLite under var/, loaded once, served at once on every later call."""

import argparse
import fcntl
import os
import shutil
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import IO

from surelle.kernel.terminal import in_words, say

ACCOUNTS = "surelle.home.management.commands.load_demo"


def arguments_of(line: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./surelle demo")
    parser.add_argument("--port", type=int, default=8000, help=in_words("port local", "local port"))
    parser.add_argument("--reset", action="store_true", help=in_words("repartir de zéro", "start over"))
    parser.add_argument("--no-serve", action="store_true", help=in_words("charger seulement", "load only"))
    return parser.parse_args(line)


def is_free(port: int) -> bool:
    """Say whether we can listen on the local port."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # As the server does: a port whose last connections are still closing is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError):
            return False
    return True


@contextmanager
def preparing(var: Path) -> Iterator[None]:
    """Keep a second call, made at the same time, waiting until the demo is loaded."""
    with (var / "demo-preparing.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def serving(var: Path) -> IO[str]:
    """Open the file on which every running demo holds a shared lock, so that none is reset under a reader's feet."""
    return (var / "demo-serving.lock").open("w")


def forget(var: Path) -> bool:
    """Remove the demo's database and files; False when a demo is still running on them."""
    with serving(var) as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        (var / "demo-loaded").unlink(missing_ok=True)
        for file in var.glob("demo.sqlite3*"):
            file.unlink()
        for folder in ("media", "mail"):
            shutil.rmtree(var / folder, ignore_errors=True)
    return True


def bring_up_to_date() -> None:
    """Apply the migrations that the database lacks; a database that lacks none costs nothing."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        say("Préparation de la base…", "Preparing the database…")
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)


def is_written() -> bool:
    """Say whether this version of Surelle has a demo cooperative to load."""
    from django.core.management import get_commands

    return ACCOUNTS in {f"{app}.management.commands.{name}" for name, app in get_commands().items()}


def load(var: Path) -> None:
    """Load the demo cooperative, unless an earlier call did so to its end."""
    from django.core.management import call_command

    loaded = var / "demo-loaded"
    if loaded.exists():
        return
    if not is_written():
        say("La coopérative de démonstration n'est pas encore écrite.", "The demo cooperative is not written yet.")
        return
    say(
        "Chargement de la coopérative de démonstration « Trois Feuilles »…",
        "Loading the demo cooperative “Trois Feuilles”…",
    )
    call_command("load_demo")
    loaded.touch()


def announce(port: int, *, is_served: bool) -> None:
    """Print the address, and the accounts that the demo's loader lists as ACCOUNTS (address, password, who)."""
    if is_served:
        say(f"\n  Surelle est là : http://localhost:{port}/", f"\n  Surelle is here: http://localhost:{port}/")
    else:
        say("\n  La démonstration est prête : ./surelle demo", "\n  The demo is ready: ./surelle demo")
    accounts = getattr(import_module(ACCOUNTS), "ACCOUNTS", []) if is_written() else []
    if accounts:
        say("  Pour entrer (courriel, mot de passe, qui c'est) :", "  To sign in (mail, password, who that is):")
        width = max(len(mail) for mail, _, _ in accounts)
        for mail, password, who in accounts:
            print(f"    {mail:<{width}}  {password}  {who}")
    print(flush=True)


def main(line: list[str]) -> int:
    """Prepare the demo and serve it until interrupted."""
    asked = arguments_of(line)
    if not asked.no_serve and not is_free(asked.port):
        say(
            f"Le port {asked.port} est déjà pris sur cette machine. Essayez : ./surelle demo --port {asked.port + 1}",
            f"Port {asked.port} is already taken on this machine. Try: ./surelle demo --port {asked.port + 1}",
        )
        return 1
    os.environ["SURELLE_MODE"] = "demo"
    os.environ["PUBLIC_URL"] = f"http://localhost:{asked.port}"
    os.environ["DJANGO_SETTINGS_MODULE"] = "surelle.config.settings"
    # A demo never touches a real house, whatever the environment of the terminal holds.
    for name in ("DATABASE_URL", "DATABASE_URL_FILE", "MEDIA_ROOT", "MEDIA_ROOT_FILE", "MAIL_HOST", "MAIL_HOST_FILE"):
        os.environ.pop(name, None)

    import django
    from django.conf import settings

    var = Path(settings.VAR)
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)  # below var; WhiteNoise looks for it
    with preparing(var):
        never_finished = (var / "demo.sqlite3").exists() and not (var / "demo-loaded").exists()
        if (asked.reset or never_finished) and not forget(var):
            say(
                "Une démonstration tourne encore : arrêtez-la (Ctrl-C) avant de repartir de zéro.",
                "A demo is still running: stop it (Ctrl-C) before starting over.",
            )
            return 1
        from .messages import compile_catalogues

        compile_catalogues()
        django.setup()
        from surelle.commons.cooperatives.access import scope

        with scope(everything=True):
            bring_up_to_date()
            load(var)
    announce(asked.port, is_served=not asked.no_serve)
    if asked.no_serve:
        return 0
    lock = serving(var)
    fcntl.flock(lock, fcntl.LOCK_SH)
    os.set_inheritable(lock.fileno(), True)
    say("  Ctrl-C pour arrêter.", "  Ctrl-C to stop.")
    serve = ["-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(asked.port)]
    quiet = ["--workers", "1", "--blocking-threads", "4", "--log-level", "warning", "surelle.config.wsgi:application"]
    os.execv(sys.executable, [sys.executable, *serve, *quiet])  # noqa: S606
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
