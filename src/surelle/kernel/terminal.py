"""What commands say to a person in a terminal: French, or English when their language settings say so."""

import os


def speaks_french() -> bool:
    """Return False when LC_ALL, LC_MESSAGES or LANG (the first that is set) begins with `en`."""
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    return not next((os.environ[name] for name in names if os.environ.get(name)), "").startswith("en")


def in_words(french: str, english: str) -> str:
    """Return the sentence in the language of the terminal."""
    return french if speaks_french() else english


def say(french: str, english: str) -> None:
    """Print the sentence in the language of the terminal."""
    print(in_words(french, english), flush=True)
