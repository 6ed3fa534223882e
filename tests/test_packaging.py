"""What an installation gets: everything pinned, nothing missing, nothing of anyone's machine."""

from __future__ import annotations

import re
import tomllib
from importlib import metadata

import pytest

from mentor.storage.migrations import scripts
from tests.contracts.code import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
FILES = ("requirements.txt", "requirements-dev.txt")
PIN = re.compile(r"(?P<name>[a-z0-9][a-z0-9._-]*)==(?P<version>[\w.!+]+)(?: ; (?P<marker>.+))?")


def pinned(name: str) -> dict[str, re.Match[str]]:
    """Package → its line in a requirements file; every line must be a pin."""
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    pins = [PIN.fullmatch(line) for line in lines if not line.lstrip().startswith("#")]
    assert None not in pins
    return {pin["name"]: pin for pin in pins if pin is not None}


def declared(*lists: list[str]) -> dict[str, str]:
    """Package → version of the declarations in pyproject.toml, extras left out."""
    pairs = (requirement.split("==") for requirements in lists for requirement in requirements)
    return {name.split("[")[0]: version for name, version in pairs}


@pytest.mark.parametrize("name", FILES)
def test_nothing_of_a_machine_is_in_a_requirements_file(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not re.search(r"https?:|file:|--(index|extra-index|find-links|trusted)|(?<![\w.])/\w+/", text)


def test_requirements_hold_what_the_project_declares() -> None:
    runtime, development = PROJECT["dependencies"], PROJECT["optional-dependencies"]["dev"]
    for name, lists in ((FILES[0], [runtime]), (FILES[1], [runtime, development])):
        versions = {package: pin["version"] for package, pin in pinned(name).items()}
        assert declared(*lists).items() <= versions.items()


def test_the_test_tools_come_on_top_of_the_same_versions() -> None:
    runtime, development = pinned(FILES[0]), pinned(FILES[1])
    assert {name: pin[0] for name, pin in runtime.items()}.items() <= {
        name: pin[0] for name, pin in development.items()
    }.items()


def test_the_faster_event_loop_is_left_out_on_windows() -> None:
    assert "sys_platform != 'win32'" in pinned(FILES[0])["uvloop"]["marker"]


@pytest.mark.parametrize("package", declared(PROJECT["dependencies"]))
def test_the_tests_run_on_the_pinned_versions(package: str) -> None:
    assert metadata.version(package) == pinned(FILES[0])[package]["version"]


def test_a_licence_and_a_changelog_come_along() -> None:
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").startswith("MIT License\n")
    assert PROJECT["license"] == "MIT"
    assert f"## {PROJECT['version']}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_migrations_are_numbered_without_gaps() -> None:
    assert [version for version, _, _ in scripts()] == list(range(1, len(scripts()) + 1))
