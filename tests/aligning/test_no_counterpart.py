"""A provision whose best match is unlikely is said to have no counterpart."""

from __future__ import annotations

import pandas as pd

from workbench.aligning import align, no_counterpart


def table(texts: dict[str, str]) -> pd.DataFrame:
    return pd.DataFrame({"id": list(texts), "text": list(texts.values()), "language": "en"})


def test_what_nobody_speaks_of_has_no_counterpart_and_the_rest_has() -> None:
    local = table(
        {
            "water": "Every household is connected to safe drinking water.",
            "bees": "Keeping bees on the roof of the town hall needs a licence.",
            "empty": "",
        }
    )
    national = table({"n1": "Safe drinking water for every household", "n2": "Quality education for all children"})
    links = align(local, national)
    found = no_counterpart(links, local)
    assert list(found["id"]) == ["bees", "empty"]
    assert found["probability"].iloc[1] == 0
    assert list(no_counterpart(links, local, least=1.0)["id"]) == ["water", "bees", "empty"]
