"""The house keeps its shape: who may import whom, which files an app has, and how long a file may grow."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "surelle"
BRICKS = ("commons", "activity", "serenity", "collective")
ROOMS = {
    *("rules", "models", "access", "queries", "documents", "emails", "gateways", "actions", "forms"),
    *("views", "api", "tasks", "admin", "management", "adapters", "urls", "apps"),
    *("templates", "templatetags", "static", "locale", "migrations", "tests"),
}
NO_NAMES = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "services",
    "service",
    "managers",
    "signals",
    "misc",
    "tools",
}
LONGEST = 400
# Files that may be longer, each with the reason why it is still one thing.
MAY_BE_LONGER: dict[str, str] = {}


def our_files() -> Iterator[Path]:
    for folder in ("src", "tests", "bench"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def test_imports_run_one_way() -> None:
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    run = subprocess.run(command, cwd=ROOT, env={"PYTHONPATH": "src"}, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout[run.stdout.find("Contracts") :]


def test_collective_life_never_reads_the_books() -> None:
    readers = [
        str(path.relative_to(ROOT))
        for path in sorted((SOURCE / "collective").rglob("*.py"))
        if any(name in path.read_text(encoding="utf-8") for name in ("surelle.activity", "surelle.serenity"))
    ]
    assert not readers


def test_an_app_has_only_the_rooms_of_the_house() -> None:
    apps = [app for brick in BRICKS for app in (SOURCE / brick).glob("*/") if (app / "__init__.py").exists()]
    strangers = [
        str(path.relative_to(ROOT))
        for app in [*apps, SOURCE / "home"]
        for path in sorted(app.iterdir())
        if not path.name.startswith(("_", "."))
        and path.stem not in ROOMS
        and not path.stem.endswith("_urls")
        and (app.name, path.stem) not in {("home", "context"), ("home", "demo")}
    ]
    assert apps
    assert not strangers, f"these are no rooms of an app (CONTRIBUTING.md): {strangers}"


def test_names_say_something() -> None:
    vague = [str(path.relative_to(ROOT)) for path in our_files() if NO_NAMES & {path.stem, *path.parent.parts[-2:]}]
    assert not vague, f"name these after what they do: {vague}"


def test_files_stay_short() -> None:
    lengths = {str(path.relative_to(ROOT)): len(path.read_bytes().splitlines()) for path in our_files()}
    long = {name: length for name, length in lengths.items() if length > LONGEST and name not in MAY_BE_LONGER}
    assert not long, f"past {LONGEST} lines a file becomes a package of business nouns: {long}"
    assert not [name for name in MAY_BE_LONGER if lengths.get(name, 0) <= LONGEST], "no longer needs an allowance"


def compares_a_role(node: ast.AST) -> bool:
    """Say whether the node is `….role == …`, or any comparison with `Role.SOMETHING`."""
    if not isinstance(node, ast.Compare):
        return False
    is_equality = any(isinstance(operator, ast.Eq | ast.NotEq) for operator in node.ops)
    sides = [side for side in (node.left, *node.comparators) if isinstance(side, ast.Attribute)]
    named = any(isinstance(side.value, ast.Name) and side.value.id == "Role" for side in sides)
    return named or (is_equality and any(side.attr == "role" for side in sides))


def test_rights_are_capabilities_never_roles() -> None:
    """`member.may(Capability.INVITE)`, so that a right is given in one table and not in every page."""
    found = []
    members = SOURCE / "commons" / "members"
    for path in our_files():
        code = path.read_text(encoding="utf-8")
        speaks_of_members = path.is_relative_to(members) or "commons.members" in code
        # Only rules say what a role allows, and only the members' own actions give and take roles.
        may_compare = "tests" in path.parts or "rules" in path.stem or path.is_relative_to(members / "actions")
        if may_compare or not speaks_of_members:
            continue
        tree = ast.parse(code)
        found += [f"{path.relative_to(ROOT)}:{node.lineno}" for node in ast.walk(tree) if compares_a_role(node)]
    for page in SOURCE.rglob("templates/**/*.html"):
        for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), start=1):
            if "{% if" in line and ".role ==" in line:
                found.append(f"{page.relative_to(ROOT)}:{number}")
    assert not found, f"ask for a capability: {found}"


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    from django.core.management import call_command

    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_both_lists_hold_the_same_versions() -> None:
    def versions(name: str) -> set[str]:
        lines = (ROOT / "requirements" / name).read_text(encoding="utf-8").splitlines()
        return {line.removesuffix(" \\") for line in lines if "==" in line and not line.startswith((" ", "#"))}

    assert versions("run.txt") <= versions("develop.txt")


def test_no_registry_address_is_written_down() -> None:
    for path in [*(ROOT / "requirements").iterdir(), ROOT / "surelle", ROOT / "pyproject.toml"]:
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        assert "--index-url" not in text, path
        assert "pypi.org" not in text, path


def test_everything_that_is_imported_is_locked() -> None:
    """A package that only a developer's tool brings along would be missing on a fresh machine."""
    from importlib.metadata import packages_distributions

    def plain(name: str) -> str:
        return name.lower().replace("_", "-").replace(".", "-")

    lock = (ROOT / "requirements" / "run.txt").read_text(encoding="utf-8")
    locked = {
        plain(line.split("==")[0]) for line in lock.splitlines() if "==" in line and not line.startswith((" ", "#"))
    }
    distributions = packages_distributions()
    missing = set()
    for path in (SOURCE).rglob("*.py"):
        if "tests" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
                names = [node.module]
            for top in {name.split(".")[0] for name in names} - {"surelle", "tests"} - sys.stdlib_module_names:
                if not {plain(name) for name in distributions.get(top, [])} & locked:
                    missing.add(f"{top} ({path.relative_to(ROOT)})")
    assert not missing, f"add these to requirements/run.in and its lock: {sorted(missing)}"
