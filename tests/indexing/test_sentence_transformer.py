"""Any SentenceTransformer folder as an embedder, and the default weights written as one (extra `models`)."""

from __future__ import annotations

import importlib.util
import json
import random
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from tests.indexing.weights import needs_weights

from qianche.corpus.errors import BadRequest, ModelMissing
from qianche.indexing.embedding import (
    OnnxE5Embedder,
    SentenceTransformerEmbedder,
    export_sentence_transformer,
)

needs_extra = pytest.mark.skipif(
    importlib.util.find_spec("sentence_transformers") is None,
    reason="sentence-transformers is not installed (extra `models`)",
)

PLACES = "采煤面 掘进头 罐区 装卸台 塔吊 基坑 脚手架 配电柜 反应釜 除尘器 锅炉 渡船 槽罐车 液化气瓶 尾矿库 竖井 烘干窑"
STATES = (
    "没有 未按规定 擅自 长期 临时 反复 缺少 拆除 停用 超过 3人 12米 45℃ 0.8 MPa 2019年 DN150 AQ-7 pump valve"
)
THINGS = "护栏 报警器 接地线 安全阀 连锁 通风 支护 警戒 审批 培训 记录 巡检 气体检测 监护人"
WORDS = f"{PLACES} {STATES} {THINGS}".split()


def generated_texts(count: int) -> list[str]:
    """Return texts of 2 to 60 words, the same every time."""
    chance = random.Random(20)
    return [
        "，".join(
            "".join(chance.choices(WORDS, k=chance.randint(2, 5))) for _ in range(chance.randint(1, 12))
        )
        for _ in range(count)
    ]


@pytest.fixture(scope="module")
def exported(cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The default weights as a SentenceTransformer folder."""
    folder = tmp_path_factory.mktemp("exported") / "e5"
    calls: list[tuple[int, int]] = []
    export_sentence_transformer(cache, folder, on_progress=lambda done, total: calls.append((done, total)))
    assert calls[-1] == (4, 4)
    return folder


@pytest.fixture(scope="module")
def embedder(exported: Path) -> SentenceTransformerEmbedder:
    return SentenceTransformerEmbedder(exported, device="cpu")


@needs_extra
@needs_weights
def test_the_exported_folder_equals_the_default_embedder_on_200_texts(
    exported: Path, exact: OnnxE5Embedder
) -> None:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(exported), device="cpu")
    texts = generated_texts(200)
    passages = model.encode(texts[:120], prompt_name="passage", show_progress_bar=False)
    queries = model.encode(texts[120:], prompt_name="query", show_progress_bar=False)
    assert (passages * exact.embed_passages(texts[:120])).sum(axis=1).min() >= 0.999
    ours = np.stack([exact.embed_query(text) for text in texts[120:]])
    assert (queries * ours).sum(axis=1).min() >= 0.999


@needs_extra
@needs_weights
def test_prefixes_come_from_the_folder(embedder: SentenceTransformerEmbedder, exact: OnnxE5Embedder) -> None:
    texts = generated_texts(12)
    assert embedder.dim == 384
    assert (embedder.embed_passages(texts) * exact.embed_passages(texts)).sum(axis=1).min() >= 0.999
    query = embedder.embed_query("井口没有护栏")
    assert float(query @ exact.embed_query("井口没有护栏")) >= 0.999
    assert float(query @ embedder.embed_passages(["井口没有护栏"])[0]) < 0.99


@needs_extra
@needs_weights
def test_long_texts_count_to_their_end(embedder: SentenceTransformerEmbedder, exact: OnnxE5Embedder) -> None:
    long_text = "。".join(generated_texts(60))
    changed = long_text[: len(long_text) // 2] + "苹果树要在冬天剪枝。" * 60
    calls: list[tuple[int, int]] = []
    vectors = embedder.embed_passages(
        [long_text, changed, "短"], lambda done, total: calls.append((done, total))
    )
    # Cut after one window they would be the same.
    assert float(vectors[0] @ vectors[1]) < 0.999
    # Not equal: here every window has the prefix, and the mean is taken after normalisation.
    assert float(vectors[0] @ exact.embed_passages([long_text])[0]) >= 0.99
    assert calls[-1] == (3, 3)


@needs_extra
@needs_weights
def test_awkward_texts_meet_the_same_rules_as_with_the_default(embedder: SentenceTransformerEmbedder) -> None:
    with pytest.raises(BadRequest, match="检索内容是空的"):
        embedder.embed_query(" \x00")
    with pytest.raises(BadRequest, match="第 1 段文字是空的"):
        embedder.embed_passages([""])
    assert embedder.embed_passages([]).shape == (0, 384)
    assert np.array_equal(embedder.embed_query("罐区\x00抽烟"), embedder.embed_query("罐区\ud800抽烟"))
    with ThreadPoolExecutor(4) as pool:
        vectors = list(pool.map(embedder.embed_query, generated_texts(8)))
    assert all(vector.shape == (384,) and abs(np.linalg.norm(vector) - 1) < 1e-5 for vector in vectors)


@needs_extra
@needs_weights
def test_another_prompt_in_the_folder_is_another_identity(exported: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(exported, tmp_path / "e5")
    before = SentenceTransformerEmbedder(folder).identity
    assert before == SentenceTransformerEmbedder(exported).identity
    settings = folder / "config_sentence_transformers.json"
    content = json.loads(settings.read_text(encoding="utf-8"))
    content["prompts"]["query"] = "问："
    settings.write_text(json.dumps(content), encoding="utf-8")
    assert SentenceTransformerEmbedder(folder).identity != before


@needs_extra
@needs_weights
def test_a_damaged_folder_is_reported_in_chinese(exported: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(exported, tmp_path / "e5", ignore=shutil.ignore_patterns("*.safetensors"))
    (folder / "model.safetensors").write_bytes(b"short")
    with pytest.raises(ModelMissing, match="无法加载"):
        SentenceTransformerEmbedder(folder).embed_query("罐区有人抽烟")


def test_a_folder_that_is_no_model_is_reported(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match=r"不是 SentenceTransformer 模型目录.*qianche model export"):
        SentenceTransformerEmbedder(tmp_path).embed_query("罐区有人抽烟")


def test_without_the_extra_the_message_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "modules.json").write_text("[]")
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    monkeypatch.setitem(sys.modules, "safetensors.numpy", None)
    with pytest.raises(ModelMissing, match=r"pip install 'qianche\[models\]'"):
        SentenceTransformerEmbedder(tmp_path).embed_query("罐区有人抽烟")
    with pytest.raises(ModelMissing, match=r"pip install 'qianche\[models\]'"):
        export_sentence_transformer(tmp_path, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_nothing_is_written_over_a_folder_with_content(tmp_path: Path) -> None:
    (tmp_path / "报告.txt").write_text("保留", encoding="utf-8")
    with pytest.raises(BadRequest, match="已有内容"):
        export_sentence_transformer(tmp_path, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["报告.txt"]
