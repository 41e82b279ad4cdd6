"""The one family of errors a user can meet; every message is Chinese: what happened, then what to do."""

from __future__ import annotations


class QiancheError(Exception):
    """An error whose message is written for the user, in Chinese.

    Args:
        message: what happened (with the value), then what to do.
        code: short English slug, stable, for programs (`problem.code` on the wire).
    """

    code = "error"

    def __init__(self, message: str, *, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        if code is not None:
            self.code = code


class BadRequest(QiancheError):
    """The user asked for something that cannot be asked (exit code 2, HTTP 422 or 400)."""

    code = "bad-request"


class NotFound(QiancheError):
    """The thing asked for does not exist (exit code 1, HTTP 404)."""

    code = "not-found"


class BadRecord(QiancheError):
    """A data file holds a record that breaks its schema; the message names file and line."""

    code = "bad-record"


class StoreError(QiancheError):
    """The data folder or the index cannot be used as it is; the message says what to do."""

    code = "store"


class ModelMissing(QiancheError):
    """No embedding model is on this machine; search goes on lexically."""

    code = "model-missing"
