"""`./surelle serve` and `./surelle worker`: for real, after the table of dangers is found empty."""

import os
import sys

from surelle.kernel.terminal import in_words, say

DEFAULT_WORKERS = 2
DEFAULT_THREADS = 4


def refuse_dangers() -> bool:
    """Print every danger; True when there was one."""
    from .safety import dangers

    met = dangers()
    if met:
        say(
            "Surelle refuse de démarrer, car ce ne serait pas sûr :",
            "Surelle refuses to start, since it would not be safe:",
        )
        for danger in met:
            print(f"  - {danger}")
    return bool(met)


def serve() -> None:
    """Collect static files and become the web server: BIND (address:port or unix:path), WEB_WORKERS, WEB_THREADS."""
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    bind = os.environ.get("BIND", "127.0.0.1:8000")
    if bind.startswith("unix:"):
        where = ["--uds", bind.removeprefix("unix:")]
    else:
        host, _, port = bind.rpartition(":")
        where = ["--host", host.strip("[]"), "--port", port]
    granian = [
        *("-m", "granian", "--interface", "wsgi", *where),
        *("--workers", os.environ.get("WEB_WORKERS", str(DEFAULT_WORKERS))),
        *("--blocking-threads", os.environ.get("WEB_THREADS", str(DEFAULT_THREADS))),
        *("--respawn-failed-workers", "--workers-kill-timeout", "30", "--process-name", "surelle-web"),
        "surelle.config.wsgi:application",
    ]
    say(f"Surelle sert sur {bind}.", f"Surelle serves on {bind}.")
    os.execv(sys.executable, [sys.executable, *granian])  # noqa: S606


def work() -> None:
    """Become the worker of background jobs, until interrupted."""
    say("Surelle travaille en tâche de fond.", "Surelle works in the background.")
    line = [sys.executable, "-m", "surelle.config.manage", "db_worker", "--queue-name", "*"]
    os.execv(sys.executable, line)  # noqa: S606


def main(line: list[str]) -> int:
    """Start the web (`serve`) or the background (`worker`); 1 when a danger forbids it."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "surelle.config.settings"
    os.environ.setdefault("SURELLE_MODE", "production")
    if line[1:]:
        print(in_words("serve et worker se règlent par l'environnement", "serve and worker are set by the environment"))
        return 2
    import django

    from surelle.commons.cooperatives.access import scope

    from .messages import compile_catalogues

    compile_catalogues()
    django.setup()
    with scope(everything=True):
        if refuse_dangers():
            return 1
        if line == ["serve"]:
            serve()
    if line == ["worker"]:
        work()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
