"""Texts that a machine read from pictures are named, clean ones are not."""

from pathlib import Path

import pytest

from workbench.reading import read, read_bytes

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
SCANS = ("md/pe-lim_ordenanza_003-2017.md", "md/pe-uca_ordenanza_0015-2018.md", "docx/pt_dl_82-2019.docx")
CLEAN = (
    "md/es_lo_4-2000_extranjeria.md", "md/de_asylblg.md", "pdf/gt_codigo_municipal_12-2002.pdf",
    "pdf/ph_naga_citizens_charter_2022.pdf", "html/us_ma_somerville_ordinances.html", "akn/it_dlgs_82-2005_cad.akn.xml",
)  # fmt: skip


def suspected(document) -> bool:
    return any(note.check == "ocr_suspected" for note in document.notes)


def test_a_lost_first_letter_or_signs_inside_words_speak_of_a_scan():
    assert suspected(read_bytes("a.txt", b"ARTICULO PRIMERO. Uno.\nRTICULO SEGUNDO. Dos.\n"))
    assert suspected(read_bytes("a.txt", b"Ordenanza ~giona{ de qo}iemo y |a ciu{dad del re~istro\n"))
    assert not suspected(read_bytes("a.txt", b"Article 1. The council (see A4, B2B and CO2) shall meet at 10 a.m.\n"))


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real documents is not beside the repository")
@pytest.mark.parametrize(("file", "is_scan"), [*((file, True) for file in SCANS), *((file, False) for file in CLEAN)])
def test_real_scans_are_told_from_clean_files(file, is_scan):
    assert suspected(read(CORPUS / file)) is is_scan
