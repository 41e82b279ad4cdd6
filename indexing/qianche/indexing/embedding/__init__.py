"""Text to vectors: one interface, the default model in ONNX Runtime, any SentenceTransformer folder.

`load_default_embedder` and `SentenceTransformerEmbedder` give an `Embedder`; `import_weights` and
`export_sentence_transformer` move the default model in and out.
"""

from qianche.indexing.embedding.default_model import import_weights, load_default_embedder
from qianche.indexing.embedding.export import export_sentence_transformer
from qianche.indexing.embedding.onnx_embedder import OnnxE5Embedder
from qianche.indexing.embedding.protocol import Embedder
from qianche.indexing.embedding.sentence_transformer import SentenceTransformerEmbedder

__all__ = [
    "Embedder",
    "OnnxE5Embedder",
    "SentenceTransformerEmbedder",
    "export_sentence_transformer",
    "import_weights",
    "load_default_embedder",
]
