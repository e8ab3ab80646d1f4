from pathlib import Path

import pytest

from lmi.domain.errors import BadFile
from lmi.sources import yaml_file


def load(folder: Path, content: str | bytes) -> yaml_file.Entry:
    path = folder / "settings.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return yaml_file.load(path)


LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]\n"
    for before, name in zip("abcdefghi", "bcdefghij", strict=True)
)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "is empty"),
        ("# only a comment\n", "is empty"),
        ("a: 1\nb:\t2\n\tc: 3\n", "line 3: not valid YAML"),
        ("a: [1, 2\nb: 3\n", "line 2: not valid YAML"),
        ("a: 1\na: 2\n", "line 2, a: the key stands twice"),
        ("a:\n  b: 1\n  c: 2\n  b: 3\n", "line 4, a.b: the key stands twice"),
        ("a: &a [*a]\n", "an alias contains itself"),
        ("a: &a\n  b: *a\n", "an alias contains itself"),
        ("a: *nobody\n", "line 1: not valid YAML"),
        ("a: 1\n---\nb: 2\n", "line 2: not valid YAML"),
        ("? [a, b]\n: c\n", "line 1: a key is no text"),
        ("a: caf\u00e9\n".encode("latin-1"), "is not UTF-8 text"),
        ("a: 1\n".encode("utf-16"), "is not UTF-8 text"),
        (b"a: \x00\n", "not valid YAML"),
        (LAUGHS, "aliases repeat too much"),
        ("[" * 5000 + "]" * 5000, "nested too deeply"),
    ],
    ids=lambda value: repr(value[:20]),
)
@pytest.mark.timeout(30)  # where aliases were followed, it would not end
def test_a_file_that_cannot_be_read_is_named_with_its_line(tmp_path, content, words):
    with pytest.raises(BadFile) as error:
        load(tmp_path, content)
    assert error.value.what.startswith("settings.yaml")
    assert words in error.value.line()
    assert error.value.next_step


def test_a_missing_file_is_named_with_its_place(tmp_path):
    with pytest.raises(BadFile, match=r"settings.yaml is missing") as error:
        yaml_file.load(tmp_path / "settings.yaml")
    assert str(tmp_path) in error.value.why


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ('"12420"', "12420"), ("12420", "12420"), ("012", "012"), ("06", "06"), ('"06"', "06"), ("08", "08"),
        ("0100001", "0100001"), ("US", "US"), ("'US'", "US"), ("1:30", "1:30"), ("no", "no"),
    ],
)  # fmt: skip
def test_codes_stay_as_they_are_typed(tmp_path, typed, code):
    entry = load(tmp_path, f"code: {typed}\n").need("code", ("code",))
    assert entry.choice([code, "x"]) == code


def test_text_stays_text(tmp_path):
    top = load(tmp_path, 'a: "12420"\nb: 012\nc: 2026-10-01\nd: >-\n  two\n  lines\ne: ""\nf:\n')
    fields = top.fields("abcdef")
    assert fields["a"].text() == "12420"
    assert fields["c"].text() == "2026-10-01"
    assert fields["d"].text() == "two lines"
    assert fields["e"].text() == fields["f"].text() == ""
    with pytest.raises(BadFile, match=r"line 2, b: 12 is not text.*in quotes"):
        fields["b"].text()


@pytest.mark.parametrize(
    "typed", ["true", ".inf", "-.inf", ".nan", "1.0e+400", "9" * 400, "ten", "[1]", "", "-1", "501"]
)
def test_what_is_no_number_in_range_is_refused(tmp_path, typed):
    entry = load(tmp_path, f"a: 1\nwage: {typed}\n").fields(("a", "wage"))["wage"]
    with pytest.raises(BadFile, match=r"line 2, wage: .* a number from 0 to 500"):
        entry.number(0, 500)


@pytest.mark.parametrize("typed", ["1.0e+400", "9" * 400])
def test_numbers_without_bounds_are_still_finite(tmp_path, typed):
    with pytest.raises(BadFile, match="line 1, a"):
        load(tmp_path, f"a: {typed}\n").fields("a")["a"].number()


@pytest.mark.parametrize(("typed", "number"), [("1", 1), ("17.00", 17), ("0.0005", 0.0005), ("1_000", 1000)])
def test_numbers(tmp_path, typed, number):
    assert load(tmp_path, f"a: {typed}\n").fields("a")["a"].number() == number


def test_an_unknown_key_is_named_with_the_nearest_known_one(tmp_path):
    with pytest.raises(BadFile) as error:
        load(tmp_path, "organisation: x\ndefualt_area: US\n").fields(("organisation", "default_area"))
    assert "settings.yaml, line 2, defualt_area: unknown key" in error.value.what
    assert "did you mean 'default_area'?" in error.value.what
    assert error.value.why == "Accepted: organisation, default_area."


@pytest.mark.parametrize("content", ["- 1\n", "text\n", "12\n"])
def test_a_file_of_another_shape_is_refused(tmp_path, content):
    with pytest.raises(BadFile, match="a list or plain value stands here"):
        load(tmp_path, content).need("a", ("a",))


def test_lists_and_booleans(tmp_path):
    fields = load(tmp_path, "a: [x, y]\nb:\nc: {x: 1}\nd: yes\ne: 1\n").fields("abcde")
    assert [item.text() for item in fields["a"].entries()] == ["x", "y"]
    assert fields["a"].entries()[1].path == "a[2]"
    assert fields["b"].entries() == []
    assert fields["d"].boolean() is True
    with pytest.raises(BadFile, match="line 3, c: 'a mapping' is not a list"):
        fields["c"].entries()
    with pytest.raises(BadFile, match=r"line 5, e.*true or false"):
        fields["e"].boolean()


def test_an_alias_used_as_meant_is_the_same_value(tmp_path):
    fields = load(tmp_path, "a: &edu {x: 1}\nb: *edu\n").fields("ab")
    assert fields["b"].fields("x")["x"].number() == 1
    assert fields["b"].line == 2


def test_python_objects_are_never_made(tmp_path):
    value = load(tmp_path, "a: !!python/object/apply:os.getcwd []\n").fields("a")["a"].value
    assert value == []
