"""Comments: what people say about the figures, and what became of it."""

from lmi.ui import access, comment_page, comment_review, comment_state, state
from lmi.ui.widgets import answer

view = state.current()
seen = comment_state.read(view)

answer(view.heading("comments"), comment_page.answer(seen), comment_page.selection(view, seen),
       view.audience.leads["comments"])  # fmt: skip
comment_review.said()
comment_page.controls(view, seen)
comment_page.asked(view, seen)
comment_page.listing(view, seen)
comment_page.own(view)
if access.allowed():
    comment_review.exports(seen)
else:
    access.invite("Read, answer and export comments", "comments")
