"""A private PostgreSQL for the time of a block: its own folder, a socket in it, no TCP, gone afterwards.

The role that Surelle gets is no superuser and does not bypass row-level security, so that the walls are really tested.
`python -m tests.cluster COMMAND…` runs a command with TEST_DATABASE_URL and DATABASE_URL pointing at one.
"""

import ctypes
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from urllib.parse import quote

PROGRAMS = ("initdb", "postgres")
ROLE = "surelle"
DATABASE = "surelle"
# Quick and forgetful: nothing here must survive a power cut.
SERVER_SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "128MB",
    "max_connections": "40",
    "logging_collector": "off",
    "log_min_messages": "warning",
}


class ClusterFailed(Exception):
    """PostgreSQL is there but would not start; the message holds what it said."""


def server_programs() -> Path | None:
    """Return the folder with PostgreSQL's server programs, the newest version first, or None without any."""

    def version(folder: Path) -> int:
        return int(found.group()) if (found := re.search(r"\d+", folder.parent.name)) else 0

    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=version, reverse=True)
    if on_path := shutil.which("initdb"):
        folders.append(Path(on_path).parent)
    return next((f for f in folders if all(os.access(f / program, os.X_OK) for program in PROGRAMS)), None)


def unprivileged_user() -> pwd.struct_passwd | None:
    """Return the user who runs the server when we are root, which PostgreSQL refuses; else None: ourselves."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise ClusterFailed("as root, a user named postgres or nobody is needed to run PostgreSQL")


def end_with_parent() -> None:
    """Ask Linux to stop the server if this process is killed before it could stop it (other systems: nothing)."""
    if sys.platform == "linux":
        set_death_signal = 1
        ctypes.CDLL(None).prctl(set_death_signal, signal.SIGINT)


@contextmanager
def interruptions_as_exceptions() -> Iterator[None]:
    """Turn a polite SIGTERM into an exception, so that the cluster is stopped as on Ctrl-C."""

    def leave(number: int, frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    former = signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, former)


@contextmanager
def private_cluster() -> Iterator[str]:
    """Yield the DATABASE_URL of an empty database on a cluster of its own; ClusterFailed if it does not start."""
    programs = server_programs()
    if programs is None:
        raise ClusterFailed("PostgreSQL's server programs are not on this machine")
    user = unprivileged_user()
    as_user = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
    environment = {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C.UTF-8", "TZ": "UTC"}
    # /tmp, since the path of a socket must stay under 107 bytes.
    folder = Path(tempfile.mkdtemp(prefix="surelle-pg-", dir="/tmp" if Path("/tmp").is_dir() else None))
    log = folder / "log"
    server: subprocess.Popen[bytes] | None = None
    with interruptions_as_exceptions():
        try:
            if user:
                os.chown(folder, user.pw_uid, user.pw_gid)
            made = subprocess.run(
                [programs / "initdb", "--pgdata", folder / "data", "--username=postgres", "--auth=trust",
                 "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"],
                cwd=folder, env=environment, capture_output=True, text=True, **as_user,
            )  # fmt: skip
            if made.returncode:
                raise ClusterFailed(made.stderr.strip())
            settings = [part for name, value in SERVER_SETTINGS.items() for part in ("-c", f"{name}={value}")]
            with log.open("wb") as log_file:
                server = subprocess.Popen(
                    [programs / "postgres", "-D", folder / "data", "-k", folder, *settings],
                    cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=log_file, stderr=log_file,
                    start_new_session=True, preexec_fn=end_with_parent, **as_user,
                )  # fmt: skip
            prepare(folder, server, log)
            yield f"postgres://{ROLE}@{quote(str(folder), safe='')}/{DATABASE}"
        finally:
            if server is not None:
                server.send_signal(signal.SIGINT)  # a fast shutdown: clients are cut off
                try:
                    server.wait(timeout=20)
                except subprocess.TimeoutExpired:
                    server.send_signal(signal.SIGQUIT)
                    server.wait(timeout=20)
            shutil.rmtree(folder, ignore_errors=True)


def prepare(folder: Path, server: "subprocess.Popen[bytes]", log: Path) -> None:
    """Wait until the server answers, then make the role without special rights and its database."""
    import psycopg

    deadline = time.monotonic() + 60
    while True:
        try:
            connection = psycopg.connect(host=str(folder), user="postgres", dbname="postgres", autocommit=True)
            break
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > deadline:
                raise ClusterFailed(log.read_text(errors="replace")[-2000:]) from None
            time.sleep(0.1)
    with connection:
        connection.execute(f"CREATE ROLE {ROLE} LOGIN CREATEDB NOSUPERUSER NOBYPASSRLS")
        connection.execute(f"CREATE DATABASE {DATABASE} OWNER {ROLE}")
    connection.close()


def main() -> int:
    with private_cluster() as url:
        return subprocess.call(sys.argv[1:], env=os.environ | {"TEST_DATABASE_URL": url, "DATABASE_URL": url})


if __name__ == "__main__":
    sys.exit(main())
