"""The hard facts of an accident report: name, time, place, toll, loss, severity, class, each with its evidence."""

from qianche.corpus.reports.fields.facts import CaseFacts, find_facts

__all__ = ["CaseFacts", "find_facts"]
