"""`qianche serve` in a process of its own, asked over loopback."""

from __future__ import annotations

import http.client
import json
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.relevance.questions import read_questions

CLIENTS = 8
WARM_UP = 20
START_SECONDS = 120
QIANCHE = Path(sys.executable).with_name("qianche")


def questions(count: int, salt: str) -> list[str]:
    """Distinct queries from the question sets, so that no cache of query vectors answers."""
    texts = [q.query for name in ("tune", "guard", "no_answer") for q in read_questions(name)]
    return [f"{texts[i % len(texts)]} {salt}{i}" for i in range(count)]


def environment(home: Path, recipe: str) -> dict[str, str]:
    """The environment of a `qianche` process: byte code may be kept, as after an ordinary installation."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("QIANCHE_")}
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    return kept | {"QIANCHE_HOME": str(home), "QIANCHE_RECIPE": recipe}


@dataclass(frozen=True)
class Service:
    """A running service."""

    port: int
    process: psutil.Process

    def connect(self) -> http.client.HTTPConnection:
        """Return a connection that is kept open."""
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def memory(self) -> tuple[float, float]:
        """Resident memory, and the part of it that no file backs and nobody shares; MiB."""
        full = self.process.memory_full_info()
        return full.rss / 2**20, full.uss / 2**20

    def cpu_seconds(self) -> float:
        """CPU time used so far."""
        times = self.process.cpu_times()
        return float(times.user + times.system)


def post(connection: http.client.HTTPConnection, query: str) -> tuple[int, bytes]:
    """One search of both kinds with facets (what is asked when nothing is said): status and body."""
    body = json.dumps({"query": query, "kinds": ["case", "rule"], "facets": True})
    connection.request("POST", "/api/search", body, {"content-type": "application/json"})
    response = connection.getresponse()
    return response.status, response.read()


@contextmanager
def serving(home: Path, recipe: str) -> Iterator[Service]:
    """Lend a service that answers with both legs; it is stopped afterwards."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(QIANCHE), "serve", "--port", str(port)]
    process = subprocess.Popen(
        command, env=environment(home, recipe), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        service = Service(port, psutil.Process(process.pid))
        _wait_for_vectors(service, process)
        yield service
    finally:
        process.terminate()
        process.wait(60)


def _wait_for_vectors(service: Service, process: subprocess.Popen[bytes]) -> None:
    """Return once a search answers 200 without the notice that vectors are pending."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            status, body = post(service.connect(), "预热")
        except OSError:
            time.sleep(0.1)
            continue
        if status == 200 and b"vectors-pending" not in body and b"no-model" not in body:
            return
        time.sleep(0.1)
    raise SystemExit("the service did not answer with both legs")


@dataclass(frozen=True)
class OneClient:
    """Milliseconds of one client's searches; embeddings and searches take turns in one run."""

    search_p50: float
    search_p95: float
    search_cpu: float
    """CPU time of the service a search, mean."""
    query_p50: float
    """Embedding the query alone."""
    expanded_p50: float
    """Embedding what a search embeds: the query with what the glossary adds."""
    above_p50: float
    """Median of each search minus the embedding of its own query."""


def one_client(
    service: Service, embed: Callable[[str], object], expand: Callable[[str], str], count: int
) -> OneClient:
    """Measure `count` searches; each query is embedded alone right before it is searched."""
    connection = service.connect()
    rows: list[tuple[float, float, float]] = []
    started_cpu = 0.0
    for position, query in enumerate(questions(count + WARM_UP, "甲")):
        if position == WARM_UP:
            started_cpu = service.cpu_seconds()
        expanded = expand(query) + " 乙"  # another text than the query, or the embedder's cache answers
        t0 = time.perf_counter()
        embed(expanded)
        t1 = time.perf_counter()
        embed(query)
        t2 = time.perf_counter()
        status, body = post(connection, query)
        t3 = time.perf_counter()
        if status != 200:
            raise SystemExit(f"{status}: {body[:200]!r}")
        if position >= WARM_UP:
            rows.append(((t3 - t2) * 1000, (t2 - t1) * 1000, (t1 - t0) * 1000))
    cpu = (service.cpu_seconds() - started_cpu) * 1000 / count
    searches, alone, expanded_times = zip(*rows, strict=True)
    return OneClient(
        search_p50=statistics.median(searches),
        search_p95=statistics.quantiles(searches, n=20)[18],
        search_cpu=cpu,
        query_p50=statistics.median(alone),
        expanded_p50=statistics.median(expanded_times),
        above_p50=statistics.median(s - a for s, a, _ in rows),
    )


def many_clients(service: Service, count: int, salt: str) -> tuple[float, int]:
    """Searches a second of `CLIENTS` clients at once, and how many were not answered with 200."""

    def client(number: int) -> int:
        connection = service.connect()
        failed = 0
        for query in questions(count // CLIENTS, f"{salt}{number}-"):
            try:
                failed += post(connection, query)[0] != 200
            except (OSError, http.client.HTTPException):
                failed += 1
                connection.close()
        return failed

    started = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        failed = sum(pool.map(client, range(CLIENTS)))
    return count // CLIENTS * CLIENTS / (time.perf_counter() - started), failed
