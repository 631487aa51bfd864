"""Projects for the tests and measurements of reports: any number of provisions, and words that mean harm."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import workbench as wb
from workbench import model
from workbench.store import Project

DAY = date(2026, 11, 26)
NOW = datetime(2026, 11, 1, 9, 30, tzinfo=UTC)
RATERS = ("Rita Secret", "Olga Secret", "Ana Secret")
REASON = "a reason that only raters read"
SCRIPT = '</script><script>document.title="harmed"</script><img src=x onerror=document.title="harmed">'
FORMULA = '=HYPERLINK("http://harm.example","free")'
ARABIC = "تقدم البلدية خدمات صحية للمهاجرين مجانا."
LONG = "Gemeinde" * 60
NAME = "=Town & <b>Sons</b> @DATA@ #import"
_MATTERS = (
    "give migrants access to primary health care", "enrol the children of migrants in school within ten days",
    "give returnees advice on work", "keep shelters for victims of trafficking", "report on remittances every year",
)  # fmt: skip


def law(count: int) -> str:
    """Return a national law of so many sections, the first of which mean harm."""
    harm = [
        f"Section 1. Health {SCRIPT}. Municipalities shall give migrants health care {SCRIPT}.",
        "Section 2. Schools. Municipalities shall enrol the children of migrants: #import \"x.typ\" @DATA@ $x$ *_`.",
        f"Section 3. Words. Municipalities shall give migrants {LONG}.",
    ]  # fmt: skip
    plain = [
        f"Section {n}. Matter {n}. Municipalities shall {_MATTERS[n % 5]} in district {n}." for n in range(4, count + 1)
    ]
    return "# Framework law </title>\n\n" + "\n\n".join((harm + plain)[:count]) + "\n"


def plan(count: int) -> str:
    """Return a town plan of so many sections."""
    harm = [
        f"Section 1. Clinic. {FORMULA} the town clinic shall give migrants health care with a budget of 1,000.",
        f"Section 2. Arabic. {ARABIC}",
        f"Section 3. School {LONG}. The town shall find school places for the children of migrants.",
    ]
    plain = [
        f"Section {n}. Measure {n}. The town shall {_MATTERS[n % 5]} in district {n}, with a budget of {n},000."
        for n in range(4, count + 1)
    ]
    return "# Town plan <!-- & -->\n\n" + "\n\n".join((harm + plain)[:count]) + "\n"


def make_project(folder: Path, provisions: int, *, judged: int = 12) -> Project:
    """Return a project of one town and its nation, each with half the provisions, with the verdicts of three raters."""
    project = wb.Project.create(str(folder / "harm.sqlite"), name="harm")
    project.add_territory(model.Territory("xx", "Country <i>", "XX", "national"))
    project.add_territory(model.Territory("xx-t", NAME, "XX", "local", parent="xx", population=1234567))
    half = provisions // 2
    for name, text, place in (("law.md", law(half), "xx"), ("plan.md", plan(provisions - half), "xx-t")):
        (folder / name).write_text(text, "utf-8")
        kind = "law" if place == "xx" else "plan"
        wb.add(project, folder / name, territory=place, kind=kind, language="en", date="2020-01-01", now=NOW)
    wb.suggest(project, "xx-t", top=3)
    for place, card in enumerate(project.cards("xx-t").head(judged).itertuples()):
        uptake, conflict = place % 4, 2 if place % 5 == 4 else 0
        carried = card.candidates[:1] if uptake or conflict else ()
        for rater in RATERS:
            project.judge_card(
                card.id, rater=rater, uptake=uptake, conflict=conflict, carried_by=carried, reason=REASON, now=NOW
            )
    return project
