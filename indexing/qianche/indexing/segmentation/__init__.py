"""Text becomes terms and words: `normalise`, `index_terms`, `Segmenter`, and the site-language glossary."""

from qianche.indexing.segmentation.dictionary import (
    KINDS,
    Dictionary,
    Entry,
    bundled_dictionary,
    dictionary_version,
    read_dictionary,
)
from qianche.indexing.segmentation.glossary import Expansion, Glossary, bundled_glossary, read_glossary
from qianche.indexing.segmentation.normalise import Offsets, normalise, normalise_with_offsets
from qianche.indexing.segmentation.segmenter import Segmenter, Word
from qianche.indexing.segmentation.terms import index_terms, term_format

__all__ = [
    "KINDS",
    "Dictionary",
    "Entry",
    "Expansion",
    "Glossary",
    "Offsets",
    "Segmenter",
    "Word",
    "bundled_dictionary",
    "bundled_glossary",
    "dictionary_version",
    "index_terms",
    "normalise",
    "normalise_with_offsets",
    "read_dictionary",
    "read_glossary",
    "term_format",
]
