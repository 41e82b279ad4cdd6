"""Figures of the main job: `python -m tests.benchmarks.search HOME` prints a table; HOME holds a built base.

Times are of this machine at this moment; the bars compare within one run.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import uvicorn

from qianche.indexing.embedding import Embedder, load_default_embedder
from qianche.indexing.open import open_knowledge_base
from qianche.service.app import create_app
from qianche.service.settings import Settings
from tests.relevance.questions import read_questions

PORT = 8799
CLIENTS = 8


def questions(count: int, salt: str) -> list[str]:
    """Distinct queries, so that no cache of vectors answers."""
    texts = [question.query for question in read_questions("tune") if len(question.query) < 60]
    return [f"{texts[i % len(texts)]} {salt}{i}" for i in range(count)]


def post(connection: http.client.HTTPConnection, query: str) -> None:
    """One search of both kinds with facets; anything but 200 stops the run."""
    connection.request(
        "POST", "/api/search", json.dumps({"query": query}), {"content-type": "application/json"}
    )
    response = connection.getresponse()
    body = response.read()
    if response.status != 200:
        raise SystemExit(f"{response.status}: {body[:200]!r}")


def timed(action: Callable[[str], object], queries: list[str]) -> list[float]:
    """Milliseconds of each call."""
    times = []
    for query in queries:
        started = time.perf_counter()
        action(query)
        times.append((time.perf_counter() - started) * 1000)
    return times


def one_client(embedder: Embedder) -> tuple[float, float, float]:
    """p50 and p95 of a search over loopback, and p50 of embedding alone, interleaved in one run; ms."""
    connection = http.client.HTTPConnection("127.0.0.1", PORT)
    searches, embeddings = [], []
    for i, (query, other) in enumerate(zip(questions(300, "甲"), questions(300, "乙"), strict=True)):
        search = timed(lambda q: post(connection, q), [query])
        embedding = timed(embedder.embed_query, [other])
        if i >= 20:
            searches += search
            embeddings += embedding
    return (
        statistics.median(searches),
        statistics.quantiles(searches, n=20)[18],
        statistics.median(embeddings),
    )


def many_clients(count: int) -> float:
    """Searches a second of `CLIENTS` clients at once."""

    def client(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", PORT)
        for query in questions(count // CLIENTS, f"丙{number}"):
            post(connection, query)

    started = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(client, range(CLIENTS)))
    return count / (time.perf_counter() - started)


def cold_search(home: Path) -> list[float]:
    """Seconds of `qianche search` from the shell, five times."""
    command = [str(Path(sys.executable).with_name("qianche")), "search", "叉车倒车撞人"]
    environment = os.environ | {"QIANCHE_HOME": str(home)}
    times = []
    for _ in range(5):
        started = time.perf_counter()
        subprocess.run(command, env=environment, check=True, capture_output=True)
        times.append(time.perf_counter() - started)
    return times


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path)
    parser.add_argument("--searches", type=int, default=2000, help="searches of the eight clients together")
    arguments = parser.parse_args()
    base = open_knowledge_base(arguments.home)
    base.build()
    server = uvicorn.Server(
        uvicorn.Config(
            create_app(base, Settings(home=arguments.home)), host="127.0.0.1", port=PORT, log_level="warning"
        )
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        threading.Event().wait(0.05)
    embedder = load_default_embedder(arguments.home / "models")
    cpu = time.process_time()
    timed(embedder.embed_query, questions(200, "丁"))
    cpu_ms = (time.process_time() - cpu) * 5
    p50, p95, embed_p50 = one_client(embedder)
    rate = many_clients(arguments.searches)
    rss = psutil.Process().memory_info().rss / 2**20
    server.should_exit = True
    thread.join()
    cold = cold_search(arguments.home)
    cores = os.cpu_count() or 1
    rows = [
        ("`POST /api/search` p50 / p95, ms", f"{p50:.1f} / {p95:.1f}"),
        ("embedding that query alone p50, ms", f"{embed_p50:.1f}"),
        ("above the embedding, ms (bar 5)", f"{p50 - embed_p50:.1f}"),
        ("embedding, CPU ms a query", f"{cpu_ms:.1f}"),
        (
            f"{CLIENTS} clients, searches a second (bar {0.6 * cores / cpu_ms * 1000:.0f})",
            f"{rate:.0f}, no error in {arguments.searches}",
        ),
        ("RSS with two models loaded, MiB (bar 500)", f"{rss:.0f}"),
        (
            "`qianche search` cold, s, best / median (bar 2.5)",
            f"{min(cold):.2f} / {statistics.median(cold):.2f}",
        ),
    ]
    print("| what | measured |\n|---|---|")
    for name, value in rows:
        print(f"| {name} | {value} |")


if __name__ == "__main__":
    main()
