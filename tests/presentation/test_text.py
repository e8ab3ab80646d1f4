from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from lmi.presentation.text import measure, plain, wrap, wrapped

words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Z"]), min_size=1, max_size=30)


def test_markup_formulas_and_entities_become_letters():
    assert plain('<a href="javascript:x">') == '&lt;a href="javascript:x"&gt;'
    assert plain("&lt;") == "&amp;lt;"
    assert "$" not in plain("from $40,000 to $50,000")


@given(st.text())
def test_plain_text_keeps_every_letter_and_no_tag(text):
    shown = plain(text)
    assert "<" not in shown
    assert ">" not in shown
    assert unescape(shown).split() == "".join(c if c > " " and c != "\x7f" else " " for c in text).split()


@given(st.lists(words, max_size=12), st.integers(40, 400))
def test_wrapping_loses_nothing_and_keeps_the_width(parts, width):
    text = " ".join(parts)
    lines = wrap(text, width, 14)
    squeezed = "".join("".join(lines).split())
    assert squeezed == "".join(text.split())
    assert all(measure(line, 14) <= width or len(line) == 1 for line in lines)


def test_lines_are_about_equally_long():
    lines = wrap("First-Line Supervisors of Office and Administrative Support Workers", 330, 14)
    assert len(lines) == 2
    assert abs(measure(lines[0], 14) - measure(lines[1], 14)) < 60


def test_a_dot_between_parts_never_starts_a_line():
    for width in range(60, 300, 7):
        assert not any(
            line.lstrip("\u00a0").startswith("·") for line in wrap("Austin · skill · May", width, 14)
        )


def test_wide_word_breaks_at_its_hyphen_first():
    assert wrap("Middle-skill", measure("Middle-", 14) + 1, 14) == ["Middle-", "skill"]


def test_line_breaks_are_the_only_markup():
    assert wrapped("<b>one</b> two", 90, 14).replace("<br>", "|") == "&lt;b&gt;one&lt;/b&gt;|two"
