"""Who may import whom, where SQL may stand, and how every module is written."""

from __future__ import annotations

import ast
import re
import sys
from graphlib import TopologicalSorter

import pytest

from tests.contracts.code import Module, modules, product

#: The rooms of ours each room may import; `docs/architecture.md` shows the same.
ROOMS = {
    "mentor.messages": set(),
    "mentor.logs": set(),
    "mentor.progress": set(),
    "mentor.jobs": {"mentor.errors", "mentor.progress"},
    "mentor.errors": {"mentor.messages"},
    "mentor.models": {"mentor.messages"},
    "mentor.settings": {"mentor.errors", "mentor.messages"},
    "mentor.arguments": {"mentor.errors", "mentor.models", "mentor.messages"},
    "mentor.documented": {"mentor.arguments", "mentor.errors", "mentor.models", "mentor.messages"},
    "mentor.analytics": {"mentor.models", "mentor.messages", "mentor.progress"},
    "mentor.report": {"mentor.analytics", "mentor.i18n", "mentor.models", "mentor.messages", "mentor.progress"},
    "mentor.storage": {"mentor.errors", "mentor.models", "mentor.messages", "mentor.progress"},
    "mentor.emotion_words": set(),
    "mentor.importing": {"mentor.emotion_words", "mentor.errors", "mentor.models", "mentor.messages"},
    "mentor.trade_cache": {"mentor.analytics", "mentor.storage"},
    "mentor.mood_book": {"mentor.models", "mentor.storage"},
    "mentor.program_desk": {"mentor.errors", "mentor.messages", "mentor.models", "mentor.storage"},
    "mentor.takeover_desk": {
        "mentor.importing",
        "mentor.models",
        "mentor.mood_book",
        "mentor.storage",
        "mentor.messages",
    },
    "mentor.transfer": {
        "mentor.arguments",
        "mentor.errors",
        "mentor.importing",
        "mentor.models",
        "mentor.messages",
    },
    "mentor.transfer_desk": {
        "mentor.errors",
        "mentor.importing",
        "mentor.models",
        "mentor.mood_book",
        "mentor.storage",
        "mentor.transfer",
        "mentor.messages",
    },
    "mentor.fill_desk": {"mentor.importing", "mentor.models", "mentor.storage", "mentor.messages"},
    "mentor.import_desk": {
        "mentor.messages",
        "mentor.errors",
        "mentor.fill_desk",
        "mentor.importing",
        "mentor.models",
        "mentor.mood_book",
        "mentor.storage",
        "mentor.takeover_desk",
        "mentor.transfer_desk",
    },
    "mentor.journal": {
        "mentor.i18n",
        "mentor.messages",
        "mentor.analytics",
        "mentor.arguments",
        "mentor.documented",
        "mentor.emotion_words",
        "mentor.errors",
        "mentor.fill_desk",
        "mentor.import_desk",
        "mentor.importing",
        "mentor.models",
        "mentor.mood_book",
        "mentor.program_desk",
        "mentor.report",
        "mentor.storage",
        "mentor.takeover_desk",
        "mentor.trade_cache",
        "mentor.transfer",
        "mentor.transfer_desk",
    },
    "mentor.demo": {"mentor.errors", "mentor.journal", "mentor.models", "mentor.storage", "mentor.messages"},
    "mentor": {"mentor.errors", "mentor.journal", "mentor.models", "mentor.settings"},
    "mentor.i18n": {"mentor.analytics", "mentor.errors", "mentor.messages", "mentor.models"},
    "mentor.query": {"mentor.errors", "mentor.messages"},
    "mentor.charts": {"mentor.analytics", "mentor.i18n", "mentor.models"},
    "mentor.ui": {
        "mentor.messages",
        "mentor.analytics",
        "mentor.charts",
        "mentor.daily",
        "mentor.demo",
        "mentor.errors",
        "mentor.i18n",
        "mentor.importing",
        "mentor.jobs",
        "mentor.journal",
        "mentor.logs",
        "mentor.models",
        "mentor.progress",
        "mentor.query",
        "mentor.report",
        "mentor.settings",
        "mentor.shared",
    },
    "mentor.shared": {"mentor.journal"},
    "mentor.daily": {"mentor.errors", "mentor.journal"},
    "mentor.api": {
        "mentor.analytics",
        "mentor.arguments",
        "mentor.errors",
        "mentor.i18n",
        "mentor.journal",
        "mentor.logs",
        "mentor.messages",
        "mentor.models",
        "mentor.report",
        "mentor.settings",
        "mentor.shared",
    },
    "pages": {"mentor.i18n", "mentor.ui"},
    "app": {
        "mentor.api",
        "mentor.daily",
        "mentor.logs",
        "mentor.settings",
        "mentor.ui",
    },
    # Storage too: what restores or checks a file must work where no `Journal` can be opened.
    "mentor.cli": {
        "mentor.messages",
        "mentor.analytics",
        "mentor.arguments",
        "mentor.demo",
        "mentor.errors",
        "mentor.i18n",
        "mentor.importing",
        "mentor.journal",
        "mentor.models",
        "mentor.report",
        "mentor.settings",
    },
    "mentor.__main__": {"mentor.cli"},
}
#: Packages of others, and the only rooms that may know them. What is not listed may be imported nowhere.
PACKAGES = {
    "adbc_driver_manager": {"mentor.storage"},
    "adbc_driver_sqlite": {"mentor.storage"},
    "babel": {"mentor.i18n"},
    "duckdb": {"mentor.query"},
    "lxml": {"mentor.importing"},
    "numpy": {
        "mentor.analytics",
        "mentor.arguments",
        "mentor.documented",
        "mentor.charts",
        "mentor.demo",
        "mentor.importing",
        "mentor.trade_cache",
        "mentor.transfer",
    },
    "pandas": {
        "mentor.analytics",
        "mentor.charts",
        "mentor.fill_desk",
        "mentor.import_desk",
        "mentor.importing",
        "mentor.journal",
        "mentor.query",
        "mentor.report",
        "mentor.storage",
        "mentor.trade_cache",
        "mentor.transfer",
        "mentor.transfer_desk",
        "mentor.ui",
    },
    "openpyxl": {"mentor.importing"},
    "plotly": {"mentor.charts", "mentor.ui"},
    "pyarrow": {
        "mentor.fill_desk",
        "mentor.importing",
        "mentor.query",
        "mentor.storage",
        "mentor.trade_cache",
        "mentor.transfer",
        "mentor.transfer_desk",
    },
    "pydantic": {"mentor.api"},
    "pydantic_core": {"mentor.api"},
    "scipy": {"mentor.analytics"},
    "starlette": {"app", "mentor.api"},
    "streamlit": {"app", "mentor.ui", "pages"},
    "tzlocal": {"mentor.journal"},
    "xlrd": {"mentor.importing"},
}
SQL = re.compile(
    r"\s*(SELECT\s|INSERT\s+(OR|INTO)\s|UPDATE\s+\w+\s+SET\s|DELETE\s+FROM\s|REPLACE\s+INTO\s|CREATE\s+(TABLE|INDEX|TRIGGER|VIEW)\s"
    r"|DROP\s|ALTER\s|PRAGMA\s|ATTACH\s|VACUUM|BEGIN\b|COMMIT\b|ROLLBACK\b)"
)
#: Ways to touch a file that is not through SQLite.
TOUCHING = {"read_bytes", "read_text", "write_bytes", "write_text", "copyfile", "copy2", "copyfileobj", "copytree"}
#: Files a person names, another system's journal, the schema of the package, the kernel's list of mounts.
MAY_TOUCH_FILES = (
    "mentor/cli/saving.py",
    "mentor/importing/",
    "mentor/i18n/",
    "mentor/storage/old_journal.py",
    "mentor/storage/migrations.py",
    "mentor/storage/checkup.py",
    "mentor/transfer/unpacking.py",
)

every_module = pytest.mark.parametrize("module", product(), ids=lambda module: module.where)


def room_of(imported: str) -> str:
    """The room of ours that an imported name belongs to; the package itself for `from mentor import Journal`."""
    below = ".".join(imported.split(".")[:2])
    return below if below in ROOMS else imported.split(".", maxsplit=1)[0]


def ours(imported: str) -> bool:
    return imported.split(".", maxsplit=1)[0] in {"mentor", "pages", "app"}


def test_every_room_is_declared() -> None:
    assert {module.room for module in product()} <= set(ROOMS)


def test_rooms_form_no_cycle() -> None:
    assert list(TopologicalSorter(ROOMS).static_order())


@every_module
def test_imports_only_the_rooms_it_may(module: Module) -> None:
    rooms = {room_of(name) for name in module.imports() if ours(name)}
    assert rooms - {module.room} <= ROOMS[module.room]


@every_module
def test_imports_only_the_packages_it_may(module: Module) -> None:
    packages = {name.split(".", maxsplit=1)[0] for name in module.imports() if not ours(name)}
    foreign = packages - sys.stdlib_module_names
    assert {name for name in foreign if module.room not in PACKAGES.get(name, ())} == set()


@every_module
def test_never_brings_a_second_sqlite(module: Module) -> None:
    """A second SQLite library on the same file drops its locks (sqlite.org/howtocorrupt, 2.2)."""
    assert not {name for name in module.imports() if re.match(r"_?sqlite3|apsw|pysqlite", name)}
    assert not [line for line, text in module.strings() if re.search(r"sqlite_(scan|attach|query)|INSTALL ", text)]


@every_module
def test_opens_no_file_it_should_not(module: Module) -> None:
    if module.where.startswith(MAY_TOUCH_FILES):
        return
    assert "shutil" not in set(module.imports())
    assert not [node.lineno for node in ast.walk(module.tree) if isinstance(node, ast.Call) and _touches(node.func)]


@every_module
def test_keeps_sql_in_storage(module: Module) -> None:
    # Questions are DuckDB's, of copies: they never meet the journal.
    if module.room not in {"mentor.storage", "mentor.query"}:
        assert not [(line, text) for line, text in module.strings() if SQL.match(text)]


@every_module
def test_opens_with_its_duty(module: Module) -> None:
    assert (ast.get_docstring(module.tree) or "").split("\n\n")[0].rstrip().endswith((".", ":"))


@every_module
def test_catches_nothing_broadly_or_silently(module: Module) -> None:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ExceptHandler):
            broad = node.type is None or ast.unparse(node.type) in {"Exception", "BaseException"}
            assert not broad or isinstance(node.body[-1], ast.Raise), f"{module.where}:{node.lineno} is too broad"
            assert not isinstance(node.body[-1], ast.Pass), f"{module.where}:{node.lineno} swallows an error"
        assert not (isinstance(node, ast.Call) and ast.unparse(node.func).endswith("suppress")), module.where


@pytest.mark.parametrize("module", modules("pages"), ids=lambda module: module.where)
def test_a_page_only_describes(module: Module) -> None:
    assert len(module.text.splitlines()) <= 80
    assert not [node for node in ast.walk(module.tree) if isinstance(node, ast.Try)]


def test_the_server_is_short() -> None:
    (app,) = modules("app.py")
    assert len(app.text.splitlines()) <= 40


def _touches(function: ast.expr) -> bool:
    """`open(…)`, `path.open(…)`, `path.read_bytes()`: everything but the journal's own `Journal.open`."""
    if isinstance(function, ast.Name):
        return function.id == "open"
    if not isinstance(function, ast.Attribute):
        return False
    opens = function.attr == "open" and ast.unparse(function.value) != "Journal"
    return opens or function.attr in TOUCHING
