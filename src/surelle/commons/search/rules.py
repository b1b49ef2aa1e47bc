"""From words to stems: what makes "Coopératives", "coopérative" and "cooperative" one and the same to the search."""

import re
import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

WORD = re.compile(r"[^\W_]+")
LONGEST_WORD = 60  # letters; a longer one is no word of anybody
MOST_WORDS = 12  # of a question; more add nothing but time
HEAVIEST_INDEX = 500_000  # bytes of different stems; PostgreSQL refuses a vector above 1 MiB
SHORTEST_GUESS = 4  # letters that a word still being typed must have before its stem is guessed

STOP_LIST = """
    au aux avec ce ces cet cette dans de des du elle elles en et eux il ils je la là le les leur leurs lui ma mais me
    même mêmes mes moi mon ne nos notre nous on ou où par pas pour qu que qui sa se ses si son sur ta te tes toi ton tu
    un une vos votre vous y à a ai as ont est es sont suis sommes êtes était étaient étais étions être eu avait avais
    avaient avoir c d j l m n s t ça ceci cela celui celle ceux celles comme donc dont lors puis quel quelle quels
    quelles quand sans sous tout tous toute toutes très aussi alors ainsi car ci ni plus fait faire
    rice rices trice trices euse euses ère ères
"""
STOP_WORDS = frozenset(STOP_LIST.split())

_own = threading.local()


def fold(text: str) -> str:
    """Return `text` without case, accents and ligatures: "Cœur à l'Été" becomes "coeur a l'ete"."""
    plain = text.casefold().replace("œ", "oe").replace("æ", "ae")
    if plain.isascii():
        return plain
    return "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.category(c).startswith("M"))


STOP_WORDS_FOLDED = frozenset(fold(word) for word in STOP_WORDS) - {"ca", "etes"}


def words_of(text: str) -> Iterator[str]:
    """Yield the words of a text, in lower case: apostrophes, hyphens and median points part them."""
    for found in WORD.finditer(unicodedata.normalize("NFC", text).casefold()):
        yield found[0]


@lru_cache(maxsize=200_000)
def stems_of_word(word: str) -> tuple[str, ...]:
    """Return one or two stems of a word in lower case, or none for a stop word or a lone letter.

    French stems depend on accents ("égalité" → égal, "egalite" → egalit), and people leave accents out: so a word with
    accents has both stems, and is found either way.
    """
    if word in STOP_WORDS or len(word) > LONGEST_WORD:
        return ()
    stemmer = getattr(_own, "stemmer", None)
    if stemmer is None:  # a stemmer keeps the word it works on: one for each thread
        stemmer = _own.stemmer = snowballstemmer.stemmer("french")
    plain = fold(word)
    if len(plain) == 1 and not plain.isdigit():
        return ()
    # Folding may leave what is no word any more (a lone sign): keep letters and digits only.
    pair = ("".join(WORD.findall(fold(stemmer.stemWord(word)))), "".join(WORD.findall(stemmer.stemWord(plain))))
    return tuple(stem for stem in dict.fromkeys(pair) if stem)


def stems(text: str) -> str:
    """Return the stems of a text, parted by spaces: what the index keeps in the place of words."""
    return " ".join(stem for word in words_of(text) for stem in stems_of_word(word))


def title_stems(title: str) -> str:
    """Return the stems of a title, marked as such."""
    return " ".join(marked(tuple(stems(title).split())))


def stems_for_index(text: str) -> str:
    """Return `stems(text)`, leaving out the rarest ends of an enormous text that a database could not index."""
    found = stems(text)
    if len(found) <= HEAVIEST_INDEX:
        return found
    kept, known, weight = [], set(), 0
    for stem in found.split(" "):
        if stem not in known:
            cost = len(stem.encode()) + 8
            if weight + cost > HEAVIEST_INDEX:
                continue
            weight += cost
            known.add(stem)
        kept.append(stem)
    return " ".join(kept)


@dataclass(frozen=True)
class Sought:
    """One word of a question: any of `stems` answers it, or any word that begins with `prefix` (if not empty).

    The first `whole` of the stems are those of the word as typed; the others are guesses.
    """

    stems: tuple[str, ...]
    prefix: str = ""
    whole: int = 2


def marked(found: tuple[str, ...]) -> tuple[str, ...]:
    """Return stems as they are written in the index of titles, apart from those of texts."""
    return tuple(f"0{stem}" if stem else "" for stem in found)


def sought(question: str) -> list[Sought]:
    """Return what a question asks for: all of these words. Signs and operators are nothing but gaps between words.

    The last word may still be being typed: it also matches as a prefix, and, as stems are shorter than words
    ("coopérati" of "coopération", whose stem is "cooper"), by the stems that it begins with.
    """
    typed = list(words_of(question[:1000]))
    is_being_typed = bool(typed) and WORD.fullmatch(unicodedata.normalize("NFC", question[:1000])[-1:]) is not None
    last = typed.pop() if is_being_typed else ""
    asked = [Sought(found) for word in dict.fromkeys(typed) if (found := stems_of_word(word))][:MOST_WORDS]
    if last:
        plain = "".join(WORD.findall(fold(last)))[:LONGEST_WORD]
        guesses = [plain[:end] for end in range(max(SHORTEST_GUESS, len(plain) - 4), len(plain))]
        is_weak = last in STOP_WORDS or (len(plain) == 1 and not plain.isdigit())
        if plain and not (is_weak and asked):
            whole = stems_of_word(last)
            # One letter begins half of all words: it is no question yet.
            prefix = plain if len(plain) > 1 else ""
            if whole or prefix:
                asked.append(Sought(tuple(dict.fromkeys([*whole, *guesses])), prefix, len(whole)))
    return asked


def matches(word: str, asked: list[Sought]) -> bool:
    """Say whether a word of a text is one of those asked for."""
    found = stems_of_word(word)
    if not found:
        return False
    plain = fold(word)
    return any(
        (each.prefix and plain.startswith(each.prefix)) or any(stem in each.stems for stem in found) for each in asked
    )


def snippet(text: str, question: str, length: int = 200) -> list[tuple[str, bool]]:
    """Return about `length` characters of `text` around the words asked for, as pieces with "is a word asked for".

    The pieces together are a stretch of the text as it stands, with "…" where it was cut; without a hit, its beginning.
    """
    asked = sought(question)
    words = [(found.start(), found.end()) for found in WORD.finditer(text)]
    hits = [
        (start, end) for start, end in words if matches(unicodedata.normalize("NFC", text[start:end]).casefold(), asked)
    ]
    first, last = 0, min(length, len(text))
    if hits:
        # The window with most different words asked for; the earliest of equals.
        best = (0, 0)
        for place, (start, _) in enumerate(hits):
            inside = {stems_of_word(text[a:b].casefold()) for a, b in hits[place : place + 30] if b <= start + length}
            if len(inside) > best[0]:
                best = (len(inside), place)
        first = max(0, hits[best[1]][0] - length // 4)
        last = min(len(text), first + length)
        first = max(0, last - length)
    # Never cut within a word; a word as long as the window is cut all the same.
    if first and (edge := next((start for start, _ in words if first <= start < first + 40), None)) is not None:
        first = edge
    if last < len(text) and (edge := next((end for _, end in reversed(words) if last - 40 < end <= last), None)):
        last = max(edge, first)
    pieces: list[tuple[str, bool]] = [("… ", False)] if first else []
    place = first
    for start, end in hits:
        if start < place or end > last:
            continue
        if start > place:
            pieces.append((text[place:start], False))
        pieces.append((text[start:end], True))
        place = end
    if place < last:
        pieces.append((text[place:last], False))
    if last < len(text):
        pieces.append((" …", False))
    return pieces
