"""Opening a knowledge base on a folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qianche.indexing.embedding import Embedder, SentenceTransformerEmbedder, load_default_embedder
from qianche.indexing.embedding.default_model import DEFAULT_RECIPE
from qianche.indexing.local import LocalKnowledgeBase
from qianche.indexing.store.embedded import EmbeddedKnowledgeStore

if TYPE_CHECKING:
    from qianche.corpus.intake import TakeIn
    from qianche.indexing.importing import Importer


def open_knowledge_base(
    home: Path,
    *,
    recipe: str = DEFAULT_RECIPE,
    model_folder: Path | None = None,
    threads: int = 1,
    wait_for_model: bool = True,
) -> LocalKnowledgeBase:
    """Return the knowledge base of a data folder, made if it is not there; nothing is built yet.

    Args:
        home: the data folder.
        recipe: of the default model, `exact` or `int8`.
        model_folder: a local SentenceTransformer folder to use in place of the default model.
        threads: of the default model: 1 for a server, 2 for a bulk build.
        wait_for_model: whether a search waits until the model is loaded (converted the first time); a server
            answers lexically meanwhile.

    Raises:
        StoreError: the folder cannot be used as it is; the message says what to do.
    """

    def load() -> Embedder:
        if model_folder is not None:
            return SentenceTransformerEmbedder(model_folder)
        return load_default_embedder(home / "models", recipe=recipe, threads=threads)

    return LocalKnowledgeBase(EmbeddedKnowledgeStore(home), load, home, wait_for_model=wait_for_model)


def open_importer(
    base: LocalKnowledgeBase, take_in: TakeIn, *, readers: int = 1, with_vectors: bool = True
) -> Importer:
    """Return the importer of a knowledge base; it shares the base's store and embeds with its model.

    Args:
        base: where the records go.
        take_in: reads one file; called by `readers` threads at once.
        readers: how many files are read at once.
        with_vectors: whether a job ends with embedding what it brought; else the caller does, or the next build.
    """
    build_vectors = base.build_vectors if with_vectors else None
    from qianche.indexing.importing import Importer  # half a second that no search should wait

    return Importer(base.store, base.home, take_in, build_vectors=build_vectors, readers=readers)
