"""What is unsafe is refused by its name, in a sentence that says how to mend it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from .cluster import private_cluster, server_programs

ROOT = Path(__file__).resolve().parents[1]
SAFE = {
    "SECRET_KEY": "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "ALLOWED_HOSTS": "surelle.example.org",
    "PUBLIC_URL": "https://surelle.example.org",
    "MAIL_HOST": "mail.example.org",
    "SURELLE_ALLOW_SQLITE": "yes",
}
ONE_HALF_IS_ENOUGH = pytest.mark.skipif(bool(os.environ.get("TEST_DATABASE_URL")), reason="works on its own database")
pytestmark = ONE_HALF_IS_ENOUGH


def run(module: str, *arguments: str, **environment: str) -> tuple[int, str]:
    base = {"PATH": os.environ["PATH"], "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}", "LANG": "fr_FR.UTF-8"}
    line = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(line, env=base | environment, cwd=ROOT, capture_output=True, text=True, timeout=120)
    return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A production environment on an SQLite file that is up to date."""
    folder = tmp_path_factory.mktemp("production")
    environment = SAFE | {"DATABASE_URL": f"sqlite:///{folder}/db.sqlite3", "SURELLE_VAR": str(folder)}
    code, said = run("surelle.config.manage", "migrate", "--verbosity", "0", **environment)
    assert code == 0, said
    return environment


# Several at once, since each is a process: what is unsafe in it is all named.
DANGEROUS = [
    {"SECRET_KEY": "", "ALLOWED_HOSTS": "", "PUBLIC_URL": "", "MAIL_HOST": ""},
    {"SECRET_KEY": "short", "ALLOWED_HOSTS": "*", "PUBLIC_URL": "http://surelle.example.org"},
    {"SECRET_KEY": "a" * 80, "PUBLIC_URL": "https://surelle.example.org/path", "SURELLE_ALLOW_SQLITE": "no"},
    {"SURELLE_MODE": "demo"},
]


@pytest.mark.parametrize("unsafe", DANGEROUS, ids=lambda unsafe: ", ".join(unsafe))
def test_dangers_are_named_and_nothing_else(unsafe: dict[str, str], migrated: dict[str, str]) -> None:
    # `worker` holds to the same table as `serve`, and would bind no port if the table failed to refuse.
    code, said = run("surelle.config.production", "worker", **migrated | unsafe)
    assert code == 1, said
    assert "refuse de démarrer" in said
    named = {line.split()[1] for line in said.splitlines() if line.startswith("  - ")}
    expected = {"DATABASE_URL" if name == "SURELLE_ALLOW_SQLITE" else name for name in unsafe}
    assert expected <= named
    assert named <= expected | ({"DATABASE_URL"} if "SURELLE_MODE" in unsafe else set()), said


def test_a_database_that_lacks_migrations_is_refused(tmp_path: Path) -> None:
    code, said = run(
        "surelle.config.production", "serve", **SAFE | {"DATABASE_URL": f"sqlite:///{tmp_path}/empty.sqlite3"}
    )
    assert code == 1
    assert "- migrate :" in said


def test_a_database_that_is_away_is_refused_and_the_password_is_not_told(tmp_path: Path) -> None:
    url = f"postgres://someone:hidden-word@%2F{str(tmp_path).strip('/').replace('/', '%2F')}/nothing"
    code, said = run("surelle.config.production", "serve", **SAFE | {"DATABASE_URL": url, "LANG": "en_GB.UTF-8"})
    assert code == 1
    assert "does not answer" in said
    assert "hidden-word" not in said


@pytest.mark.skipif(server_programs() is None, reason="PostgreSQL's server is not on this machine")
def test_a_role_that_passes_by_the_walls_is_refused(tmp_path: Path) -> None:
    with private_cluster() as url:
        safe = SAFE | {"SURELLE_VAR": str(tmp_path)}
        superuser = url.replace("//surelle@", "//postgres@")
        assert run("surelle.config.manage", "migrate", "--verbosity", "0", **safe | {"DATABASE_URL": url})[0] == 0
        code, said = run("surelle.config.production", "serve", **safe | {"DATABASE_URL": superuser})
        assert code == 1
        assert "BYPASSRLS" in said
        probe = "from surelle.config.safety import dangers; import django; django.setup(); print(dangers())"
        line = [sys.executable, "-c", probe]
        environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src"), "DATABASE_URL": url}
        environment |= {"DJANGO_SETTINGS_MODULE": "surelle.config.settings"} | safe
        done = subprocess.run(line, env=environment, capture_output=True, text=True, timeout=120)
        assert done.stdout.strip() == "[]", done.stdout + done.stderr
