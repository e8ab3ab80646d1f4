"""What must be said: docstrings, caveats, fields; and what must not stand in a tracked file."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from lmi.domain.caveats import CAVEATS
from lmi.domain.fields import FIELDS
from lmi.domain.tables import TABLES
from lmi.places import ROOT
from lmi.sources.bundle import SOURCES

CODE = sorted(p for p in (ROOT / "lmi").rglob("*.py"))
SCREENS = [*CODE, *(ROOT / "pages").glob("*.py"), ROOT / "app.py"]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_everything_public_says_what_it_is(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    silent = [] if ast.get_docstring(tree) else ["the module"]
    outer = [n for n in tree.body if isinstance(n, ast.FunctionDef | ast.ClassDef)]
    inner = [
        n for c in outer if isinstance(c, ast.ClassDef) for n in c.body if isinstance(n, ast.FunctionDef)
    ]
    for node in [*outer, *inner]:
        if not node.name.startswith("_") and not ast.get_docstring(node):
            silent.append(node.name)
    assert not silent


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.id)
def test_every_column_is_in_the_dictionary_of_fields(table):
    assert table.doc
    assert set(table.key) <= set(table.columns)
    assert set(table.nullable) <= set(table.columns)
    assert not set(table.key) & set(table.nullable)
    assert len(set(table.columns)) == len(table.columns)
    for column in table.columns:
        assert FIELDS[column].doc.rstrip().endswith((".", "…", ")"))


def test_every_field_is_a_column_of_some_table():
    assert not set(FIELDS) - {column for table in TABLES for column in table.columns}


@pytest.mark.parametrize("name", sorted(FIELDS))
def test_a_fields_unit_is_in_its_name(name):
    field = FIELDS[name]
    if "usd" in name:
        assert field.unit == f"USD / {name.rsplit('_', 1)[1]}"
    if name.endswith("_pct"):
        assert field.unit == "%"
    if name.endswith("_per_year"):
        assert field.unit.endswith("/ year")
    if field.low is not None and field.high is not None:
        assert field.low < field.high


def caveats_named() -> set[str]:
    """Every caveat id that a source declares or that the code asks for by name."""
    named = {caveat for product in SOURCES for caveat in product.source.caveats}
    for path in SCREENS:
        if path.name == "caveats.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and node.value in CAVEATS:
                named.add(node.value)
    return named


def test_every_caveat_has_a_sentence():
    declared = {caveat for product in SOURCES for caveat in product.source.caveats}
    assert declared <= set(CAVEATS)
    for sentence in CAVEATS.values():
        assert re.fullmatch(r"[A-Z'].{20,}[.'?]", sentence), sentence


def test_every_sentence_is_used():
    assert not set(CAVEATS) - caveats_named()


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout
    paths = [ROOT / name for name in listed.split("\0") if name] or [
        p for p in ROOT.rglob("*") if p.is_file() and ".git" not in p.parts
    ]
    plain = {
        ".py",
        ".yaml",
        ".yml",
        ".toml",
        ".md",
        ".txt",
        ".csv",
        ".html",
        ".css",
        ".js",
        ".json",
        ".sh",
        "",
    }
    return [p for p in paths if p.suffix in plain and p.is_file() and "fixtures" not in p.parts]


MACHINE = re.compile(r"(?<![\w.:/])/(?:work|root|home|Users|mnt|opt|srv|var|tmp)/[\w.-]+")
REGISTRY = re.compile(
    r"index-url|extra-index|pypi\.org/simple|files\.pythonhosted|registry\.npmjs|find-links|trusted-host"
)


def test_the_patterns_find_what_they_look_for():
    for text in ("see /home/ann/x", "'/srv/cache'", "#!/opt/tool/python", "/Users/ann/x"):
        assert MACHINE.search(text), text
    for text in ("https://www.bls.gov/opt/x", "data/work/x", "jobs/tmp/x"):
        assert not MACHINE.search(text), text
    assert REGISTRY.search("pip install --index-" + "url https://host/simple")


def test_no_tracked_file_names_a_machine_or_a_registry():
    found = []
    for path in tracked():
        if path == Path(__file__):
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            if MACHINE.search(line) or REGISTRY.search(line):
                found.append(f"{name_of(path)}:{number}: {line.strip()[:80]}")
    assert not found


def test_requirements_are_pinned():
    for file in (ROOT / "requirements.txt", ROOT / "tests" / "requirements.txt"):
        for line in file.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith(("#", "-r ")):
                assert re.fullmatch(r"[A-Za-z0-9_.\[\]-]+==[0-9][\w.]*", line), line


@pytest.mark.parametrize(
    "command", [["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy"]], ids=" ".join
)
def test_the_checkers_pass(command):
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
