"""Importing: what was read from users' files becomes records, each whole file or nothing.

    importer = open_importer(base, take_in, readers=2)                     # qianche.indexing.open
    job_id = importer.start([Incoming("报告.docx", path), …], who="张三")   # originals kept; read in the background
    importer.wait(job_id); importer.job(job_id)                            # `records.Job`: one `Entry` a file

- jobs: `start(files, who=…)`, `add(job_id, files)`, `jobs()`, `job(id)`, `cancel(id)`, `resume_all()`, `wait(id)`;
- sources: `sources()`, `source(sha)`, `document(sha)`, `original(sha)` (path), `diff(sha_a, sha_b)`, `remove(sha, who)`;
- tables: `is_table(sha)`, `columns(sha)`, `remap(sha, table, {column: field}, who, unit)`, `column_changes(sha)`;
- cases: `accounts(case_id)`, `evidence(account_id)`, `join(account_id, case_id, who)`, `split(account_id, who)`,
  `joins(state=None)`, `correct(case_id, field, value, who)`, `withdraw(case_id, field, who)`, `corrections(case_id=None)`;
- review: `reviews(kind=None, state="open")`, `decide(review_id, action, who, value=None)`; actions by kind in `ACTIONS`.

Records are in `records.py`. Every method is thread-safe; errors are of the family `QiancheError`.
"""

from __future__ import annotations

from qianche.indexing.importing.hand import ACTIONS
from qianche.indexing.importing.importer import Importer
from qianche.indexing.importing.jobs import Incoming

__all__ = ["ACTIONS", "Importer", "Incoming"]
