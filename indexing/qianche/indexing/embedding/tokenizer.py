"""The tokeniser of the default model: sentencepiece with the vocabulary of the weight file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import sentencepiece

from qianche.indexing.embedding.e5_file import Vocabulary

MODEL_FILE = "sentencepiece.model"
MAP_FILE = "normalisation.json"

_REPLACED = {0: " "} | dict.fromkeys(range(0xD800, 0xE000), " ")
"""NUL would become `<unk>`, a lone surrogate cannot be encoded; both separate words."""


def write_tokenizer(vocabulary: Vocabulary, folder: Path) -> None:
    """Write the sentencepiece model and the normalisation map that `Tokenizer` reads."""
    # Loads protobuf, which only a conversion needs.
    from sentencepiece import sentencepiece_model_pb2

    proto: Any = sentencepiece_model_pb2  # Its classes are made at run time.

    model = proto.ModelProto()
    kinds = proto.ModelProto.SentencePiece
    special = {vocabulary.unk: kinds.UNKNOWN, len(vocabulary.pieces) - 1: kinds.CONTROL}
    special |= dict.fromkeys((vocabulary.bos, vocabulary.eos, vocabulary.pad), kinds.CONTROL)
    for number, (piece, score) in enumerate(zip(vocabulary.pieces, vocabulary.scores.tolist(), strict=True)):
        model.pieces.add(piece=piece, score=score, type=special.get(number, kinds.NORMAL))
    trainer = model.trainer_spec
    trainer.model_type = proto.TrainerSpec.UNIGRAM
    trainer.vocab_size = len(vocabulary.pieces)
    trainer.bos_id, trainer.eos_id = vocabulary.bos, vocabulary.eos
    trainer.pad_id, trainer.unk_id = vocabulary.pad, vocabulary.unk
    model.normalizer_spec.name = "identity"
    (folder / MODEL_FILE).write_bytes(model.SerializeToString())
    rules = {str(point): text for point, text in vocabulary.normalisation.items()}
    (folder / MAP_FILE).write_text(json.dumps(rules), encoding="ascii")


class Tokenizer:
    """Turns text into the ids of its pieces, without the marks around it. Threads may share it."""

    def __init__(self, folder: Path) -> None:
        self._processor = sentencepiece.SentencePieceProcessor(model_file=str(folder / MODEL_FILE))
        rules = json.loads((folder / MAP_FILE).read_text(encoding="ascii"))
        self._rules = {int(point): text for point, text in rules.items()} | _REPLACED
        self.bos = int(self._processor.bos_id())
        self.eos = int(self._processor.eos_id())
        self.pad = int(self._processor.pad_id())

    def clean(self, text: str) -> str:
        """Return the text as the model's normalisation leaves it, stripped; "" for a blank text.

        Plain NFKC is not this map: tabs, line ends and zero-width characters become blanks, control
        characters vanish. NUL and lone surrogates become blanks.
        """
        return text.translate(self._rules).strip()

    def encode(self, cleaned: Sequence[str]) -> list[list[int]]:
        """Return the piece ids of texts that `clean` returned."""
        ids: list[list[int]] = self._processor.encode(list(cleaned), num_threads=1)
        return ids
