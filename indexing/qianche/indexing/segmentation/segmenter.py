"""Words of a text: jieba with the safety dictionary, each word with its place in the original text."""

from __future__ import annotations

import io
import marshal
import os
import sys
import tempfile
import threading
import warnings
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from qianche.indexing.segmentation.dictionary import Dictionary, bundled_dictionary
from qianche.indexing.segmentation.normalise import normalise_with_offsets
from qianche.indexing.segmentation.tables import FOLDER

STOP_WORDS_FILE = FOLDER / "stop_words.txt"

_CACHE_FORMAT = "1"
# Words of jieba's list seen fewer than 5 times in its corpus are mostly names of people and places: without
# them the table has 137,000 entries instead of 498,000 and loads in a quarter of the time and memory.
_LEAST_FREQUENCY = 5
# Least weight of a word of the trades, so that everyday words around it do not pull it apart.
_DOMAIN_FREQUENCY = 100

Frequencies = tuple[dict[str, int], int]


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it was cut.

    Args:
        text: in normalised form; the original wording is `original[start:end]`.
        start: code points into the original text, half-open with `end`.
        kind: a key of `dictionary.KINDS`, None for a word of no trade.
    """

    text: str
    start: int
    end: int
    kind: str | None


class Segmenter:
    """Cuts text into words with jieba and the safety dictionary; safe to share between threads.

    Nothing is loaded before the first cut (`warm_up` does it ahead of time). No words are guessed (jieba's
    HMM is off): what no list knows falls into single characters.

    Args:
        dictionary: words of the trades; None takes the bundled ones.
        cache_folder: where the prepared word table is kept between processes; None keeps it in memory only.
            A damaged or foreign file there is replaced; a folder that cannot be written costs only time.
    """

    def __init__(self, dictionary: Dictionary | None = None, cache_folder: Path | None = None) -> None:
        self._dictionary = dictionary
        self._cache_folder = cache_folder
        self._lock = threading.Lock()
        self._tokenizer: Any = None

    @property
    def dictionary(self) -> Dictionary:
        """The words of the trades this segmenter knows."""
        if self._dictionary is None:
            self._dictionary = bundled_dictionary()
        return self._dictionary

    def warm_up(self) -> None:
        """Load the word table; takes 0.2 s with a cached table, 1 s without."""
        with self._lock:
            if self._tokenizer is None:
                self._tokenizer = _load_tokenizer(self.dictionary, self._cache_folder)

    def cut(self, text: str) -> list[Word]:
        """Return the words of a text in reading order, spaces and punctuation left out."""
        if self._tokenizer is None:
            self.warm_up()
        normalised, offsets = normalise_with_offsets(text)
        words: list[Word] = []
        position = 0
        for token in self._tokenizer.cut(normalised, HMM=False):
            end = position + len(token)
            if any(character.isalnum() for character in token):
                entry = self.dictionary.get(token)
                kind = entry.kind if entry else None
                words.append(Word(token, offsets[position][0], offsets[end - 1][1], kind))
            position = end
        return words

    def key_terms(self, text: str) -> list[Word]:
        """Return the words that carry the meaning, each once: words of the trades first, then the others.

        Each group is in reading order. Left out: stop words, single characters and numbers.
        """
        first: dict[str, Word] = {}
        for word in self.cut(text):
            if word.kind or _carries_meaning(word.text):
                first.setdefault(word.text, word)
        return sorted(first.values(), key=lambda word: (word.kind is None, word.start))


def _carries_meaning(word: str) -> bool:
    """Tell whether a word of no trade is worth showing."""
    return len(word) > 1 and word not in _stop_words() and not word.replace(".", "").isdecimal()


@cache
def _stop_words() -> frozenset[str]:
    """Read the words that carry no meaning of their own."""
    return frozenset(STOP_WORDS_FILE.read_text("utf-8").split())


def _load_tokenizer(dictionary: Dictionary, cache_folder: Path | None) -> Any:
    """Return a jieba tokenizer of our own with the word table in place."""
    known = "pkg_resources" in sys.modules
    if not known:
        # jieba would load it (0.1 s, a warning to our users) only to open its own files, and does without it.
        sys.modules["pkg_resources"] = None  # type: ignore[assignment]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import jieba
    finally:
        if not known:
            del sys.modules["pkg_resources"]
    jieba.setLogLevel("ERROR")
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = _frequencies(tokenizer, jieba.__version__, dictionary, cache_folder)
    tokenizer.initialized = True
    return tokenizer


def _frequencies(
    tokenizer: Any, release: str, dictionary: Dictionary, cache_folder: Path | None
) -> Frequencies:
    """Return the word table from the cache, else built and cached."""
    if cache_folder is None:
        return _build(tokenizer, dictionary)
    settings = f"{_CACHE_FORMAT} {release} {dictionary.version} {_LEAST_FREQUENCY} {_DOMAIN_FREQUENCY}"
    # marshal's own format depends on the interpreter.
    name = blake2b(f"{settings} {marshal.version}".encode(), digest_size=8).hexdigest()
    path = cache_folder / f"words-{name}.bin"
    table = _read_cache(path)
    if table is None:
        table = _build(tokenizer, dictionary)
        _write_cache(path, table)
    return table


def _build(tokenizer: Any, dictionary: Dictionary) -> Frequencies:
    """Build the word table: jieba's commoner words, then ours, each heavy enough to come out whole."""
    with tokenizer.get_dict_file() as file:
        kept = [line for line in file if int(line.split()[1]) >= _LEAST_FREQUENCY]
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(io.BytesIO(b"".join(kept)))
    tokenizer.initialized = True
    for entry in dictionary:
        weight = max(tokenizer.suggest_freq(entry.word), _DOMAIN_FREQUENCY)
        tokenizer.add_word(entry.word, weight)
    return tokenizer.FREQ, tokenizer.total


def _read_cache(path: Path) -> Frequencies | None:
    """Return the table in a cache file, None where it is missing or not what was written."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    checksum, payload = data[:16], data[16:]
    if blake2b(payload, digest_size=16).digest() != checksum:
        return None
    frequencies, total = marshal.loads(payload)
    return frequencies, total


def _write_cache(path: Path, table: Frequencies) -> None:
    """Write the cache file beside its place and move it there, so that no process ever sees half of it."""
    payload = marshal.dumps(table)
    temporary: str | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.stem)
        with os.fdopen(handle, "wb") as file:
            file.write(blake2b(payload, digest_size=16).digest() + payload)
        Path(temporary).replace(path)
    except OSError:
        # A cache that cannot be kept only means building again next time.
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)
