"""Citations of rules inside running text: find, read, print."""

from qianche.corpus.citations.citation import Citation, Provision
from qianche.corpus.citations.find import find_citations
from qianche.corpus.citations.print import print_citation

__all__ = ["Citation", "Provision", "find_citations", "print_citation"]
