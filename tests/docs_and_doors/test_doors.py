"""The rooms of the product and the doors between them, walked with ast."""

import ast
import functools
from pathlib import Path

import pytest

from lmi.places import ROOT

LMI = ROOT / "lmi"
# Room -> rooms it may import from. 'places' is the module lmi/places.py.
BELOW = {"domain", "analysis", "sources", "warehouse", "places", "contributions", "answers", "presentation"}
DOORS: dict[str, set[str]] = {
    "domain": set(),
    "places": set(),
    "sources": {"domain", "places"},
    "warehouse": {"domain", "sources", "places"},
    "analysis": {"domain"},
    "contributions": {"domain", "places"},
    "answers": {"domain", "analysis", "sources", "warehouse", "places", "contributions"},
    "presentation": {"domain", "analysis"},
    "publishing": {"domain", "analysis", "presentation"},
    "web": BELOW | {"publishing"},
    "ui": BELOW | {"publishing"},
    "commands": BELOW | {"publishing"},
    "__main__": BELOW | {"commands"},
}
PURE = {
    "os",
    "pathlib",
    "time",
    "random",
    "requests",
    "duckdb",
    "streamlit",
    "urllib",
    "socket",
    "io",
    "tempfile",
}
MODULES = sorted(p for p in LMI.rglob("*.py") if "__pycache__" not in p.parts)
PAGES = sorted((ROOT / "pages").glob("*.py"))
# Modules of the warehouse that answer questions with values from outside.
QUESTIONS = {
    "ask", "coverage", "event_places", "pathways", "people", "programs", "queries", "realtime", "skills",
    "staffing",
}  # fmt: skip
MOST_LINES, MOST_LINES_OF_A_FUNCTION, MOST_LINES_OF_A_PAGE = 300, 40, 60


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def room_of(path: Path) -> str:
    parts = path.relative_to(LMI).parts
    return parts[0] if len(parts) > 1 else path.stem


@functools.cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(tree: ast.AST) -> set[str]:
    """Every module that is imported, in full: 'from lmi.domain import codes' is lmi.domain.codes."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "write imports in full"
            found |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module or ""}
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "import_module":
            found |= {a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)}
    return found


def rooms_used(tree: ast.AST) -> set[str]:
    return {m.split(".")[1] for m in imported(tree) if m.startswith("lmi.") and m.count(".") >= 1}


def libraries(tree: ast.AST) -> set[str]:
    return {m.split(".")[0] for m in imported(tree)}


def test_the_walk_sees_every_way_to_import():
    tree = ast.parse(
        "import lmi.ui.state\nfrom lmi import ui\ndef f():\n    from lmi.answers.desk import Desk\n"
    )
    assert rooms_used(tree) == {"ui", "answers"}
    assert libraries(ast.parse("from duckdb import connect\nimport os.path")) == {"duckdb", "os"}


def test_every_room_is_known():
    assert {room_of(m) for m in MODULES} - {"__init__"} == set(DOORS)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_door_is_opened_the_wrong_way(path):
    room = room_of(path)
    if room == "__init__":
        assert imported(tree_of(path)) == set()
        return
    wrong = rooms_used(tree_of(path)) - DOORS[room] - {room}
    assert not wrong, f"{name_of(path)} ({room}) imports from {sorted(wrong)}"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_only_the_ui_imports_streamlit(path):
    assert room_of(path) == "ui" or "streamlit" not in libraries(tree_of(path))


@pytest.mark.parametrize("path", [m for m in MODULES if room_of(m) == "domain"], ids=name_of)
def test_the_domain_reads_nothing(path):
    assert not libraries(tree_of(path)) & {*PURE, "pandas", "numpy", "pyarrow", "yaml"}
    assert "open" not in called(tree_of(path))


@pytest.mark.parametrize("path", [m for m in MODULES if room_of(m) == "analysis"], ids=name_of)
def test_analysis_is_pure(path):
    tree = tree_of(path)
    assert not libraries(tree) & PURE
    assert not called(tree) & {"open", "now", "today", "utcnow", "read_csv", "read_parquet", "print"}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "default_rng":
            assert node.args or node.keywords, "a generator without a seed"


def test_only_one_module_talks_to_the_network_and_only_the_refresh_calls_it():
    """So that nothing is fetched while a page renders."""
    network = {"requests", "urllib3", "socket", "http", "ftplib", "httpx", "aiohttp"}
    talking = {name_of(p) for p in [*MODULES, *PAGES] if libraries(tree_of(p)) & network}
    assert talking == {"lmi/sources/_fetch.py"}
    calling = {name_of(p) for p in [*MODULES, *PAGES] if "lmi.sources._fetch" in imported(tree_of(p))}
    assert calling == {"lmi/commands/refresh_run.py"}
    using = {name_of(p) for p in [*MODULES, *PAGES] if "lmi.commands.refresh_run" in imported(tree_of(p))}
    assert using == {"lmi/commands/refresh.py"}


def called(tree: ast.AST) -> set[str]:
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            names.add(getattr(node.func, "attr", None) or getattr(node.func, "id", ""))
    return names


@pytest.mark.parametrize("path", [*MODULES, *PAGES, ROOT / "app.py"], ids=name_of)
def test_only_the_warehouse_speaks_sql(path):
    """And only the contributions, which hold what people say, speak it to another database, by SQLAlchemy."""
    room = room_of(path) if path.is_relative_to(LMI) else ""
    tree = tree_of(path)
    if room != "contributions":
        assert not libraries(tree) & {"sqlalchemy", "alembic", "sqlite3", "psycopg"}
    if room == "warehouse":
        return
    assert "duckdb" not in libraries(tree)
    if room != "contributions":
        assert not called(tree) & {"execute", "executemany"}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = " ".join(node.value.lower().split())
            assert not (text.startswith(("select ", "insert ", "with ")) and " from " in text), node.value


@pytest.mark.parametrize("path", [m for m in MODULES if room_of(m) == "warehouse"], ids=name_of)
def test_values_are_bound_never_formatted_into_sql(path):
    """Names put into SQL are constants of the module or declared tables, not parameters of a question."""
    if path.stem not in QUESTIONS:
        return
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef):
            inside = [n for n in ast.walk(node) if isinstance(n, ast.JoinedStr)]
            assert not inside, f"{node.name} formats text into SQL"
            assert "format" not in called(node), node.name
            joined = [n for n in ast.walk(node) if isinstance(n, ast.BinOp) and isinstance(n.op, ast.Mod)]
            assert not joined, f"{node.name} formats text into SQL with %"


def test_every_module_that_asks_the_warehouse_is_checked():
    """A module with questions calls ask(); so that a new one cannot be forgotten above."""
    asking = {m.stem for m in MODULES if room_of(m) == "warehouse" and "ask" in called(tree_of(m))}
    assert asking == QUESTIONS - {"ask"}
    for name in QUESTIONS:
        assert (LMI / "warehouse" / f"{name}.py").is_file()


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_is_not_too_long(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES


@pytest.mark.parametrize("path", [*PAGES, ROOT / "app.py"], ids=name_of)
def test_a_page_is_thin(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES_OF_A_PAGE


@pytest.mark.parametrize("path", [*MODULES, *PAGES], ids=name_of)
def test_a_function_is_not_too_long(path):
    if path.parent == LMI / "contributions" / "migrations" / "versions":
        return  # a step that databases have taken is never touched again; it lists its tables and columns
    long = [
        f"{node.name}, line {node.lineno}: {node.end_lineno - node.lineno + 1} lines"
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno + 1 > MOST_LINES_OF_A_FUNCTION
    ]
    assert not long


@pytest.mark.parametrize("path", [*PAGES, ROOT / "app.py"], ids=name_of)
def test_pages_use_the_ui_only(path):
    """A page reads the selection, loads, shows: no warehouse, no sources, no pandas."""
    assert not rooms_used(tree_of(path)) & {"warehouse", "sources", "analysis"}
    assert not libraries(tree_of(path)) & {"pandas", "duckdb", "numpy"}


def test_there_is_no_room_for_odds_and_ends():
    assert not [m for m in MODULES if m.stem in {"utils", "util", "helpers", "misc", "common"}]


@pytest.mark.parametrize("path", [*MODULES, *PAGES], ids=name_of)
def test_no_error_is_swallowed(path):
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.ExceptHandler):
            assert node.type is not None, f"line {node.lineno}: a bare except"
            if room_of(path) in {"sources", "warehouse"} if path in MODULES else False:
                assert not all(isinstance(b, ast.Pass) for b in node.body), f"line {node.lineno}"
