"""The publishers' files cut down (tests/fixtures/raw), copies of them to spoil, and a bundle of them."""

import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from lmi.sources.bundle import bundle

RAW = Path(__file__).resolve().parents[1] / "fixtures" / "raw"


@pytest.fixture(scope="session")
def raw() -> Path:
    return RAW


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the raw fixtures that a test may spoil."""
    return Path(shutil.copytree(RAW, tmp_path / "raw"))


@pytest.fixture(scope="session")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundle of the raw fixtures; static files lie in its sibling folder static."""
    folder = tmp_path_factory.mktemp("bundle")
    bundle(RAW, folder / "bundled", folder / "static", lambda done, steps, label: None)
    return folder / "bundled"


def _rewrite(path: Path, edit: Callable[[str, str], str]) -> None:
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name).decode() for name in book.namelist()}
    changed = {name: edit(name, text) for name, text in parts.items()}
    assert changed != parts, "the edit changed nothing"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, text in changed.items():
            book.writestr(name, text)


@pytest.fixture
def edit_workbook() -> Callable[..., None]:
    """Replace texts in a workbook's cells and sheet names: edit_workbook(path, {"old": "new"})."""

    def edit(path: Path, changes: dict[str, str]) -> None:
        def renamed(text: str) -> str:
            for old, new in changes.items():
                text = text.replace(old, new)
            return text

        def replace(name: str, text: str) -> str:
            if name == "xl/workbook.xml":
                return renamed(text)
            return re.sub(r"<t[^>]*>[^<]*</t>", lambda cell: renamed(cell[0]), text)

        _rewrite(path, replace)

    return edit


@pytest.fixture
def drop_row() -> Callable[..., None]:
    """Take one row out of a workbook's n-th sheet: drop_row(path, sheet=2, row=5)."""

    def drop(path: Path, sheet: int, row: int) -> None:
        part = f"xl/worksheets/sheet{sheet}.xml"
        pattern = rf'<row r="{row}"[^>]*>.*?</row>'
        _rewrite(path, lambda name, text: re.sub(pattern, "", text) if name == part else text)

    return drop


@pytest.fixture
def truncate() -> Callable[[Path], None]:
    """Cut a file to its first half."""

    def cut(path: Path) -> None:
        content = path.read_bytes()
        path.write_bytes(content[: len(content) // 2])

    return cut
