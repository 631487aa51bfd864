"""The rules of the house that no other tool checks: sizes, names, notebooks, addresses, catalogues, the wheel."""

from __future__ import annotations

import ast
import json
import re
import string
import subprocess
import sys
import zipfile
from functools import cache
from pathlib import Path

import pytest

from workbench import errors, messages

ROOT = Path(__file__).resolve().parents[1]
LONGEST = 400
LONGEST_SCRIPT = 300
CELL_LINES = 6
EMPTY_NAMES = ("utils", "util", "helpers", "helper", "common", "misc", "manager", "base2")
# Written in pieces, so that this file does not find itself.
CONTENT_NETWORKS = tuple(
    ".".join(parts)
    for parts in (
        ("jsdelivr", "net"),
        ("unpkg", "com"),
        ("cdnjs", "cloudflare", "com"),
        ("esm", "sh"),
        ("skypack", "dev"),
        ("fonts", "googleapis", "com"),
        ("fonts", "gstatic", "com"),
        ("ajax", "googleapis", "com"),
    )
)
REGISTRIES = (".".join(("pypi", "org")), ".".join(("files", "pythonhosted", "org")), ".".join(("npmjs", "org")))
MACHINE_PATH = re.compile(r"(?<![\w./])/(?:work|root|home/\w+|Users/\w+)/[\w.-]")
BINARY = {".pdf", ".docx", ".png", ".jpg", ".ico", ".xlsx", ".gz", ".zip", ".sqlite", ".woff2"}


@cache
def files() -> list[Path]:
    """Every file of the repository that is or would be committed."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("not a clone: there is no git here")
    return [ROOT / name for name in sorted(set(listed.stdout.split("\0"))) if name and (ROOT / name).is_file()]


def texts(*suffixes: str) -> list[tuple[str, str]]:
    """Name and text of the text files, of some kinds or of all."""
    return [
        (str(file.relative_to(ROOT)), file.read_text("utf-8", errors="replace"))
        for file in files()
        if (file.suffix in suffixes if suffixes else file.suffix not in BINARY)
    ]


def code(*folders: str) -> list[tuple[str, ast.Module]]:
    """Name and syntax tree of the Python files in some folders."""
    return [(name, ast.parse(text, name)) for name, text in texts(".py") if name.startswith(folders)]


def test_no_python_file_is_longer_than_a_room_may_be():
    long = {name: n for name, text in texts(".py") if (n := len(text.splitlines())) > LONGEST}
    assert long == {}


def test_files_are_named_after_what_they_do():
    assert [str(file.relative_to(ROOT)) for file in files() if file.stem.lower() in EMPTY_NAMES] == []


def test_a_widgets_script_is_short_and_never_sets_markup():
    scripts = [(name, text) for name, text in texts(".js") if name.startswith(("widgets/", "workbench/"))]
    assert scripts
    assert {name: n for name, text in scripts if (n := len(text.splitlines())) > LONGEST_SCRIPT} == {}
    markup = re.compile(r"\b(?:innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval|new Function)\b")
    assert [f"{name}: {match.group()}" for name, text in scripts for match in markup.finditer(text)] == []


@cache
def notebooks() -> list[tuple[str, dict]]:
    return [(name, json.loads(text)) for name, text in texts(".ipynb")]


def test_notebooks_are_kept_without_outputs():
    kept = [
        name
        for name, notebook in notebooks()
        for cell in notebook["cells"]
        if cell["cell_type"] == "code" and (cell["outputs"] or cell["execution_count"] is not None)
    ]
    assert kept == []


def test_notebooks_define_nothing_and_do_not_loop():
    forbidden = (
        ast.FunctionDef,
        ast.AsyncFunctionDef,
        ast.ClassDef,
        ast.For,
        ast.While,
        ast.Try,
        ast.Lambda,
    )
    found = [
        f"{name}: {type(node).__name__} in line {node.lineno} of a cell"
        for name, notebook in notebooks()
        for cell in notebook["cells"]
        if cell["cell_type"] == "code"
        for node in ast.walk(ast.parse("".join(cell["source"])))
        if isinstance(node, forbidden)
    ]
    assert found == []


def test_cells_are_short():
    long = [
        name
        for name, notebook in notebooks()
        for cell in notebook["cells"]
        if cell["cell_type"] == "code" and len("".join(cell["source"]).strip().splitlines()) > CELL_LINES
    ]
    assert long == []


@pytest.mark.parametrize("kind", ["content network", "registry"])
def test_no_file_holds_the_address_of(kind):
    hosts = CONTENT_NETWORKS if kind == "content network" else REGISTRIES
    found = [f"{name}: {host}" for name, text in texts() for host in hosts if host in text]
    assert found == []


def test_no_file_holds_a_path_of_somebodys_machine():
    found = [f"{name}: {match.group()}" for name, text in texts() for match in MACHINE_PATH.finditer(text)]
    assert found == []


def test_the_lock_file_holds_hashes_and_no_address():
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    assert "://" not in lock
    pinned = re.findall(r"(?m)^[\w.\[\]-]+==\S+.*\n(?: +--hash=sha256:[0-9a-f]{64}.*\n)*", lock)
    assert len(pinned) > 50
    assert [entry.split()[0] for entry in pinned if "--hash" not in entry] == []


def test_importing_the_library_loads_nothing_heavy():
    heavy = ("pandas", "numpy", "sqlalchemy", "altair", "sklearn", "scipy", "lxml", "pypdfium2", "voila", "IPython")
    script = f"import sys, workbench; print([name for name in {heavy} if name in sys.modules])"
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"


# Catalogues


OTHERS = [code for code in messages.LANGUAGES if code != "en"]
# Words that are the same in two languages. A new one is added here on purpose, or translated.
SHARED = {
    "es": {
        "Local", "capital", "local", "regional", "plan", "Sector", "p. {page}", "{rater}: {what}", "{name}: {value}",
        "N", "S", "E", "{km} km", "no",
    },
    "fr": {
        "Document", "Documents", "National", "national", "Local", "local", "Dimension", "constitution", "plan",
        "programme", "budget", "Questionnaire", "note", "Diaspora", "Migrants", "Points", "Corridor",
        "{title} Version {version}, {count} items.", "audit", "Audit", "Migration", "Aspiration", "Alpha", "p. {page}",
        "type", "National / local", "Source", "destination", "N", "S", "E", "{km} km", "Dialogue", "Influence",
    },
    "it": {"Diaspora", "p. {page}", "{rater}: {what}", "{name}: {value}", "N", "S", "E", "{km} km", "no"},
}  # fmt: skip


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_says_the_same_things(language):
    lacking_or_unknown = messages.catalogue("en").keys() ^ messages.catalogue(language).keys()
    assert sorted(lacking_or_unknown) == []


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_no_text_is_empty(language):
    written = {
        key: text
        for name, file in texts(".po")
        if Path(name).parent.name == language
        for key, text in re.findall(r'(?m)^msgid "(.+)"\nmsgstr "(.*)"$', file)
    }
    assert sorted(messages.catalogue("en").keys() - written.keys()) == []
    assert [key for key, text in written.items() if not text.strip()] == []


@pytest.mark.parametrize("language", OTHERS)
def test_no_text_was_left_in_english(language):
    english = messages.catalogue("en")
    same = {key: text for key, text in messages.catalogue(language).items() if text == english.get(key)}
    assert {key: text for key, text in same.items() if text not in SHARED[language]} == {}
    assert SHARED[language] - set(same.values()) == set(), "no longer shared: take it off the list"


@pytest.mark.parametrize("language", ["es", "fr", "it"])
def test_no_line_begins_with_a_sign_that_belongs_to_the_word_before(language):
    before = ";:!?»%…" if language == "fr" else "%…"
    torn = re.compile(rf" [{before}]|« ")
    assert {key: text for key, text in messages.catalogue(language).items() if torn.search(text)} == {}


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_fills_in_the_same_values(language):
    def values(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    english = messages.catalogue("en")
    differing = [
        key
        for key, text in messages.catalogue(language).items()
        if key in english and values(text) != values(english[key])
    ]
    assert differing == []


def test_no_key_is_given_twice_in_a_language():
    seen: dict[tuple[str, str], list[str]] = {}
    for name, text in texts(".po"):
        for key in re.findall(r'(?m)^msgid "(.+)"$', text):
            seen.setdefault((Path(name).parent.name, key), []).append(name)
    assert {key: names for key, names in seen.items() if len(names) > 1} == {}


def named_keys() -> dict[str, str]:
    """Keys written out in code, and where: messages.text("…"), and the keys of errors raised."""
    family = {
        name
        for name, kind in vars(errors).items()
        if isinstance(kind, type) and issubclass(kind, errors.WorkbenchError)
    }
    keys: dict[str, str] = {}
    for name, tree in code("workbench/", "widgets/"):
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant)):
                continue
            first = node.args[0].value
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            owner = getattr(getattr(node.func, "value", None), "id", "")
            if called == "text" and owner == "messages" and isinstance(first, str):
                keys[first] = name
            if called in family and isinstance(first, str):
                keys[f"error.{first}.what"] = keys[f"error.{first}.todo"] = name
    return keys


def test_every_message_named_in_code_is_in_the_catalogues():
    used = named_keys()
    assert len(used) > 10
    for language in messages.LANGUAGES:
        known = messages.catalogue(language)
        assert {key: where for key, where in used.items() if key not in known} == {}, language


def test_an_error_that_is_raised_has_every_value_its_words_ask_for():
    kinds = {name for name, kind in vars(errors).items() if isinstance(kind, type)}
    english = messages.catalogue("en")
    lacking = []
    for name, tree in code("workbench/", "widgets/"):
        for node in ast.walk(tree):
            called = getattr(node.func, "attr", getattr(node.func, "id", "")) if isinstance(node, ast.Call) else ""
            if called not in kinds or not node.args or not isinstance(node.args[0], ast.Constant):
                continue
            given = {word.arg for word in node.keywords} | {"where"}
            for part in ("what", "todo"):
                words = english.get(f"error.{node.args[0].value}.{part}", "")
                wanted = {value for _, value, _, _ in string.Formatter().parse(words) if value}
                if None not in given and wanted - given:
                    lacking.append((name, node.lineno, wanted - given))
    assert lacking == []


def test_the_words_of_an_error_may_name_the_place():
    error = errors.ScoreError("scheme.unknown", where="mine.yaml", entry="dimentions", near="dimensions")
    assert str(error).startswith("mine.yaml: The scheme “mine.yaml” has an entry “dimentions”")


def test_every_error_says_what_was_wrong_and_what_to_do():
    keys = messages.catalogue("en")
    stems = {key.rpartition(".")[0] for key in keys if key.startswith("error.")}
    assert sorted(stem for stem in stems if f"{stem}.what" not in keys or f"{stem}.todo" not in keys) == []


# The wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> set[str]:
    folder = tmp_path_factory.mktemp("wheel")
    files()
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip
    built = next(folder.glob("*.whl"))
    assert built.name.startswith("policy_coherence_workbench-")
    with zipfile.ZipFile(built) as archive:
        return set(archive.namelist())


def test_the_wheel_holds_every_file_of_the_product(wheel):
    expected = {
        f"workbench/_shipped/{name}" if name.startswith(("data/", "notebooks/")) else name
        for name in (file.relative_to(ROOT).as_posix() for file in files())
        if name.startswith(("workbench/", "widgets/", "data/", "notebooks/"))
    }
    assert sorted(expected - wheel) == []


@pytest.mark.parametrize(
    "ending",
    [
        "messages/en/core.po",
        "messages/es/core.po",
        "messages/fr/apps.po",
        "messages/it/apps.po",
        "template/index.html.j2",
        "template/static/page.css",
        "notebooks/apps/start.ipynb",
        ".js",
        "theme.css",
    ],
)
def test_the_wheel_holds_what_is_not_python_too(wheel, ending):
    assert any(name.endswith(ending) for name in wheel), ending


def test_the_wheel_brings_no_other_package_along(wheel):
    tops = {name.split("/")[0] for name in wheel}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"workbench", "widgets"}
