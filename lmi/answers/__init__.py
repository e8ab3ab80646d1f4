"""Questions that pages and the command line ask alike: warehouse in, analysis applied, answer out.

No page, no streamlit, no printing: whoever asks decides how the answer is shown and cached.
"""
