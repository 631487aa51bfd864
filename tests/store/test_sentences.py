"""Every error of the store is said in four languages with the same values."""

from __future__ import annotations

import re
from pathlib import Path

import workbench.store
from workbench.messages import LANGUAGES, catalogue

SOURCE = "\n".join(path.read_text() for path in Path(workbench.store.__file__).parent.glob("*.py"))


def test_every_key_used_has_its_texts_and_no_text_is_unused():
    used = set(re.findall(r'"(store\.[a-z_.]+)"', SOURCE))
    kept = {key for key in catalogue("en") if key.startswith(("error.store.", "store.check."))}
    errors = {f"error.{key}.{part}" for key in used if not key.startswith("store.check.") for part in ("what", "todo")}
    assert errors | {key for key in used if key.startswith("store.check.")} == kept


def test_four_languages_say_the_same_with_the_same_values():
    english = {key: text for key, text in catalogue("en").items() if "store." in key}
    for language in LANGUAGES:
        for key, text in english.items():
            said = catalogue(language)[key]
            assert set(re.findall(r"{(\w+)}", said)) == set(re.findall(r"{(\w+)}", text)), (language, key)
            assert language == "en" or said != text, (language, key)
