"""Provisions and what the panel lists as outside are together the whole text, each letter once."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nothing_lost import letters, what_is_lost
from workbench.reading import read, read_bytes
from workbench.segmenting import segment

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
KINDS = (".pdf", ".docx", ".html", ".xml", ".md", ".txt")
FILES = sorted(path for path in CORPUS.rglob("*") if path.suffix in KINDS and path.name != "README.md")


@pytest.mark.skipif(not FILES, reason="the corpus of real documents is not beside the repository")
@pytest.mark.parametrize("path", FILES, ids=[path.name for path in FILES])
def test_no_letter_of_a_real_document_is_lost_or_invented(path: Path):
    document = read(path)
    assert what_is_lost(document, segment(document)) == []


LINES = st.sampled_from(
    """Artículo 1. Objeto|Artículo 2. Ámbito. La ley rige en todo el país.|ARTÍCULO 3 BIS.-|TÍTULO I|De los municipios
CAPÍTULO II. Del municipio|1. Los municipios atienden.|a) la salud;|Disposición final única. Vigencia|TRANSITORIOS
PRIMERO.- Entra en vigor mañana.|ANEXO|Article 4|Section 5. Housing|SEC. 6. Health. – The city|§ 7 Leistungen
PART II|Kifungu cha 8|[iv] Article 9. Fees|Artículo 1 ........ 3|Policy goal 1: Housing|1.1 Open a desk
“Artículo 5. Texto citado”|# Objetivo 2|a | b|– – –|12|The council shall keep it open|and so on;| """.replace(
        "\n", "|"
    ).split("|")
)


@given(st.lists(LINES, min_size=1, max_size=60))
@settings(max_examples=150, deadline=None)
def test_no_letter_of_any_document_is_lost_or_invented(lines: list[str]):
    text = "\n".join(lines)
    if not letters(text):
        return
    document = read_bytes("any.md", f"---\ntitle: any\n---\n{text}".encode())
    found = segment(document)
    assert what_is_lost(document, found) == []
    assert found.provisions["id"].is_unique
    assert found.provisions["start"].is_monotonic_increasing
