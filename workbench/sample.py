"""Builds the sample project from the shipped cases: real files, read as any other file would be."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench import model
from workbench.api import add, local_territories, register, set_register, suggest
from workbench.errors import TableError
from workbench.model import rows
from workbench.resources import shipped

if TYPE_CHECKING:
    import pandas as pd

    from workbench.store import Project

# The cases were coded and judged by an invented panel on this day; a fixed day keeps the project reproducible.
_JUDGED = datetime(2026, 11, 1, tzinfo=UTC)


# Settings of the sample: its edition, how far its log had come when it was built, and what there is to tell of it.
EDITION, BUILT, NEWS = "sample.edition", "sample.built", "sample.news"
# Settings that the apps keep of who only looks around, and that the machine works out itself.
_LOOKING = ("place.", "guide.", "report.", "sample.", "repeats:")
_REGISTER = "register."
# Events of what the machine worked out of documents.
_WORKED_OUT = ("links", "cards", "commitments", "repeat", "territory")


def edition(cases: Path | None = None) -> str:
    """Return a name for the sample of this version of the product: another one when any file of the cases is."""
    found = hashlib.sha256()
    folder = cases or shipped("data/cases")
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        found.update(str(file.relative_to(folder)).encode())
        found.update(file.read_bytes())
    return found.hexdigest()[:16]


def is_untouched(project: Project) -> bool:
    """Tell whether nobody has said or changed anything in a sample project since it was built: it was only looked at.

    Older editions did not note how far their log had come. There what the invented panel said carries its day, what
    the machine worked out no name, and a register of competences must be that of the cases. In doubt: no.
    """
    kept, built = project.settings(), project.setting(BUILT)
    if not all(key.startswith((*_LOOKING, _REGISTER)) for key in kept):
        return False
    said = [row for row in rows(project.history()) if row.kind != "shown"]
    if built:
        return _registers(kept) == built["registers"] and all(row.seq <= built["event"] for row in said)
    day = _JUDGED.isoformat()[:19]
    places = {row.id for folder in _cases() for row in rows(_read(folder / "territories.csv"))}
    has_register = any(key.startswith(_REGISTER) for key in kept)
    return (
        (not has_register or _is_of_cases(register(project)))
        and set(project.territories()["id"]) <= places
        and all(row.at[:19] == day or (row.kind in _WORKED_OUT and not row.rater) for row in said)
    )


def carry_over(old: dict[str, Any], project: Project) -> None:
    """Keep in a new sample project where people were in the old one, and that it is new."""
    for key, value in old.items():
        if key.startswith(("place.", "guide.")):
            project.set_setting(key, value)
    project.set_setting(NEWS, "renewed")


def _registers(kept: dict[str, Any]) -> str:
    own = {key: value for key, value in kept.items() if key.startswith(_REGISTER)}
    return hashlib.sha256(json.dumps(own, sort_keys=True).encode()).hexdigest()[:16]


def _cases(folder: Path | None = None) -> list[Path]:
    every = sorted(entry for entry in (folder or shipped("data/cases")).iterdir() if entry.is_dir())
    return [entry for entry in every if (entry / "documents.csv").is_file()]


def build(path: str | Path, *, cases: Path | None = None) -> None:
    """Write the sample project: every case's territories, documents, commitments, judgements and answers.

    Raises `TableError` naming the file and row when a case refers to a provision that is not in its document.
    """
    from workbench.store import Project

    with Project.create(str(path), name="sample") as project:
        for folder in _cases(cases):
            _add_case(project, folder)
        project.set_setting(EDITION, edition(cases))
        project.set_setting(BUILT, {"event": project.version, "registers": _registers(project.settings())})


def _add_case(project: Project, folder: Path) -> None:
    territories = _read(folder / "territories.csv")
    for row in rows(territories):
        project.add_territory(
            model.Territory(
                row.id, row.name, row.country, row.level, row.code, row.parent or None,
                int(row.population) if row.population else None, tuple(filter(None, row.languages.split(";"))),
                float(row.latitude) if row.latitude else None, float(row.longitude) if row.longitude else None,
            )
        )  # fmt: skip
    provisions: dict[str, pd.DataFrame] = {}
    for row in rows(_read(folder / "documents.csv")):
        document = add(
            project,
            folder / "documents" / row.file,
            territory=row.territory_id,
            level=row.level,
            kind=row.kind,
            title=row.title,
            language=row.language,
            is_illustrative=True,
            commitments=_coded(folder, row.file),
            now=_JUDGED,
        )
        provisions[row.file] = project.provisions(document_id=document.id)
    here = set(territories["id"])
    for local in local_territories(project):
        if local in here:
            suggest(project, local)
    _add_register(project, folder)
    _add_verdicts(project, folder, provisions)
    _add_judgements(project, folder, provisions)
    _add_answers(project, folder, provisions)
    _add_registers(project, folder, provisions)


def _add_register(project: Project, folder: Path) -> None:
    """Add the case's competences and kinds of territory to what earlier cases brought."""
    own = _register_of(folder)
    if own:
        kept = register(project)
        set_register(project, **{name: _together([kept[name], frame]) for name, frame in own.items()})


def _register_of(folder: Path) -> dict[str, pd.DataFrame]:
    """Return the competences and kinds of territory of a case, {} where it has none."""
    from workbench.scoring.competences import read_competences, read_kinds

    if not (folder / "competences.csv").is_file():
        return {}
    return {"competences": read_competences(folder / "competences.csv"), "kinds": read_kinds(folder / "kinds.csv")}


def _together(frames: list[pd.DataFrame]) -> pd.DataFrame:
    import pandas as pd

    full = [frame for frame in frames if len(frame)]
    return pd.concat(full, ignore_index=True) if full else frames[-1]


def _is_of_cases(kept: dict[str, pd.DataFrame]) -> bool:
    """Tell whether a register holds what the shipped cases bring, and nothing else."""
    brought = [own for folder in _cases() if (own := _register_of(folder))]
    return all(
        frame.equals(_together([own[name] for own in brought])) if name in brought[0] else frame.empty
        for name, frame in kept.items()
    )


def _read(path: Path) -> pd.DataFrame:
    import pandas as pd

    return pd.read_csv(path, dtype=str, keep_default_na=False)


def _find(provisions: pd.DataFrame, number: str, where: str, part: str = "") -> str:
    """Return the id of the provision with this number (in a part that holds `part`)."""
    found = provisions[(provisions["number"] == number) & provisions["part"].str.contains(part, regex=False)]
    if found.empty:
        raise TableError("sample.number", where=where, number=number)
    return str(next(rows(found)).id)


def _coded(folder: Path, file: str) -> Callable[[pd.DataFrame], pd.DataFrame]:
    """Return the commitments of a national file as a function of its provisions."""

    def commitments(provisions: pd.DataFrame) -> pd.DataFrame:
        coded: list[dict[str, object]] = []
        for row in rows(_read(folder / "commitments.csv")):
            if row.national_file == file:
                provision = _find(provisions, row.number, f"{folder.name}/commitments.csv", row.part)
                coded.append(
                    {"id": f"c:{provision}", "provision_id": provision, "modality": row.modality, "origin": "panel",
                     "calls_for_local": row.calls_for_local, "importance": int(row.importance), "sector": row.sector}
                )  # fmt: skip
        return model.COMMITMENTS.frame(coded)

    return commitments


def _add_verdicts(project: Project, folder: Path, provisions: dict[str, pd.DataFrame]) -> None:
    where = f"{folder.name}/verdicts.csv"
    for row in rows(_read(folder / "verdicts.csv")):
        national = _find(provisions[row.national_file], row.national_number, where)
        carried = [part.partition("#") for part in row.carried_by.split(";") if part]
        project.judge_card(
            f"c:{national}@{row.local_territory}",
            rater=row.rater,
            uptake=int(row.uptake) if row.uptake else None,
            conflict=int(row.conflict) if row.conflict else None,
            carried_by=tuple(_find(provisions[file.strip()], number.strip(), where) for file, _, number in carried),
            confidence=row.confidence,
            reason=row.reason,
            now=_JUDGED,
        )


def _add_judgements(project: Project, folder: Path, provisions: dict[str, pd.DataFrame]) -> None:
    where = f"{folder.name}/judgements.csv"
    for row in rows(_read(folder / "judgements.csv")):
        project.judge_pair(
            _find(provisions[row.local_file], row.local_number, where),
            _find(provisions[row.national_file], row.national_number, where),
            rater=row.rater,
            relation_type=row.relation_type,
            relation=int(row.relation),
            confidence=row.confidence,
            reason=row.reason,
            evidence=row.evidence,
            now=_JUDGED,
        )


def _add_answers(project: Project, folder: Path, provisions: dict[str, pd.DataFrame]) -> None:
    where = f"{folder.name}/answers.csv"
    said: dict[str, list[model.Answer]] = {}
    for row in rows(_read(folder / "answers.csv")):
        found = _find(provisions[row.file], row.number, where) if row.file else None
        said.setdefault(row.respondent, []).append(
            model.Answer(
                row.item, row.local_territory, row.side, _level(row.level), row.basis, provision_id=found,
                note=row.note, reason=row.reason,
            )
        )  # fmt: skip
    for respondent, answers in said.items():
        project.answer_all(answers, respondent=respondent, expected_versions=[0] * len(answers), now=_JUDGED)


def _level(written: str) -> Any:
    """Return a level as the questionnaire's sheets write it: 0-4, NA, ?, or nothing for words alone."""
    signs: dict[str, Any] = {"": None, "NA": "not_applicable", "?": "do_not_know"}
    return signs[written] if written in signs else int(written)


_REGISTERS: tuple[tuple[str, Any], ...] = (
    ("mechanisms", "mechanism"), ("practices", "practice"), ("practice_path", "practice_event"),
    ("corridors", "corridor"),
)  # fmt: skip
_LISTS = ("members", "sectors", "after", "channels", "stages")


def _add_registers(project: Project, folder: Path, provisions: dict[str, pd.DataFrame]) -> None:
    """Add the case's mechanisms, practices with their path, and corridors."""
    for name, register_ in _REGISTERS:
        path, where = folder / f"{name}.csv", f"{folder.name}/{name}.csv"
        for row in rows(_read(path)) if path.is_file() else ():
            project.enter(register_, _entry(row._asdict(), provisions, where), now=_JUDGED)


def _entry(row: dict[str, str], provisions: dict[str, pd.DataFrame], where: str) -> dict[str, Any]:
    """Return an entry as a register keeps it: lists, ids of provisions and documents, what is empty left out."""
    entry: dict[str, Any] = {name: value for name, value in row.items() if value}
    for name in _LISTS:
        if name in entry:
            entry[name] = row[name].split(";")
    for name in ("provisions", "provision"):
        parts = [part.partition("#") for part in entry.pop(name, "").split(";") if part]
        found = [_find(provisions[file], number, where) for file, _, number in parts]
        if found:
            entry |= {"provisions": found} if name == "provisions" else {"provision_id": found[0]}
    if "agreements" in entry:
        entry["agreements"] = [str(provisions[file]["document_id"].iloc[0]) for file in row["agreements"].split(";")]
    if "flows" in entry:
        entry["flows"] = [flow.split(">") for flow in row["flows"].split(";")]
    return entry | {name: row[name] == "1" for name in ("has_budget", "has_staff") if row.get(name)}
