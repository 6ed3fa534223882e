"""The catalogues hold the sentences of the source, each translated, and the source holds none outside of them."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Callable, Iterator

import pytest
from babel.messages.catalog import Message

from mentor import errors, messages
from mentor.i18n import gather, language
from mentor.i18n.language import LANGUAGES, Language, _, ngettext
from mentor.importing.formats import FORMATS
from tests.contracts.code import Module, modules, product

each_language = pytest.mark.parametrize("spoken", LANGUAGES)

#: Functions that take a sentence.
SAYING = {"_", "ngettext", "message", "messages"}
ERRORS = {name for name, held in vars(errors).items() if isinstance(held, type) and issubclass(held, Exception)}
#: Two words in a row, or a capitalised one: what a person would read.
PROSE = re.compile(r"[A-Za-z]{2,}[,:;.]? [A-Za-z]{2,}|^[A-Z][a-z]+\b")
#: Reads like prose and is none: names, formats, codes, what only Plotly or the browser reads.
NO_PROSE = re.compile(
    r"Bahasa Indonesia|English|Mentor|top center|leave out|command line|YYYY-MM-DD HH:mm:ss|<style>.*|--[a-z-]+ [A-Z=]+"
)


def entries(spoken: Language) -> list[Message]:
    return [entry for entry in gather.read(spoken) if entry.id]


def forms(text: str | list[str] | tuple[str, ...]) -> list[str]:
    return [text] if isinstance(text, str) else list(text)


def holes(text: str) -> set[str]:
    """The places for values in a template, with how they are formatted."""
    parts = string.Formatter().parse(text)
    braces = {f"{name}!{conversion}:{form}" for __, name, form, conversion in parts if name is not None}
    return braces | set(re.findall(r"%\(\w+\)[a-z]|%[sd]", text))


def edges(text: str) -> tuple[str, str]:
    """The white space around it."""
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


@each_language
def test_a_catalogue_holds_the_sentences_of_the_source_and_no_others(spoken: Language) -> None:
    gathered = {tuple(forms(entry.id)) for entry in gather.sentences() if entry.id}
    kept = {tuple(forms(entry.id)) for entry in entries(spoken)}
    assert (gathered - kept, kept - gathered) == (set(), set()), "run `python -m mentor.i18n.gather`"


@each_language
def test_every_sentence_is_said_in_all_its_forms(spoken: Language) -> None:
    plurals = gather.read(spoken).num_plurals
    wanted = {entry.id: 1 if isinstance(entry.id, str) else plurals for entry in entries(spoken)}
    said = {entry.id: sum(map(bool, forms(entry.string))) for entry in entries(spoken)}
    assert {id: given for id, given in said.items() if given != wanted[id]} == {}


@each_language
def test_both_languages_have_the_same_places_for_values(spoken: Language) -> None:
    """Only the number itself may be missing from a singular: “a trade”."""
    wrong = []
    for entry in filter(lambda entry: any(forms(entry.string)), entries(spoken)):
        places, *others = (holes(form) for form in reversed(forms(entry.string)))
        asked = holes(forms(entry.id)[-1])
        if places != asked or any(other | {"n!None:"} != asked | {"n!None:"} for other in others):
            wrong.append(entry.id)
    assert wrong == []


@each_language
def test_both_languages_have_the_same_white_space_around(spoken: Language) -> None:
    asked = {entry.id: edges(forms(entry.id)[0]) for entry in entries(spoken)}
    wrong = [
        entry.id for entry in entries(spoken) if {edges(said) for said in forms(entry.string)} != {asked[entry.id]}
    ]
    assert wrong == []


def test_english_says_itself() -> None:
    assert [entry.id for entry in entries("en") if forms(entry.id) != forms(entry.string)] == []


def test_what_no_catalogue_has_is_said_in_english() -> None:
    made_up, one, many = "Nobody ever wrote {what}.", "{n} made-up thing", "{n} made-up things"
    with language.spoken("id"):
        assert _(made_up, what="this") == "Nobody ever wrote this."
        assert ngettext(one, many, 1) == "1 made-up thing"
        assert ngettext(one, many, 1234) == "1.234 made-up things"


@pytest.mark.parametrize(
    "module", modules("mentor/ui", "mentor/cli", "mentor/charts", "pages"), ids=lambda module: module.where
)
def test_no_text_reaches_a_person_past_the_catalogues(module: Module) -> None:
    assert list(prose(module, module.tree)) == []


@pytest.mark.parametrize("module", product(), ids=lambda module: module.where)
def test_what_our_errors_say_is_in_the_catalogues(module: Module) -> None:
    raised = (node for node in ast.walk(module.tree) if isinstance(node, ast.Call) and _name(node.func) in ERRORS)
    assert [found for call in raised for found in prose(module, call)] == []


def test_what_formats_are_called_is_in_the_catalogues() -> None:
    assert [form.id for form in FORMATS if not isinstance(form.title, messages.Message)] == []


def prose(module: Module, part: ast.AST) -> Iterator[tuple[int, str]]:
    """(line, text) of what reads like a sentence or a label and is not handed to a function that says it.

    What the same module also says is the name of a column, which is labelled with the sentence.
    """
    said = {held.value for held in _constants(module.tree, _says)}
    nobodys = {id(held) for held in _constants(module.tree, _is_for_nobody)}
    for held in _constants(part, lambda node: node is part):
        if id(held) not in nobodys and _is_prose(held.value) and held.value not in said:
            yield held.lineno, str(held.value)


def _constants(part: ast.AST, of: Callable[[ast.AST], bool]) -> Iterator[ast.Constant]:
    """The constants within the nodes asked for."""
    for node in filter(of, ast.walk(part)):
        yield from (held for held in ast.walk(node) if isinstance(held, ast.Constant))


def _says(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and _name(node.func) in SAYING | {"cast"}


def _is_for_nobody(node: ast.AST) -> bool:
    """Said by the catalogues, or documentation, or for whoever wrote the code."""
    if isinstance(node, ast.Raise):
        return isinstance(node.exc, ast.Call) and _name(node.exc.func) not in ERRORS
    documents = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return documents or isinstance(node, ast.Assert) or _says(node)


def _is_prose(held: object) -> bool:
    return isinstance(held, str) and bool(PROSE.search(held)) and not NO_PROSE.fullmatch(held)


def _name(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else ""
