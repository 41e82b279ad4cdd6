"""What a report says beyond its figures: units, causes, barriers, people, lessons, measures, things, activity.

Every function takes the document, the span of one accident and its parts, and returns records of `reports.draft`.
"""

from __future__ import annotations

from qianche.corpus.reports.content.activity import find_activity
from qianche.corpus.reports.content.barriers import find_failed_barriers
from qianche.corpus.reports.content.causes import find_indirect_causes
from qianche.corpus.reports.content.direct_cause import find_direct_cause
from qianche.corpus.reports.content.events import find_initiating_event
from qianche.corpus.reports.content.measures import find_lessons, find_measures
from qianche.corpus.reports.content.people import check_people, find_people
from qianche.corpus.reports.content.things import find_equipment, find_substances
from qianche.corpus.reports.content.units import find_units

__all__ = [
    "check_people",
    "find_activity",
    "find_direct_cause",
    "find_equipment",
    "find_failed_barriers",
    "find_indirect_causes",
    "find_initiating_event",
    "find_lessons",
    "find_measures",
    "find_people",
    "find_substances",
    "find_units",
]
