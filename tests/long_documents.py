"""Long documents made by rule, for measuring and testing the compare app: the same seed gives the same text."""

from __future__ import annotations

import random
from pathlib import Path

import workbench as wb
from workbench import model

WHO = ("Municipalities", "Provinces", "Local governments", "The city council", "The regional office", "Health centres")
DOES = ("shall provide", "shall open", "shall publish", "may support", "shall fund", "shall coordinate")
WHAT = (
    "primary health care", "places in school", "legal counsel", "language courses", "temporary housing",
    "a welcome desk", "skills training", "a register of services", "transport to work", "reintegration grants",
    "a mediation office", "child protection", "vaccination", "recognition of diplomas", "remittance advice",
)  # fmt: skip
WHOM = ("migrants", "returning families", "displaced people", "seasonal workers", "refugees", "newcomers' children")
HOW = (
    "within thirty days of the request", "with staff and a yearly budget", "whatever their papers",
    "together with associations of the diaspora", "in every district", "and report every year to the council",
)  # fmt: skip
EACH_PART = 20


def document(title: str, provisions: int, seed: int) -> str:
    """Return a document in Markdown with so many articles in parts of twenty."""
    draw = random.Random(seed)
    lines = [f"# {title} (illustrative text)"]
    for number in range(1, provisions + 1):
        if number % EACH_PART == 1:
            lines.append(f"\n## Title {number // EACH_PART + 1}. {draw.choice(WHAT).capitalize()}")
        lines.append(f"\n### Article {number}. {draw.choice(WHAT).capitalize()} for {draw.choice(WHOM)}\n")
        lines += [
            f"{draw.choice(WHO)} {draw.choice(DOES)} {draw.choice(WHAT)} and {draw.choice(WHAT)} for "
            f"{draw.choice(WHOM)} {draw.choice(HOW)}, {draw.choice(HOW)}."
            for _ in range(draw.randint(3, 6))
        ]
    return "\n".join(lines) + "\n"


def make_project(home: Path, provisions: int) -> Path:
    """Make a project of a nation and a town with one document of so many provisions each; return its file.

    Every fifth national provision is a commitment, and what belongs together is given by rule, not searched for:
    local provision n has the five national ones from n on, so that a project of thousands is made in seconds.
    """
    file = home / "long.pcw"
    with wb.Project.create(file, name="long") as project:
        project.add_territory(model.Territory("xx", "Nation", "XX", "national"))
        project.add_territory(model.Territory("xx-town", "Town", "XX", "local", parent="xx"))
        ids = {}
        for seed, (title, place) in enumerate((("National act", "xx"), ("Town plan", "xx-town"))):
            source = home / f"{place}.md"
            source.write_text(document(title, provisions, seed), "utf-8")
            read = wb.read(source, language="en")
            found = wb.segment(read)
            ids[place] = [*found.provisions["id"]]
            sectors = ("health", "education", "housing")
            coded = [
                {"provision_id": name, "facet": "sector", "code": sectors[at % 3], "confidence": 1.0,
                 "span": None, "origin": "made"}
                for at, name in enumerate(ids[place])
            ]  # fmt: skip
            duties = [
                {"id": f"c:{name}", "provision_id": name, "modality": "duty", "calls_for_local": "yes",
                 "importance": 2, "sector": "health", "origin": "made"}
                for name in ids[place][::5]
            ]  # fmt: skip
            project.add_document(
                read,
                found,
                model.CODINGS.frame(coded),
                territory_id=place,
                kind="law",
                commitments=model.COMMITMENTS.frame(duties) if place == "xx" else None,
            )
        suggest_by_rule(project, ids["xx"], ids["xx-town"])
    return file


def suggest_by_rule(project: wb.Project, national: list[str], local: list[str]) -> None:
    """Save links and cards: local provision n with the national ones n … n + 4, ever less alike."""
    links = [
        {"local_id": name, "national_id": national[(at + step) % len(national)], "rank": step + 1,
         "score": 0.8 - 0.15 * step, "probability": 0.5 - 0.1 * step, "method": "made", "precedent": None}
        for at, name in enumerate(local)
        for step in range(5)
    ]  # fmt: skip
    cards = [
        {"id": f"c:{name}@xx-town", "commitment_id": f"c:{name}", "territory_id": "xx-town", "kind": "card",
         "candidates": tuple(local[(at - step) % len(local)] for step in (2, 0, 1))}
        for at, name in enumerate(national)
        if at % 5 == 0
    ]  # fmt: skip
    project.save_links(model.LINKS.frame(links), local_territory="xx-town", national_territory="xx")
    project.save_cards(model.CARDS.frame(cards))
