"""Encoders: a model folder made here, packages with weights where there are any, and folders that are not right."""

from __future__ import annotations

import hashlib
from importlib import metadata
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from workbench.aligning import Memory, align, encoder, index
from workbench.aligning.encoders import PACKAGES
from workbench.errors import EncoderError, UsageError

WORDS = ("[UNK]", "[PAD]", "water", "agua", "school", "escuela", "road", "clinic", "drinking", "the")
# By word: water and school are the two axes, whatever the language.
VECTORS = ((0, 0), (0, 0), (1, 0), (1, 0), (0, 1), (0, 1), (-1, -1), (0.6, 0.6), (0.9, 0.1), (0.1, 0.1))


def model_folder(place: Path, *, dimensions: int = 3) -> Path:
    """Write a model that looks every word's vector up, and its tokenizer."""
    import onnx
    from onnx import TensorProto, helper, numpy_helper
    from tokenizers import Tokenizer, models, pre_tokenizers

    place.mkdir(exist_ok=True)
    table = numpy_helper.from_array(np.array(VECTORS, dtype=np.float32), "table")
    ids = helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["n", "t"])
    mask = helper.make_tensor_value_info("attention_mask", TensorProto.INT64, ["n", "t"])
    nodes = [helper.make_node("Gather", ["table", "input_ids"], ["hidden"])]
    shape = ["n", "t", 2]
    if dimensions == 2:
        nodes.append(helper.make_node("ReduceMax", ["hidden"], ["out"], axes=[2], keepdims=0))
        shape = ["n", "t"]
    name = "out" if dimensions == 2 else "hidden"
    output = helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)
    graph = helper.make_graph(nodes, "words", [ids, mask], [output], [table])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    onnx.save(model, str(place / "model.onnx"))
    tokenizer = Tokenizer(models.WordLevel({word: number for number, word in enumerate(WORDS)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.save(str(place / "tokenizer.json"))
    return place


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return model_folder(tmp_path / "words")


def table(texts: dict[str, str], language: str = "en") -> pd.DataFrame:
    return pd.DataFrame({"id": list(texts), "text": list(texts.values()), "language": language})


def test_a_folder_gives_vectors_of_length_one_in_the_order_of_the_texts(folder: Path) -> None:
    found = encoder(str(folder)).encode(["the school", "water", "drinking water and much else", ""])
    assert found.dtype == np.float32
    assert found.shape == (4, 2)
    np.testing.assert_allclose(np.linalg.norm(found[:3], axis=1), 1, rtol=1e-5)
    np.testing.assert_allclose(found[0], np.array([0.1, 1.1]) / np.hypot(0.1, 1.1), rtol=1e-5)
    assert not found[3].any()


def test_an_encoder_finds_what_shares_no_word(folder: Path) -> None:
    national = table({"n1": "agua", "n2": "escuela"}, "es")
    links = align(table({"a": "drinking water", "b": "school"}), national, encoder=str(folder))
    best = links[links["rank"] == 1]
    assert dict(zip(best["local_id"], best["national_id"], strict=True)) == {"a": "n1", "b": "n2"}
    assert set(links["method"]) == {"words-2"}
    pd.testing.assert_frame_equal(
        links, align(table({"a": "drinking water", "b": "school"}), national, encoder=encoder(str(folder)))
    )


def test_an_index_and_a_memory_work_with_an_encoder(folder: Path) -> None:
    ready = index(table({"n1": "road", "n2": "school"}), encoder=str(folder))
    ready.add(table({"n3": "agua"}, "es"))
    memory = Memory()
    memory.confirm("water", "n1", language="en", id="p")
    links = ready.align(table({"a": "drinking water"}), memory=memory)
    assert links["national_id"].iloc[0] in ("n1", "n3")
    assert links.set_index("national_id").loc["n1", "precedent"] == "p"
    assert "n1" in set(links["national_id"])


def test_a_pinned_hash_lets_only_that_model_in(folder: Path) -> None:
    right = hashlib.sha256((folder / "model.onnx").read_bytes()).hexdigest()
    assert encoder(str(folder), sha256=right.upper()).fingerprint
    with pytest.raises(EncoderError, match="not the one it was pinned to"):
        encoder(str(folder), sha256="0" * 64)
    (folder / "SHA256SUMS").write_text(f"{'1' * 64}  tokenizer.json\n", encoding="utf-8")
    with pytest.raises(EncoderError, match=r"hash begins with .* not 111111111111"):
        encoder(str(folder))


def test_the_fingerprint_changes_with_the_model(folder: Path) -> None:
    before = encoder(str(folder)).fingerprint
    (folder / "model.onnx").write_bytes((folder / "model.onnx").read_bytes() + b"")
    assert encoder(str(folder)).fingerprint == before
    (folder / "tokenizer.json").write_text((folder / "tokenizer.json").read_text() + " ", encoding="utf-8")
    assert encoder(str(folder)).fingerprint != before


def test_a_folder_without_its_files_or_with_damaged_ones_is_refused_in_words(tmp_path: Path, folder: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(EncoderError, match=r"model\.onnx"):
        encoder(str(empty))
    (folder / "model.onnx").write_bytes(b"no model")
    with pytest.raises(EncoderError, match="cannot be opened"):
        encoder(str(folder))


def test_a_model_of_another_shape_is_refused(tmp_path: Path) -> None:
    flat = model_folder(tmp_path / "flat", dimensions=2)
    with pytest.raises(EncoderError, match="does not give a vector"):
        encoder(str(flat)).encode(["water"])


def test_an_unknown_name_is_refused_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="minilm"):
        encoder("minilmm")


@pytest.mark.parametrize("name", sorted(PACKAGES))
def test_a_package_with_weights_encodes_or_says_how_to_install_it(name: str) -> None:
    try:
        for file in PACKAGES[name].files.values():
            metadata.distribution(file.distribution)
    except metadata.PackageNotFoundError:
        with pytest.raises(EncoderError, match=rf"\[{PACKAGES[name].extra}\]"):
            encoder(name)
        return
    found = encoder(name).encode(["clean drinking water", "safe water to drink", "road repair"])
    assert found[0] @ found[1] > found[0] @ found[2] + 0.1
