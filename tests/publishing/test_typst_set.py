"""Any text can be set, and breaks where it has no place to break."""

from hypothesis import given, settings
from hypothesis import strategies as st

from lmi.publishing.typst_set import breakable


@given(st.text())
def test_breaks_lose_nothing(text):
    assert breakable(text).replace("\u200b", "") == text.replace("\u200b", "")


def test_breaks_stand_only_where_they_are_needed():
    assert breakable({"a": ["short words only, each of them"], "b": 3}) == {
        "a": ["short words only, each of them"], "b": 3,
    }  # fmt: skip
    assert breakable("x" * 45) == "\u200b".join(("x" * 20, "x" * 20, "x" * 5))


@settings(max_examples=15, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_text_can_be_set(text):
    from lmi.publishing.paper_form import paper_form_pdf

    meeting = {
        "industry": text, "area": {"name": text}, "code": "ABC234", "held_on": text[:10], "place": text,
        "rehearsal": False,
    }  # fmt: skip
    assert paper_form_pdf(meeting, [(text, text)], [text]).startswith(b"%PDF")
