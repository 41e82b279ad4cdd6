"""Settings, logging and the knowledge base of a command; heavy packages are imported when needed."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qianche.service.cli.ending import INTERRUPTED, complain
from qianche.service.settings import Settings, load_settings

if TYPE_CHECKING:
    from qianche.corpus.intake import Intake
    from qianche.indexing.embedding import Embedder
    from qianche.indexing.importing import Importer
    from qianche.indexing.local import LocalKnowledgeBase

MODELS = "models"
"""Folder within the data folder where `open_knowledge_base` keeps models."""
BULK_THREADS = 2
"""For the model where one process embeds alone, as `load_default_embedder` advises."""
QUIET_SECONDS = 1.0
"""How long a stop may wait for the file under way before it says what it waits for."""


def begin(**given: Any) -> Settings:
    """Return the settings, and let only what is wrong be logged (all of it with QIANCHE_LOG_LEVEL=debug)."""
    settings = load_settings(**given)
    log_to_stderr(logging.DEBUG if settings.log_level == "debug" else logging.ERROR)
    return settings


def log_to_stderr(level: int) -> None:
    """Send the log of every package to stderr, from this level on."""
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger().setLevel(level)
    if level == logging.INFO:  # Haystack tells of every component of every search
        logging.getLogger("haystack").setLevel(logging.WARNING)


def open_base(settings: Settings, threads: int, *, wait_for_model: bool = True) -> LocalKnowledgeBase:
    """Return the knowledge base of the data folder."""
    from qianche.indexing.open import open_knowledge_base

    return open_knowledge_base(
        settings.home,
        recipe=settings.recipe,
        model_folder=settings.model_folder,
        threads=threads,
        wait_for_model=wait_for_model,
    )


@contextmanager
def knowledge_base(settings: Settings) -> Iterator[LocalKnowledgeBase]:
    """Lend the knowledge base to a command that has the machine for itself."""
    base = open_base(settings, min(BULK_THREADS, os.cpu_count() or 1))
    try:
        yield base
    finally:
        base.close()


@contextmanager
def records(*, changes: bool = False) -> Iterator[tuple[LocalKnowledgeBase, Importer]]:
    """Lend the knowledge base, its records made where they are missing, and the importer.

    Args:
        changes: whether a person changes something: what is written anew gets its vectors at the end.
    """
    from qianche.service.cli import output

    settings = begin()
    with (
        knowledge_base(settings) as base,
        importer(settings, base, with_vectors=False) as opened,
    ):
        with output.waiting("正在准备") as report:
            base.build_records(report)
        yield base, opened
        if changes:
            make_vectors(base)


def make_vectors(base: LocalKnowledgeBase) -> None:
    """Make the vectors that are missing; without them search goes by words, and that is said."""
    from qianche.corpus.errors import ModelMissing, QiancheError
    from qianche.service.cli import output
    from qianche.service.cli.ending import complain

    if base.status().vector_coverage >= 1:
        return
    try:
        with output.waiting("正在生成语义向量") as report:
            base.build_vectors(report)
    except ModelMissing:
        complain("没有语义模型，新资料暂按字词检索。")
    except QiancheError as error:
        complain(f"资料已写入，语义向量没有做完，暂按字词检索。{error.message}")


@contextmanager
def importer(
    settings: Settings, base: LocalKnowledgeBase, *, with_vectors: bool = True
) -> Iterator[Importer]:
    """Lend the importer of an open base; files are read in processes of their own, within the limits set.

    At the end the file under way is finished, then the readers go; the base is for the caller to close after that.

    Args:
        with_vectors: whether a job ends with making the vectors of what it brought.
    """
    from qianche.corpus.reading.isolation import WorkerPool
    from qianche.indexing.open import open_importer

    limits = settings.import_limits
    with WorkerPool(settings.import_workers, limits) as pool:

        def take_in(path: Path, name: str) -> Intake:
            # Imported with the first file: a command that reads none would wait half a second for it.
            from qianche.corpus.taking_in import isolated_take_in

            return isolated_take_in(pool, limits)(path, name)

        opened = open_importer(base, take_in, readers=settings.import_workers, with_vectors=with_vectors)
        try:
            yield opened
        finally:
            _close(opened)


def _close(opened: Importer) -> None:
    """Close an importer; told to stop a second time, end the process at once.

    That loses nothing: what is on the disk is whole at every moment, the readers end with this process, and the
    next run goes on with what is not finished.
    """
    told = threading.Timer(
        QUIET_SECONDS,
        complain,
        ["正在停止：等手上的一步做完。再按一次 Ctrl+C 则立即停止，没有导入完的下次接着导入。"],
    )
    told.daemon = True
    try:
        told.start()
        opened.close()
    except (KeyboardInterrupt, SystemExit):
        os._exit(INTERRUPTED)
    finally:
        told.cancel()


def load_model(settings: Settings, report: Callable[[int, int], None]) -> Embedder:
    """Return the embedding model that the settings name, converted first where it is not yet."""
    from qianche.indexing.embedding import SentenceTransformerEmbedder, load_default_embedder

    if settings.model_folder is not None:
        return SentenceTransformerEmbedder(settings.model_folder)
    return load_default_embedder(settings.home / MODELS, recipe=settings.recipe, on_progress=report)
