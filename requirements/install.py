"""Make .venv and install a locked list into it; called by ./surelle with any Python ≥ 3.11, needs nothing else.

Every package is held to the hashes of the list, and nothing outside of the list is installed. An interrupted
installation is taken up by the next call; of two calls at once one waits for the other.
"""

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LISTS = {"run": ("run",), "develop": ("develop", "run")}  # develop.txt contains all of run.txt
FRENCH = not next((os.environ[v] for v in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(v)), "").startswith("en")


def say(french: str, english: str) -> None:
    print(french if FRENCH else english, flush=True)


def locked(name: str) -> Path:
    return ROOT / "requirements" / f"{name}.txt"


def stamp(name: str) -> Path:
    return VENV / f"installed-{name}.txt"


def works(*arguments: str) -> bool:
    try:
        return subprocess.run([PYTHON, *arguments], capture_output=True).returncode == 0
    except OSError:
        return False


def is_installed(name: str) -> bool:
    try:
        return stamp(name).read_bytes() == locked(name).read_bytes() and works("-c", "import django")
    except FileNotFoundError:
        return False


def install(name: str) -> int:
    if is_installed(name):
        return 0
    for leftover in LISTS:
        stamp(leftover).unlink(missing_ok=True)
    if not works("-c", "import sys, pip; sys.exit(sys.version_info < (3, 11))"):
        say(f"Environnement Python dans {VENV}…", f"Python environment in {VENV}…")
        made = subprocess.run([sys.executable, "-m", "venv", "--clear", VENV])
        if made.returncode:
            say(
                "Impossible de créer l'environnement (voir ci-dessus).",
                "The environment could not be made (see above).",
            )
            return made.returncode
    say(
        f"Installation des paquets de requirements/{name}.txt, vérifiés par leur empreinte…",
        f"Installing the packages of requirements/{name}.txt, checked by their hashes…",
    )
    pip = [PYTHON, "-m", "pip", "--disable-pip-version-check", "--no-input"]
    done = subprocess.run([*pip, "install", "--require-hashes", "--no-deps", "-r", locked(name)], cwd=ROOT)
    if done.returncode:
        say(
            "L'installation n'a pas abouti (voir ci-dessus). Relancez la même commande : elle reprendra.",
            "The installation did not succeed (see above). Run the same command again: it goes on from there.",
        )
        return done.returncode
    for part in LISTS[name]:
        unfinished = stamp(part).with_suffix(".part")
        shutil.copyfile(locked(part), unfinished)
        unfinished.replace(stamp(part))
    say("Installé.", "Installed.")
    return 0


def main() -> int:
    var = ROOT / "var"
    var.mkdir(exist_ok=True)
    with (var / "installing.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(
                "Une autre installation est en cours ; j'attends qu'elle finisse…",
                "Another installation runs; waiting…",
            )
            fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            return install(sys.argv[1])
        except KeyboardInterrupt:
            say("\nInterrompu. La prochaine commande reprendra.", "\nInterrupted. The next command takes it up.")
            return 130


if __name__ == "__main__":
    sys.exit(main())
