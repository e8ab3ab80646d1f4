"""Where what people say is kept, as the settings and the environment say."""

from pathlib import Path

import pytest

from lmi.places import here


@pytest.mark.parametrize(
    ("line", "url"),
    [
        ('database: ""', ""), ("database:", ""), ("database: null", ""), ("# database: postgresql://a/b", ""),
        ("  database: postgresql://a/b", ""), ("database: postgresql://u@h/d", "postgresql://u@h/d"),
        ('database: "postgresql://u:p#w@h/d"  # ours', "postgresql://u:p#w@h/d"),
        ("database: 'sqlite:////srv/a b.sqlite'", "sqlite:////srv/a b.sqlite"),
        ("database: postgresql://u:p#w@h/d # ours", "postgresql://u:p#w@h/d"),
    ],
)  # fmt: skip
def test_the_settings_name_the_database_even_with_a_mistake_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str, url: str
) -> None:
    settings = tmp_path / "settings.yaml"
    settings.write_text(f"organisation: [not closed\n{line}\nregions: }}\n", encoding="utf-8")
    monkeypatch.setenv("LMI_SETTINGS", str(settings))
    monkeypatch.delenv("LMI_DATABASE", raising=False)
    usual = f"sqlite:///{tmp_path / 'data' / 'local' / 'contributions.sqlite'}"
    assert here(tmp_path).database == (url or usual)
    monkeypatch.setenv("LMI_DATABASE", "sqlite://")
    assert here(tmp_path).database == "sqlite://"


def test_without_settings_the_usual_place_holds_and_a_change_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LMI_DATABASE", raising=False)
    settings = tmp_path / "settings.yaml"
    monkeypatch.setenv("LMI_SETTINGS", str(settings))
    assert here(tmp_path).database.endswith("contributions.sqlite")
    settings.write_text("database: postgresql://first/d\n", encoding="utf-8")
    assert here(tmp_path).database == "postgresql://first/d"
    settings.write_text("database: postgresql://second/d\n", encoding="utf-8")
    assert here(tmp_path).database == "postgresql://second/d"
