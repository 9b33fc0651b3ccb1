"""Finding a type or service by everyday words: by name, abbreviation, synonym, with a slip of the finger forgiven."""

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from catalogue.everyday_words import everyday_words
from catalogue.licences import licence_types
from catalogue.standards_book import service_standards

NAME, SHORT, WORD, LINE, PHRASE = 3.0, 8.0, 4.0, 1.5, 6.0
EXACT, BEGINNING, SLIP = 1.0, 0.75, 0.6
WORTH = 0.4  # of the best find: what scores less is noise
LONGEST = 80  # letters of a question that are looked at
SHOWN = 12
_PREFIXES = ("meng", "meny", "mem", "men", "ber", "per", "peng", "pem", "pen", "di", "me", "pe")
_SUFFIXES = ("kan", "nya", "an", "i")


@dataclass(frozen=True)
class Find:
    """One type or service that was found: which, and how well it fits."""

    code: str
    score: float


def search(question: str) -> list[Find]:
    """What fits the question, the best first; nothing for a question without a word in it."""
    words = _words(question[:LONGEST])
    telling = [word for word in words if word not in everyday_words().empty]
    if not telling:
        return []
    scores: dict[str, float] = defaultdict(float)
    for word in telling:
        best: dict[str, float] = {}
        for known, how_well in _alike(word).items():
            for code, weight in _index()[known].items():
                best[code] = max(best.get(code, 0.0), weight * how_well)
        for code, gained in best.items():
            scores[code] += gained
    asked = f" {' '.join(_stem(word) for word in words)} "
    for phrase, codes in _phrases().items():
        if f" {phrase} " in asked:
            for place, code in enumerate(codes):
                scores[code] += PHRASE * (1 - 0.15 * place)
    offered = _popularity()
    ranked = sorted(scores.items(), key=lambda each: (-each[1], -offered[each[0]], each[0]))
    return [Find(code, score) for code, score in ranked if score >= WORTH * ranked[0][1]][:SHOWN]


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.lower())
    return re.findall(r"[a-z0-9]+", "".join(letter for letter in plain if not unicodedata.combining(letter)))


def _stem(word: str) -> str:
    """The word without what Indonesian puts before and after it, as far as four letters remain."""
    for prefix in _PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= 4:
            word = word[len(prefix) :]
            break
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 4:
            return word[: -len(suffix)]
    return word


@cache
def _index() -> dict[str, dict[str, float]]:
    """Every word by which something is known (its stem), with what it means and how telling it is there."""
    index: dict[str, dict[str, float]] = defaultdict(dict)

    def know(text: str, code: str, weight: float) -> None:
        for word in _words(text):
            if word not in everyday_words().empty:
                entry = index[_stem(word)]
                entry[code] = max(entry.get(code, 0.0), weight)

    for kind in licence_types().values():
        know(kind.name, kind.code, NAME)
        know(kind.abbreviation or "", kind.code, SHORT)
        know(kind.code.replace("_", " "), kind.code, NAME)
        for line in kind.lines:
            know(line.name, kind.code, LINE)
    for standard in service_standards().values():
        know(standard.title, standard.code, NAME)
    for group in everyday_words().groups:
        for said in group.say:
            for place, code in enumerate(group.means):
                know(said, code, (WORD if " " not in said else LINE) * (1 - 0.15 * place))
    return dict(index)


@cache
def _phrases() -> dict[str, list[str]]:
    """What people say, as stems, and what it means."""
    return {
        " ".join(_stem(word) for word in _words(said)): group.means
        for group in everyday_words().groups
        for said in group.say
    }


@cache
def _popularity() -> dict[str, int]:
    """How often each was asked for in the last printed year: of two that fit alike the commoner comes first."""
    types = {kind.code: (kind.counts[-1] or 0) if kind.ended is None else -1 for kind in licence_types().values()}
    return types | dict.fromkeys(service_standards(), 0)


@cache
def _vocabulary() -> tuple[str, ...]:
    return tuple(_index())


def _alike(word: str) -> dict[str, float]:
    """The known words that may be meant, and how well each fits."""
    stem = _stem(word)
    if stem in _index():
        return {stem: EXACT}
    beginning = {known: BEGINNING for known in _vocabulary() if len(stem) >= 3 and known.startswith(stem)}
    if beginning:
        return beginning
    allowed = 0 if len(stem) < 4 else 1 if len(stem) < 7 else 2
    return {known: SLIP for known in _vocabulary() if allowed and len(known) > 3 and _apart(stem, known) <= allowed}


def _apart(one: str, other: str) -> int:
    """How many slips lie between two words: a letter wrong, missing, too much, or two swapped; above 2 cut off."""
    if abs(len(one) - len(other)) > 2:
        return 3
    before, above = [], list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        row = [i]
        for j, its in enumerate(other, start=1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (letter != its))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == its:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, above = above, row
    return above[-1]
