"""What people have judged in a project becomes the memory that its next suggestions lean on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from workbench import model

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from workbench.aligning import Encoder, Index, Memory
    from workbench.store import Project


# Text and language of provisions, by id.
Texts = Mapping[str, tuple[str, str | None]]


def memory(project: Project, texts: Texts | None = None) -> Memory:
    """Return the precedents of a project: every judged pair and card, of all its territories.

    A pair is confirmed when the panel's value is not 0 (two provisions in conflict do belong together) and
    rejected when it is 0. A card with uptake or conflict confirms the provisions said to carry it; a card
    with neither rejects all its candidates. A precedent is named by its local provision's id.
    `texts` saves reading the provisions again.
    """
    from workbench.aligning import Memory

    texts = _texts(project) if texts is None else texts
    found = Memory()
    for local_id, national_id, is_confirmed in [*_cards(project), *_pairs(project)]:
        if local_id in texts and national_id in texts:
            text, language = texts[local_id]
            keep = found.confirm if is_confirmed else found.reject
            keep(text, national_id, language=language, national_text=texts[national_id][0], id=local_id)
    return found


def _texts(project: Project) -> Texts:
    """Return text (heading first, as in matching) and language of every provision that has words."""
    found = {}
    for territory in project.territories()["id"]:
        for row in model.rows(project.provisions(territory_id=territory)):
            whole = "\n".join(part for part in (row.heading, row.text) if part)
            if whole.strip():
                found[row.id] = (whole, row.language if isinstance(row.language, str) else None)
    return found


def _pairs(project: Project) -> Iterable[tuple[str, str, bool]]:
    from workbench.judging import panel_relations

    for pair in model.rows(panel_relations(project.judgements())):
        yield pair.local_id, pair.national_id, bool(pair.relation)


def _cards(project: Project) -> Iterable[tuple[str, str, bool]]:
    import pandas as pd

    from workbench.judging import panel

    verdicts = project.verdicts()
    if verdicts.empty:
        return
    judged = panel(verdicts).set_index("card_id")
    provision_of = dict(project.commitments()[["id", "provision_id"]].itertuples(index=False, name=None))
    for card in model.rows(project.cards()):
        if card.id not in judged.index or card.commitment_id not in provision_of:
            continue
        verdict = judged.loc[card.id]
        uptake, conflict = verdict["uptake"], verdict["conflict"]
        if pd.isna(uptake) and pd.isna(conflict):
            continue
        is_found = any(not pd.isna(value) and value > 0 for value in (uptake, conflict))
        for local_id in verdict["carried_by"] if is_found else card.candidates:
            yield local_id, provision_of[card.commitment_id], is_found


class Kept:
    """An encoder whose vectors a project keeps: a text is encoded once, by one model, for all who open it."""

    def __init__(self, project: Project, encoder: Encoder) -> None:
        self._project, self._encoder = project, encoder
        self.name, self.fingerprint = encoder.name, encoder.fingerprint

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return float32 vectors of length 1 (n, d), new ones saved."""
        import numpy as np

        hashes = [hashlib.sha256(text.encode()).hexdigest() for text in texts]
        found = self._project.vectors(self.fingerprint, list(dict.fromkeys(hashes)))
        fresh = {name: text for name, text in zip(hashes, texts, strict=True) if name not in found}
        if fresh:
            made = dict(zip(fresh, self._encoder.encode(list(fresh.values())), strict=True))
            self._project.save_vectors(self.fingerprint, made)
            # As it will be read again: the same question has the same answer whoever asks first.
            found |= {name: vector.astype("<f2").astype(np.float32) for name, vector in made.items()}
        return np.stack([found[name] for name in hashes]) if hashes else np.zeros((0, 1), dtype=np.float32)


class Suggester:
    """The matches of single provisions of a territory, by what is remembered at the moment of asking.

    Both sides are indexed once, at the first question; an answer takes some tens of milliseconds. For a `rater` what
    others said of the very provision asked about is left out until the rater has said something of it: blind first.
    """

    def __init__(self, project: Project, territory: str, *, rater: str | None = None) -> None:
        from workbench.api.joining import counterpart

        self._project, self._rater = project, rater
        nation = counterpart(project, territory) or ""
        self._sides = {
            "local": project.provisions(territory_id=territory),
            "national": project.provisions(territory_id=nation),
        }
        self._indexes: dict[str, Index] = {}
        self._texts = _texts(project)

    def prepare(self, side: str) -> None:
        """Index what the provisions of a side are held against; of thousands it takes seconds. Reads no project."""
        from workbench.aligning import index

        other = "national" if side == "local" else "local"
        if other not in self._indexes and not self._sides[other].empty:
            self._indexes[other] = index(self._sides[other], reference=self._sides[side])

    def is_ready(self, side: str) -> bool:
        """Tell whether `matches` of a side will answer at once."""
        other = "national" if side == "local" else "local"
        return other in self._indexes or self._sides[other].empty

    def matches(self, side: str, provision_id: str, *, top: int = 5) -> pd.DataFrame:
        """Return LINKS between one provision of a side and the other side's nearest, best first.

        `side` is "local" or "national", that of the provision; an unknown provision has no links.
        """
        other = "national" if side == "local" else "local"
        own = self._sides[side]
        asked = own.loc[own["id"] == provision_id].reset_index(drop=True)
        if asked.empty or self._sides[other].empty:
            return model.LINKS.empty()
        self.prepare(side)
        remembered = memory(self._project, self._texts)
        if self._rater is not None:
            remembered = blind(self._project, remembered, provision_id, self._rater)
        if side == "local":
            return self._indexes[other].align(asked, top=top, memory=remembered, task="provisions")
        links = self._indexes[other].align(asked, top=top, memory=turned(remembered, provision_id), task="provisions")
        exchanged = {"local_id": "national_id", "national_id": "local_id"}
        return model.LINKS.frame(links.rename(columns=exchanged).to_dict("records"))


def blind(project: Project, remembered: Memory, provision_id: str, rater: str) -> Memory:
    """Return the precedents without those of a provision itself that a rater has said nothing of yet."""
    from workbench.aligning import Memory

    verdicts, judgements = project.verdicts(), project.judgements()
    cards = set(verdicts.loc[verdicts["rater"] == rater, "card_id"])
    commitments = {row.commitment_id for row in model.rows(project.cards()) if row.id in cards}
    seen = {row.provision_id for row in model.rows(project.commitments()) if row.id in commitments}
    pairs = {(row.local_id, row.national_id) for row in model.rows(judgements) if row.rater == rater}
    found = Memory()
    for one in remembered.precedents():
        is_own = (one.id, one.national_id) in pairs or one.national_id in seen
        if provision_id in (one.id, one.national_id) and not is_own:
            continue
        keep = found.confirm if one.is_confirmed else found.reject
        keep(one.local_text, one.national_id, language=one.local_language, national_text=one.national_text, id=one.id)
    return found


def turned(remembered: Memory, national_id: str | None = None) -> Memory:
    """Return the precedents seen from the national side (of one provision): which local texts it was held against."""
    from workbench import language
    from workbench.aligning import Memory

    found = Memory()
    for one in remembered.precedents():
        if national_id in (None, one.national_id) and one.national_text:
            keep = found.confirm if one.is_confirmed else found.reject
            spoken = language.detect(one.national_text)
            keep(one.national_text, one.id, language=spoken, national_text=one.local_text, id=one.national_id)
    return found
