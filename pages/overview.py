"""Overview: what is in demand here, at a glance."""

import streamlit as st

from lmi.ui import loaders, overview_words, pictures, signal_panels, state, wording
from lmi.ui.widgets import answer, chart_block, short_list, tiles

view = state.current()
request = view.base_request
ranking = loaders.ranking(view.key, view.desk, request)
seen = loaders.overview_of(view.key, ranking, request)

answer(view.heading("overview"), overview_words.answer(view, ranking, seen), view.sentence(),
       view.audience.leads["overview"])  # fmt: skip
if seen.count:
    with st.container(key="split"):
        left, right = st.columns([1.95, 1], gap="medium")
    with left:
        chart = view.chart("top", lambda: pictures.top_openings(view, seen))
        chart_block(chart, "top", view, wording.openings_caveats(view))
    people = loaders.representation_of(view.key, view.desk, ranking, request, view.usual_baseline)
    lists = list(overview_words.lists(view, seen, people))
    with right:
        tiles(overview_words.tiles(view, ranking, seen), (seen.growth, seen.exits, seen.transfers),
              view.audience.tiles.index("openings"))  # fmt: skip
        for heading, items, remark in lists[:1]:
            short_list(heading, items, remark)
    for column, (heading, items, remark) in zip(st.columns(3, gap="large"), lists[1:], strict=False):
        with column:
            short_list(heading, items, remark)
else:
    wording.nothing_meets(view, ranking)
signal_panels.strip(view)
fresh = loaders.freshness_of(view.key, view.desk, loaders.today())
chart_block(
    view.chart("fresh", lambda: pictures.freshness_chart(view, fresh, loaders.today()), loaders.today()),
    "fresh",
    view,
)
