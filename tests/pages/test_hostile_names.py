"""Names of institutions come from a file: whatever stands in them is shown as text, on every page."""

import os
import re
import shutil
from pathlib import Path

import duckdb
import pytest
import streamlit as st

from tests.pages.conftest import Open, figures, texts

PROVIDERS = 'select distinct i.unitid from institution i join institution_area a using (unitid)' \
    " join completion c using (unitid) where a.area_code = '12420' and c.cip = '51.3801'" \
    " and c.award_year = 2024 order by 1"  # fmt: skip
NAMES = {
    "script": "<script>alert('x')</script> College",
    "formula": "=1+1",
    "markdown": "**bold** [link](javascript:alert(1)) :red[x] $y$",
    "long": "Universität für Ökologie 大学 🦊 " * 4,
}


@pytest.fixture(params=NAMES.values(), ids=NAMES.keys())
def hostile(request: pytest.FixtureRequest, built: Path, tmp_path: Path,
            monkeypatch: pytest.MonkeyPatch) -> str:  # fmt: skip
    """A copy of the warehouse in which every provider of nursing degrees in Austin has a hostile name."""
    st.cache_resource.clear()
    folder = tmp_path / "build"
    shutil.copytree(built, folder)
    file = next(folder.glob("*.duckdb"))
    with duckdb.connect(str(file)) as db:
        codes = [code for (code,) in db.execute(PROVIDERS).fetchall()]
        assert codes
        db.executemany("update institution set institution_name = ? where unitid = ?",
                       [(request.param, code) for code in codes])  # fmt: skip
    os.utime(file)
    monkeypatch.setenv("LMI_HOSTILE_BUILD", str(folder))
    return str(request.param)


@pytest.fixture
def open_hostile(open_page: Open, hostile: str, monkeypatch: pytest.MonkeyPatch) -> Open:
    monkeypatch.setenv("LMI_BUILD_DIR", os.environ["LMI_HOSTILE_BUILD"])
    return open_page


def test_a_hostile_institution_is_text_in_tables_maps_and_blocks(open_hostile: Open, hostile: str) -> None:
    for page in ("training", "occupation"):
        app = open_hostile(page, area="12420", soc="29-1141", levels="all")
        html = "".join(e.value for e in app.get("html") if not e.value.startswith(("<style>", "<script>")))
        assert "<script" not in html
        assert "alert('x')" not in html
        drawn = "".join(figures(app))
        assert "<script" not in drawn.replace("\\u003c", "<")
        assert not re.search(r"(?<!\\)\$y\$", drawn), "Plotly would set it as a formula"
        if page == "training":
            table = next(d.value for d in app.dataframe if "Provider" in d.value.columns)
            assert hostile in set(table.Provider)
            assert "$" not in str(table.columns[0])
        for element in (*app.markdown, *app.caption):
            assert hostile not in element.value, "Markdown would be read"
    assert texts(app)
