"""What is missing is made in a thread after the start: records, then vectors; questions go on meanwhile."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from qianche.corpus.errors import ModelMissing, QiancheError, StoreError
from qianche.indexing.knowledge_base import KnowledgeBase

log = logging.getLogger("qianche.service")
STOP_SECONDS = 30.0
"""How long a stop waits for the batch in hand."""


class BackgroundBuild:
    """Brings a knowledge base up to date beside the service; safe to interrupt, the next start goes on.

    Args:
        kb: the knowledge base.
        on_records: called once the records are there, before the vectors are made.
    """

    def __init__(self, kb: KnowledgeBase, on_records: Callable[[], object] | None = None) -> None:
        self._kb = kb
        self._on_records = on_records
        self._cancel = threading.Event()
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._run, name="qianche-build", daemon=True)
        self._records_ready = kb.status().records_ready
        self.failure: str | None = None
        """Why the build stopped, in Chinese; None while it runs and after it is done."""

    @property
    def records_ready(self) -> bool:
        """Whether questions can be answered; once true it stays true."""
        return self._records_ready

    def start(self) -> None:
        """Begin in a thread of its own."""
        self._thread.start()

    def stop(self) -> None:
        """Ask the thread to end and wait for the batch in hand."""
        self._cancel.set()
        if self._thread.is_alive():
            self._thread.join(STOP_SECONDS)

    def wait(self, timeout: float) -> bool:
        """Return whether the build came to its end within so many seconds."""
        return self._done.wait(timeout)

    def require_records(self) -> None:
        """Return if there are records to search, else raise `StoreError`."""
        if not self._records_ready:
            reason = self.failure or "资料正在入库，暂时不能查询。请稍候再试。"
            raise StoreError(reason, code="not-ready")

    def _run(self) -> None:
        """Make what is missing; an error is kept for `/readyz` and logged, it must not end the service."""
        try:
            self._build()
        except ModelMissing as error:
            log.info("%s", error.message)  # status() says so as well; not a failure of the build
        except QiancheError as error:
            self.failure = error.message
            log.error("%s: %s", error.code, error.message)
        except Exception:
            self.failure = "后台建立索引时出错，详情见日志。已有的资料仍可查询；请运行 `qianche build` 重建。"
            log.exception("background build")
        finally:
            self._done.set()

    def _build(self) -> None:
        """Build the records if they are missing, then the vectors that are missing."""
        if not self._records_ready:
            self._kb.build_records()
            self._records_ready = True
        if self._on_records is not None:
            self._on_records()
        if not self._cancel.is_set():
            # Also with every vector in place: this is where the model is loaded, searches do not wait for it.
            self._kb.build_vectors(cancelled=self._cancel.is_set)
