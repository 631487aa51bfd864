"""No sentence for people stands in code: not in the scripts of the widgets, not in Python, not in `--help`."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from widgets.guided import app, journey
from workbench import messages
from workbench.cli.helping import keys
from workbench.cli.program import program

ROOT = Path(__file__).resolve().parents[1]
# After these signs or words a slash begins a pattern, not a division.
_PATTERN_FOLLOWS = re.compile(r"(?:^|[(,=:\[!&|?{};>]|\breturn)\s*$")
# What may stand before a text that no person reads: attributes, selectors, names of events.
_NOT_SHOWN = re.compile(
    r"(?:\b(?:class|style|rel|accept|pattern): |\b(?:querySelector(?:All)?|closest|matches|on|RegExp)\()$"
)
# Two words, one with a capital, or one beside a value (•).
_WORDS = re.compile(r"[^\W\d_]{2,} +[^\W\d_]{2,}|^\s*[A-ZÀ-Ý][a-zà-ÿ]{2,}[.!?…]?\s*$|• [^\W\d_]{2,}|[^\W\d_]{2,}:? •")
# The style of our own classes, and words that programs read.
_MACHINE = re.compile(r"^(?:\s*(?:wb-[\w-]*|change:\w+|msg:\w+))+\s*$")
FOR_PROGRAMS = {"Enter", "Escape", "Tab", "use strict"}


def literals(script: str) -> Iterator[tuple[str, str, int]]:
    """Yield the texts of a script: what stands before, the text (values of a template as one sign), its line."""
    at, length = 0, len(script)
    while at < length:
        sign = script[at]
        if script.startswith("//", at):
            at = script.find("\n", at) % (length + 1)
        elif script.startswith("/*", at):
            at = script.index("*/", at) + 2
        elif sign == "/" and _PATTERN_FOLLOWS.search(script[max(0, at - 20) : at]):
            at = _end_of_pattern(script, at)
        elif sign in "\"'":
            end = at + 1
            while script[end] != sign:
                end += 2 if script[end] == "\\" else 1
            yield script[max(0, at - 160) : at], script[at + 1 : end], script.count("\n", 0, at) + 1
            at = end + 1
        elif sign == "`":
            text, inner, end = _template(script, at)
            yield script[max(0, at - 160) : at], text, script.count("\n", 0, at) + 1
            for code in inner:
                yield from literals(code)
            at = end
        else:
            at += 1


def _end_of_pattern(script: str, at: int) -> int:
    inside_class = False
    at += 1
    while script[at] != "/" or inside_class:
        inside_class = script[at] == "[" or (inside_class and script[at] != "]")
        at += 2 if script[at] == "\\" else 1
    return at + 1


def _template(script: str, at: int) -> tuple[str, list[str], int]:
    """Return a template's text with • for each value, the code of the values, and where it ends."""
    text, inner = "", []
    at += 1
    while script[at] != "`":
        if not script.startswith("${", at):
            text += script[at]
            at += 2 if script[at] == "\\" else 1
            continue
        start, depth = at + 2, 1
        at = start
        while depth:
            if script[at] == "`":
                at = _template(script, at)[2]
                continue
            depth += {"{": 1, "}": -1}.get(script[at], 0)
            at += 1
        inner.append(script[start : at - 1])
        text += "•"
    return text, inner, at + 1


def shown(script: str) -> list[str]:
    """Return the texts of a script that a person would read, with their lines."""
    return [
        f"{line}: {text}"
        for before, text, line in literals(script)
        if _WORDS.search(text)
        and not _MACHINE.match(text.replace("•", "wb-"))
        and not _NOT_SHOWN.search(before)
        and text not in FOR_PROGRAMS
    ]


@pytest.mark.parametrize(
    "script",
    [
        'make("p", {}, "Nothing was found")',
        "make('button', { class: 'wb-button', onclick: save }, 'Save')",
        'make("span", { class: "wb-chip" }, `Page ${row.page} of ${row.pages}`)',
        'title.textContent = done ? "All is done" : say(model, "key")',
        'make("input", { placeholder: "Your name", "aria-label": say(model, "a.b") })',
        '/* a comment */ tell(`${`Cannot save`}`)',
    ],
)  # fmt: skip
def test_a_sentence_in_a_script_is_found(script):
    assert shown(script) != []


@pytest.mark.parametrize(
    "script",
    [
        'make("p", { class: here ? "wb-item wb-chosen" : "wb-item" }, say(model, "compare.nothing"))',
        'el.querySelector("details summary"); // not a sentence for people',
        'model.on("change:labels change:card", draw); const half = all / 2; const third = `${a / 3} %`;',
        'text.replace(/"(?:two words)"/g, "·")',
    ],
)
def test_what_programs_read_is_no_sentence(script):
    assert shown(script) == []


def test_no_script_holds_a_sentence_for_people():
    scripts = sorted([*ROOT.glob("widgets/**/*.js"), *ROOT.glob("workbench/**/*.js")])
    assert len(scripts) > 10
    found = {str(file.relative_to(ROOT)): said for file in scripts if (said := shown(file.read_text("utf-8")))}
    assert found == {}, "texts live in workbench/messages"


# How scripts and the apps ask for a text: say(model, "key"), self.say("key"); a key made of parts begins with one.
_ASKED = re.compile(r"""say\((?:model, )?(["'`])([a-z][\w.]*\.[\w.]*)(\1|\$\{)""")


def asked(text: str) -> set[str]:
    """Return the keys a script or app asks for as they stand; of those made of parts, what they begin with."""
    return {key if end == quote else f"{key}*" for quote, key, end in _ASKED.findall(text)}


def test_the_keys_a_script_asks_for_are_found():
    script = 'say(model, "a.b"); say(model, `a.c.${row.kind}`); self.say("a.d", count=1); say(model, is_new ? x : y)'
    assert asked(script) == {"a.b", "a.c.*", "a.d"}


def test_every_text_that_a_page_asks_for_is_there_and_is_sent_to_the_browser():
    known = messages.catalogue("en")
    sent = {"header": set(app.texts("en", app.OF_HEADER)), "view": set(app.texts("en"))}
    lacking = []
    for file in sorted([*ROOT.glob("widgets/**/*.js"), *ROOT.glob("widgets/**/*.py")]):
        keys = known.keys() if file.suffix == ".py" else sent["header" if file.parent.name == "steps" else "view"]
        lacking += [
            f"{file.relative_to(ROOT)}: {key}"
            for key in sorted(asked(file.read_text("utf-8")))
            if key not in keys and not (key.endswith("*") and any(one.startswith(key[:-1]) for one in keys))
        ]
    assert lacking == []


def test_a_page_of_the_apps_is_one_line_without_words_of_its_own():
    pages = sorted(ROOT.glob("notebooks/apps/*.ipynb"))
    assert len(pages) >= 5
    for page in pages:
        cells = json.loads(page.read_text("utf-8"))["cells"]
        assert [cell["cell_type"] for cell in cells] == ["code"], page.name
        tree = ast.parse("".join(cells[0]["source"]))
        texts = [
            node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
        ]
        assert texts == [], page.name


def test_every_page_has_a_name_and_says_what_it_is_for_in_every_language():
    for page in journey.pages():
        for language in messages.LANGUAGES:
            known = messages.catalogue(language)
            assert f"steps.{page}" in known, (page, language)
            assert page == "start" or page not in journey.PATH or f"start.{page}_what" in known, (page, language)


def test_every_word_of_the_glossary_has_a_name_and_a_meaning_and_every_page_names_words_that_exist():
    words = {key.split(".")[1] for key in messages.catalogue("en") if key.startswith("glossary.")}
    assert len(words) > 25
    keys = {key for key in messages.catalogue("en") if key.startswith("glossary.")}
    needed = {f"glossary.{word}.{part}" for word in words for part in ("name", "text")}
    # And as what it stands in sentences, for those that are linked there.
    assert needed <= keys <= needed | {f"glossary.{word}.forms" for word in words}
    assert {word for listed in app.TERMS.values() for word in listed} <= words


def told(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield the texts that Python code says to people as they stand: told, printed, or given as help or label."""
    says = ("tell", "echo", "secho", "print", "_note", "_done", "_leave", "prompt", "confirm")
    named = ("help", "short_help", "epilog", "placeholder", "tooltip", "description", "description_tooltip")
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        given = [*node.args] if called in says else []
        given += [value.value for value in node.keywords if value.arg in named and called not in TRAITS]
        for value in given:
            for part in _parts(value):
                if _WORDS.search(part):
                    yield node.lineno, part


# Their `help` is read by those who program with the part, as a docstring is.
TRAITS = {
    "Bytes",
    "Dict",
    "List",
    "Unicode",
    "Bool",
    "Int",
    "Float",
    "Any",
    "Tuple",
    "Enum",
    "CaselessStrEnum",
    "Instance",
}


def _parts(value: ast.expr) -> list[str]:
    """The constant texts of an expression that reach the reader: not the arguments of another call."""
    if isinstance(value, ast.Constant):
        return [value.value] if isinstance(value.value, str) else []
    if isinstance(value, ast.JoinedStr):
        return ["•".join(part.value for part in value.values if isinstance(part, ast.Constant))]
    if isinstance(value, ast.BinOp):
        return _parts(value.left) + _parts(value.right)
    if isinstance(value, ast.IfExp):
        return _parts(value.body) + _parts(value.orelse)
    return []


def test_a_sentence_told_by_python_code_is_found():
    said = 'app.tell("It is saved.")\nclick.echo(f"Saved {name} twice")\nclick.option("--a", help="An option.")'
    assert len(list(told(ast.parse(said)))) == 3
    assert list(told(ast.parse('app.tell(app.say("a key"), "bad")\ntraitlets.Dict(help="Texts by key.")'))) == []


def test_no_python_code_tells_people_a_sentence_of_its_own():
    files = [*ROOT.glob("widgets/**/*.py"), *ROOT.glob("workbench/**/*.py")]
    assert len(files) > 50
    found = [
        f"{file.relative_to(ROOT)}:{line}: {text}"
        for file in files
        for line, text in told(ast.parse(file.read_text("utf-8")))
    ]
    assert found == [], "texts live in workbench/messages"


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_every_command_and_option_has_its_help_in(language):
    known = messages.catalogue(language)
    lacking = [names[0] for _, names in keys(program) if not any(name in known for name in names)]
    assert lacking == []


def test_no_help_is_left_of_a_command_or_option_that_is_gone():
    used = {name for _, names in keys(program) for name in names}
    assert [key for key in messages.catalogue("en") if key.startswith("help.") and key not in used] == []
