"""The project's own Python files, parsed, for the contracts about how they are written."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Module:
    """One file; `name` is how it is imported, `room` the folder or top-level module it belongs to."""

    path: Path

    @property
    def where(self) -> str:
        return self.path.relative_to(ROOT).as_posix()

    @property
    def name(self) -> str:
        parts = self.path.relative_to(ROOT).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @property
    def room(self) -> str:
        parts = self.name.split(".")
        return parts[0] if parts[0] == "pages" else ".".join(parts[:2])

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, self.where)

    def imports(self) -> Iterator[str]:
        """Dotted names of everything imported, anywhere in the file; `from a import b` gives `a.b`."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{self.where}:{node.lineno} imports relatively"
                yield from (f"{node.module}.{alias.name}" for alias in node.names)

    def strings(self) -> Iterator[tuple[int, str]]:
        """(line, text) of every string that is no docstring."""
        documentation = {
            id(node.value) for node in ast.walk(self.tree) if isinstance(node, ast.Expr) and _is_text(node.value)
        }
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
                yield node.lineno, node.value


def modules(*folders: str) -> list[Module]:
    """The files of these folders and files, in order."""
    found = [ROOT / folder for folder in folders]
    files = [file for path in found for file in ([path] if path.is_file() else path.rglob("*.py"))]
    return [Module(file) for file in sorted(files)]


def product() -> list[Module]:
    """Everything that runs when the product runs."""
    return modules("mentor", "pages", "app.py")


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)
