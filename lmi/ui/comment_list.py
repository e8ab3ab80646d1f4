"""Comments as everybody reads them. What people wrote is text, never markup."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from lmi.domain.comments import STATUSES, Comment
from lmi.domain.days import in_words
from lmi.ui import comment_state
from lmi.ui.state import View

TOGETHER = 20  # comments that are listed at once


def listed(view: View, shown: Sequence[Comment], with_subject: bool = True) -> None:
    """Comments below each other, each with its organization, day, subject, status and answer."""
    items = "".join(f"<li>{article(view, comment, with_subject)}</li>" for comment in shown)
    st.html(f'<ul class="lmi-comments" data-testid="comments">{items}</ul>')


def article(view: View, comment: Comment, with_subject: bool = True) -> str:
    """One comment as HTML, without personal data."""
    told = [escape(day_of(comment.at))]
    if with_subject:
        title = escape(comment_state.title_of(view, comment.subject))
        told.append(f'<a href="{escape(comment_state.link_of(view, comment))}" target="_self">{title}</a>')
    area = view.desk.areas.get(comment.area_code)
    told += [escape(area.short_name)] if area else []
    told.append(escape(standing(comment)))
    answer = ""
    if comment.answer and comment.decided:
        answer = (
            f'<div class="lmi-reply"><p><b>Answer</b> <small>{escape(day_of(comment.decided.at))}</small></p>'
            f'<p dir="auto">{escape(comment.answer)}</p></div>'
        )
    return (
        f"<p><b><bdi>{escape(comment.organisation)}</bdi></b> <small>{' · '.join(told)}</small></p>"
        f'<p class="lmi-said" dir="auto">{escape(comment.text)}</p>{answer}'
    )


def standing(comment: Comment) -> str:
    """The status in a word or two."""
    return "Answered" if comment.answer else STATUSES[comment.status]


def day_of(at: str) -> str:
    """'25 November 2026' for a moment in UTC."""
    return in_words(at[:10])
