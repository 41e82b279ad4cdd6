"""Settings, logging and the knowledge base of a command; heavy packages are imported when needed."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from qianche.service.settings import Settings, load_settings

if TYPE_CHECKING:
    from qianche.indexing.embedding import Embedder
    from qianche.indexing.knowledge_base import KnowledgeBase

MODELS = "models"
"""Folder within the data folder where `open_knowledge_base` keeps models."""
BULK_THREADS = 2
"""For the model where one process embeds alone, as `load_default_embedder` advises."""


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


def open_base(settings: Settings, threads: int, *, wait_for_model: bool = True) -> KnowledgeBase:
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
def knowledge_base(settings: Settings) -> Iterator[KnowledgeBase]:
    """Lend the knowledge base to a command that has the machine for itself."""
    base = open_base(settings, min(BULK_THREADS, os.cpu_count() or 1))
    try:
        yield base
    finally:
        base.close()


def load_model(settings: Settings, report: Callable[[int, int], None]) -> Embedder:
    """Return the embedding model that the settings name, converted first where it is not yet."""
    from qianche.indexing.embedding import SentenceTransformerEmbedder, load_default_embedder

    if settings.model_folder is not None:
        return SentenceTransformerEmbedder(settings.model_folder)
    return load_default_embedder(settings.home / MODELS, recipe=settings.recipe, on_progress=report)
