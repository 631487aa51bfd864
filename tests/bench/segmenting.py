"""Measures reading and segmenting on the development corpus: counts, headings, pages, time, memory.

    python tests/bench/segmenting.py [--quick]

Each file runs in a process of its own, so that its peak memory is its own. The last line is JSON.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT.parent / "shared" / "corpus"
QUICK = ("pdf/gt", "pdf/pg", "pdf/ph_naga", "pdf/us_ma", "akn/ke", "xml-other", "html/us_ma", "docx/pt_dl",
    "md/es_lo", "md/es-ct", "md/pe_ley", "md/de")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Expected:
    """What the manifest says of one file, in a form that can be compared."""

    counts: tuple[tuple[str, int], ...] = ()  # (what is counted, how many)
    first: str = ""  # number of the first and the last article
    last: str = ""
    pages: tuple[tuple[str, int], ...] = ()  # number → page


# Read from manifest.csv.
# "plain" leaves lettered numbers (16A) beside, as the manifest's count does.
EXPECTED = {
    "pdf/kh_labour_migration_policy_2015-2018.pdf": Expected((("articles", 0), ("goals", 17), ("actions", 94)),
        pages=(("Policy goal 10", 32), ("12.2", 48))),
    "txt/kh_labour_migration_policy_2015-2018.txt": Expected((("articles", 0), ("goals", 17))),
    "pdf/pg_organic_law_provincial_local_governments_1998.pdf": Expected((("plain", 141),), "1", "141", (("1", 2),
        ("141", 89))),
    "txt/pg_organic_law_provincial_local_governments_1998.txt": Expected((("plain", 141),), "1", "141"),
    "pdf/gt_codigo_municipal_12-2002.pdf": Expected((("articles", 178),), "1", "178", (("1", 1), ("178", 46))),
    "txt/gt_codigo_municipal_12-2002.txt": Expected((("articles", 178),), "1", "178"),
    "pdf/ph_naga_citizens_charter_2022.pdf": Expected((("articles", 0), ("sheets", 222))),
    "pdf/ph_philhealth_annex.pdf": Expected((("articles", 0),)),
    "pdf/us_ma_montague_bylaws.pdf": Expected((("articles", 6),), "1", "VI", (("IV", 7), ("VI", 12))),
    "pdf/gn_plan_quinquennal_2011-2015.pdf": Expected((("articles", 0),)),
    "akn/za_cape_town_community_fire_safety.xml": Expected((("articles", 71),), "1", ""),
    "akn/it_dlgs_82-2005_cad.akn.xml": Expected((("articles", 121),), "1", "92"),
    "akn/ke_act_1989_16.akn3.xml": Expected((("articles", 15),), "1", "15"),
    "xml-other/us_dc_law_22-282.xml": Expected((("articles", 6),), "2", "7"),
    "html/us_ma_somerville_ordinances.html": Expected((("distinct", 1095),)),
    "html/it_legge_53-2022.html": Expected((("articles", 0),)),
    "docx/pt_lei_27-2016.docx": Expected((("articles", 7),), "1.º", "7.º"),
    "docx/pt_dl_82-2019.docx": Expected((("articles", 32),), "1.º", "32.º"),
    "md/es_lo_4-2000_extranjeria.md": Expected((("articles", 91), ("dispositions", 26)), "1",
        "Disposición final novena"),
    "md/es-ct_ley_10-2010_acogida.md": Expected((("articles", 34), ("dispositions", 11)), "1",
        "Disposición final segunda"),
    "md/pe_ley_28950_trata_trafico_migrantes.md": Expected((("articles", 8),), "1", "SEXTA"),
    "md/pe-ama_ordenanza_004-2022.md": Expected((("articles", 10),), "Primero", "Décimo"),
    "md/pe-lim_ordenanza_003-2017.md": Expected((("articles", 9),), "PRIMERO", "NOVENO"),
    "md/pe-uca_ordenanza_0015-2018.md": Expected((("articles", 11),), "PRIMERO", "DÉCIMO PRIMERO"),
    "md/de_asylblg.md": Expected((("articles", 27),), "1", "16"),
    "md/uy_ley_18250_migracion.md": Expected((("articles", 84),), "1", "84"),
}  # fmt: skip
ROUGH = {
    "docx/pt_lei_27-2016.docx": 0.03,
    "html/us_ma_somerville_ordinances.html": 0.03,
    "pdf/ph_naga_citizens_charter_2022.pdf": 0.03,
}
TARGETS = {"counts_met": "all", "letters_lost_files": 0,
    "pages_met": "all", "pdf_pages_per_second": 300, "charter_seconds": 4,
    "charter_mb": 400, "html_seconds": 3, "articles_50000_seconds": 20}  # fmt: skip


def measure(path: Path) -> dict[str, object]:
    """Read and segment one file; return counts, headings, seconds and peak memory."""
    import pandas as pd  # noqa: F401 - loaded before the clock starts, as in any running program
    import pypdfium2  # noqa: F401

    from workbench.reading import read
    from workbench.segmenting import segment

    begun = time.perf_counter()
    document = read(path)
    read_in = time.perf_counter() - begun
    found = segment(document)
    table = found.provisions
    total = time.perf_counter() - begun
    sys.path.insert(0, str(ROOT / "tests"))
    from nothing_lost import what_is_lost

    lost = len(what_is_lost(document, found))
    number, kind = table["number"].astype(str), table["kind"]
    is_disposition = number.str.lower().str.startswith("disposici") | table["part"].str.lower().str.startswith(
        "disposiciones comp"
    )
    article = kind == "article"
    counts = {
        "articles": int((article & ~is_disposition).sum()),
        "dispositions": int((article & is_disposition).sum()),
        "plain": int((article & number.str.fullmatch(r"\d+")).sum()),
        "distinct": int(number[article & number.str.contains("-")].nunique()),
        "goals": int((kind == "goal").sum()),
        "actions": int((kind == "action").sum()),
        "sheets": int((kind == "heading").sum()),
    }
    rows = table[article] if article.any() else table
    shown = [f"{row.number} {row.heading}".strip()[:34] for row in (rows.iloc[0], rows.iloc[-1])]
    pages = {str(row.number): int(row.pages[0]) for row in table.itertuples() if row.pages}
    return {"counts": counts, "total": len(table), "shown": shown, "ends": [str(rows["number"].iloc[0]),
        str(rows["number"].iloc[-1])],
            "pages": pages, "n_pages": document.pages, "read": read_in, "seconds": total,
            "lost": lost, "mb": _peak_mb()}  # fmt: skip


def _peak_mb() -> float:
    try:
        import resource
    except ImportError:  # Windows
        return float("nan")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak / 1e3


def synthetic(count: int) -> float:
    """Return the seconds that a law of `count` articles takes to segment."""
    from workbench.reading import read_bytes
    from workbench.segmenting import segment

    text = "\n\n".join(
        f"Article {number}. Duty of place {number}\n\nThe council shall keep place {number} open."
        for number in range(1, count + 1)
    )
    begun = time.perf_counter()
    found = segment(read_bytes("long.txt", text.encode()))
    seconds = time.perf_counter() - begun
    if len(found.provisions) != count:
        raise SystemExit(f"{len(found.provisions)} provisions for {count} articles")
    return seconds


def _law(count: int) -> dict[str, float]:
    command = [sys.executable, __file__, "--law", str(count)]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def main(arguments: list[str]) -> None:
    """Measure, print the table and end with one line of JSON."""
    if arguments[:1] == ["--one"]:
        print(json.dumps(measure(Path(arguments[1]))))
        return
    if arguments[:1] == ["--law"]:
        print(json.dumps({"seconds": synthetic(int(arguments[1])), "mb": _peak_mb()}))
        return
    if not CORPUS.is_dir():
        print(
            json.dumps(
                {
                    "bench": "segmenting",
                    "figures": {},
                    "targets": TARGETS,
                    "missed": ["no corpus beside the repository"],
                }
            )
        )
        return
    quick = "--quick" in arguments
    with (CORPUS / "manifest.csv").open(encoding="utf-8", newline="") as stream:
        names = [row["file"] for row in csv.DictReader(stream)]
    names = [name for name in names if not quick or name.startswith(QUICK)]
    print(f"{'file':46} {'expected':28} {'found':22} {'pages':7} {'first … last':72} {'lost':>4} {'s':>6} {'MB':>5}")
    counts_met, counts_all, pages_met, pages_all, missed, results = 0, 0, 0, 0, [], {}
    for name in names:
        done = subprocess.run(
            [sys.executable, __file__, "--one", str(CORPUS / name)], capture_output=True, text=True, check=True
        )
        found = results[name] = json.loads(done.stdout)
        expected = EXPECTED.get(name, Expected())
        ok_pages = sum(found["pages"].get(number) == page for number, page in expected.pages)
        pages_met, pages_all = pages_met + ok_pages, pages_all + len(expected.pages)
        for what, count in expected.counts:
            counts_all += 1
            if abs(found["counts"][what] - count) <= count * ROUGH.get(name, 0):
                counts_met += 1
            else:
                missed.append(f"{name}: {what} {found['counts'][what]} for {count}")
        if (expected.first and expected.first != found["ends"][0]) or (
            expected.last and expected.last != found["ends"][1]
        ):
            missed.append(f"{name}: from {found['ends'][0]} to {found['ends'][1]}")
        want = ", ".join(f"{count} {what}" for what, count in expected.counts)
        have = ", ".join(str(found["counts"][what]) for what, _ in expected.counts) or "-"
        page = f"{ok_pages}/{len(expected.pages)}" if expected.pages else ""
        print(f"{name[:46]:46} {want:28} {have + ' of ' + str(found['total']):22} "
f"{page:7} {' … '.join(found['shown'])[:72]:72} {found['lost']:>4} {found['seconds']:6.2f} "
f"{found['mb']:5.0f}")  # fmt: skip
    figures = _figures(results) | {"counts_met": f"{counts_met}/{counts_all}", "pages_met": f"{pages_met}/{pages_all}"}
    figures["letters_lost_files"] = sum(bool(found["lost"]) for found in results.values())
    laws = {count: _law(count) for count in ((1_250, 5_000) if quick else (12_500, 50_000))}
    (small, little), (large, much) = laws.items()
    figures["articles_50000_seconds"] = round(much["seconds"] * 50_000 / large, 2)
    # Bytes for each article beyond what the program takes anyway; linear when it does not grow.
    figures["kb_per_article"] = round((much["mb"] - little["mb"]) / (large - small) * 1e3, 1)
    for count, taken in laws.items():
        print(f"{count} articles: {taken['seconds']:.1f} s, {taken['mb']:.0f} MB")
    limits = {"charter_seconds", "charter_mb", "html_seconds", "articles_50000_seconds"}
    missed += [name for name in limits if name in figures and float(figures[name]) > float(TARGETS[name])]
    missed += (
        ["pdf_pages_per_second"]
        if float(figures["pdf_pages_per_second"]) < float(TARGETS["pdf_pages_per_second"])
        else []
    )
    missed += [f"{name}: letters lost or invented" for name, found in results.items() if found["lost"]]
    missed += ["pages_met"] if pages_met < pages_all else []
    print(
        json.dumps(
            {"bench": "segmenting", "figures": figures, "targets": TARGETS, "missed": missed}, ensure_ascii=False
        )
    )


def _figures(results: dict[str, dict]) -> dict[str, object]:
    pdfs = [found for found in results.values() if found["n_pages"]]
    charter = next((found for name, found in results.items() if "naga" in name), None)
    page = next((found for name, found in results.items() if "somerville" in name), None)
    figures: dict[str, object] = {
        "files": len(results),
        "pdf_pages_per_second": round(sum(found["n_pages"] for found in pdfs) / sum(found["read"] for found in pdfs)),
    }
    if charter:
        figures |= {"charter_seconds": round(charter["seconds"], 2), "charter_mb": round(charter["mb"])}
    if page:
        figures["html_seconds"] = round(page["seconds"], 2)
    return figures


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main(sys.argv[1:])
