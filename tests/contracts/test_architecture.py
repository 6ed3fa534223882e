"""`docs/architecture.md` names every room with what it may import, every package with its licence and reason."""

from __future__ import annotations

import re
import tomllib

from tests.contracts.code import ROOT
from tests.contracts.test_layers import PACKAGES, ROOMS

PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
#: Of another package that is named.
WITHIN = {"pydantic_core": "pydantic"}


def table(head: str) -> list[list[str]]:
    """The cells of each row of the table that begins so."""
    (found,) = re.findall(rf"^\| {head} .*\n\|[-|]+\n((?:\|.*\n)+)", PAGE, re.MULTILINE)
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in found.splitlines()]


def room(path: str) -> str:
    return path.strip("`/").removesuffix(".py").replace("/", ".").removesuffix(".__init__")


def rooms(named: str) -> set[str]:
    """`journal, importing (its plan)` as the rooms they are."""
    names = re.sub(r" \([^)]*\)", "", named).split(", ")
    return set() if names == ["nothing"] else {f"mentor.{name}" for name in names}


def test_the_table_of_rooms_is_the_one_that_is_kept() -> None:
    shown = {room(path): rooms(named) for path, _, named in table("room")}
    assert shown == {name: allowed - {"mentor.messages"} for name, allowed in ROOMS.items()}


def test_every_package_has_a_licence_and_a_reason() -> None:
    rows = table("package")
    assert all(licence and reason for _, licence, reason in rows)
    shown = {name for names, _, _ in rows for name in re.findall(r"[a-z][a-z0-9-]+", names.split(", with ")[0])}
    assert shown == {requirement.split("==")[0].split("[")[0] for requirement in PROJECT["dependencies"]}
    assert {WITHIN.get(name, name).replace("_", "-") for name in PACKAGES} <= shown


def test_every_package_of_development_is_named() -> None:
    (told,) = re.findall(r"^For development: (.*?)\n\n?\Z", PAGE + "\n", re.MULTILINE | re.DOTALL)
    needed = {requirement.split("==")[0] for requirement in PROJECT["optional-dependencies"]["dev"]}
    assert [name for name in needed if name not in told] == []
