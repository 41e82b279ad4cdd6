"""The page of a case: the record, what imported files tell of it, and what persons make of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Form
from starlette.responses import RedirectResponse, Response

from qianche.corpus.casebook import case_to_payload
from qianche.corpus.errors import NotFound, QiancheError
from qianche.indexing.importing import Importer
from qianche.indexing.importing.corrections import FIELDS
from qianche.indexing.knowledge_base import KnowledgeBase
from qianche.indexing.rulebook.case_law import case_law
from qianche.service import wire
from qianche.service.import_labels import field_label
from qianche.service.pages.accounts import Told, told_of
from qianche.service.pages.navigation import Navigation
from qianche.service.pages.quoting import anchor
from qianche.service.pages.rendering import Page
from qianche.service.typed_values import field_input, signed, typed_value

SIMILAR = 6
"""Similar cases on a case's page."""
Typed = Annotated[str, Form()]
_DONE = {"correct": "已更正“{}”。", "withdraw": "已撤回对“{}”的更正。"}


@dataclass(frozen=True, slots=True)
class Attempt:
    """A form that could not be carried out: which one, what was typed, what was wrong."""

    form: str
    value: str
    error: str


class CasePage:
    """Makes the page of a case, or of one that waits for its date.

    Args:
        kb: the knowledge base.
        importer: None for a service that only answers.
        page: renders a template.
    """

    def __init__(self, kb: KnowledgeBase, importer: Importer | None, page: Page) -> None:
        self._kb = kb
        self._importer = importer
        self._page = page

    def __call__(
        self, case_id: str, *, who: str = "", done: str = "", attempt: Attempt | None = None
    ) -> Response:
        """Return the page; `done` names what was just done to the case, `attempt` what could not be.

        Raises:
            NotFound: no such case, and no account that waits under this id.
        """
        try:
            case = self._kb.case(case_id)
        except NotFound:
            told = self._told(case_id, None)
            if told is None or not told.accounts:
                raise
            return self._render("waiting_case.html", case_id, told, who, done, attempt)
        similar = [wire.case_hit(hit) for hit in self._kb.similar_cases(case_id, SIMILAR)]
        told = self._told(case_id, case_to_payload(case)) if self._importer else None
        law = wire.case_law(case_law(self._kb, case_id, date.today()))
        return self._render(
            "case.html", case_id, told, who, done, attempt, case=wire.case_record(case), similar=similar,
            law=law,
        )  # fmt: skip

    def _told(self, case_id: str, payload: dict[str, Any] | None) -> Told | None:
        return None if self._importer is None else told_of(self._importer, case_id, payload)

    def _render(
        self, template: str, case_id: str, told: Told | None, who: str, done: str,
        attempt: Attempt | None, **values: Any,
    ) -> Response:  # fmt: skip
        split = done.removeprefix("split:") if done.startswith("split:") else ""
        return self._page(
            template, 422 if attempt else 200, case_id=case_id, told=told, who=who, attempt=attempt,
            message=_message(done), split=split, day_input=field_input("occurred_on"), query="", **values,
        )  # fmt: skip


def _message(done: str) -> str:
    """What was just done, in Chinese; "" for anything that no form of ours leads to."""
    what, _, field = done.partition(":")
    if what in _DONE and field in FIELDS:
        return _DONE[what].format(field_label(field))
    return {"split": "已拆出，那份记述恢复为单独的案例。", "join": "已并入本案例。"}.get(what, "")


def build_router(importer: Importer, show: CasePage, navigation: Navigation) -> APIRouter:
    """Return the routes by which a person corrects a case and takes accounts apart or together."""
    router = APIRouter(include_in_schema=False)

    @router.post("/cases/{case_id}/corrections")
    def correct(case_id: str, field: Typed = "", value: Typed = "", who: Typed = "") -> Response:
        try:
            importer.correct(case_id, field, typed_value(field, value), signed(who))
        except NotFound:
            raise
        except QiancheError as error:
            return show(case_id, who=who, attempt=Attempt(f"field:{field}", value, error.message))
        navigation.forget()
        return _back(case_id, f"correct:{field}", who, anchor(f"field:{field}"))

    @router.post("/cases/{case_id}/withdrawals")
    def withdraw(case_id: str, field: Typed = "", who: Typed = "") -> Response:
        try:
            importer.withdraw(case_id, field, signed(who))
        except QiancheError as error:
            return show(case_id, who=who, attempt=Attempt(f"withdraw:{field}", "", error.message))
        navigation.forget()
        return _back(case_id, f"withdraw:{field}", who, anchor(f"field:{field}"))

    @router.post("/accounts/{account_id}/split")
    def split(account_id: str, who: Typed = "") -> Response:
        case_id = importer.account(account_id).case_id or account_id
        try:
            importer.split(account_id, signed(who))
        except QiancheError as error:
            return show(case_id, who=who, attempt=Attempt(f"split:{account_id}", "", error.message))
        navigation.forget()
        return _back(case_id, f"split:{account_id}", who, "told")

    @router.post("/accounts/{account_id}/join")
    def join(account_id: str, case_id: Typed = "", who: Typed = "") -> Response:
        before = importer.account(account_id).case_id or account_id
        target = case_id.strip().rstrip("/").rpartition("/")[2]  # the address of a case is understood as well
        try:
            importer.join(account_id, target, signed(who))
        except QiancheError as error:
            return show(before, who=who, attempt=Attempt(f"join:{account_id}", case_id, error.message))
        navigation.forget()
        return _back(target, f"join:{account_id}", who, "told")

    return router


def _back(case_id: str, done: str, who: str, place: str) -> Response:
    """Lead back to the case, to the place where something was done."""
    query = urlencode({"done": done, "who": signed(who)})
    return RedirectResponse(f"/cases/{quote(case_id, safe='')}?{query}#{place}", 303)
