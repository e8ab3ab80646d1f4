"""Documents say what the code says: the dictionary is fresh, README's commands and files exist."""

import re
from pathlib import Path

import yaml

from lmi.__main__ import _parser
from lmi.domain.dictionary import markdown
from lmi.places import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_data_dictionary_is_fresh() -> None:
    written = (ROOT / "docs" / "data-dictionary.md").read_text(encoding="utf-8")
    assert written == markdown(), "run: python -m lmi dictionary"


def test_readme_names_every_command() -> None:
    actions = next(a for a in _parser()._actions if a.choices and not isinstance(a.choices, range))
    for name in actions.choices:
        assert f"python -m lmi {name}" in README


def test_every_file_that_readme_names_exists() -> None:
    named = re.findall(r"\]\(([^)#]+)\)", README) + re.findall(
        r"`((?:data|docs|lmi|tests|bench)/[\w./-]+)`", README
    )
    missing = [name for name in named if not name.startswith("http") and not (ROOT / name).exists()]
    assert missing == []


def test_readme_states_every_attribution_and_vintage() -> None:
    sources = yaml.safe_load((ROOT / "data" / "bundled" / "sources.yaml").read_text(encoding="utf-8"))[
        "sources"
    ]
    flat = " ".join(README.split())
    for source in sources:
        assert " ".join(source["attribution"].split()) in flat, source["id"]
        assert source["period"] in flat, source["id"]


def test_ci_runs_the_test_command_of_the_readme() -> None:
    command = re.search(r"```bash\n(.*-m pytest)\n```", README)
    assert command
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert command[1] in script


def test_settings_reference_covers_every_key() -> None:
    from lmi.sources.settings_file import KEYS

    text = (ROOT / "data" / "local" / "settings.yaml").read_text(encoding="utf-8")
    for key in KEYS:
        assert re.search(rf"^{key}:", text, re.MULTILINE), key


def test_screenshots_are_real_pictures() -> None:
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README)
    assert len(pictures) >= 3
    for name in pictures:
        assert Path(ROOT / name).read_bytes()[:4] == b"\x89PNG"
