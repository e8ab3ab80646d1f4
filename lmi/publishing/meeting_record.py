"""The record of a meeting as a document to keep: PDF, and CSV in lmi.publishing.record_table."""

from collections.abc import Mapping
from typing import Any

from lmi.publishing import typst_set
from lmi.publishing.record_table import record_csv
from lmi.publishing.record_view import view_of

__all__ = ["record_csv", "record_pdf"]


def record_pdf(record: Mapping[str, Any], paper: str = "us-letter") -> bytes:
    """The record of lmi.answers.room_record as a PDF; paper: 'us-letter' or 'a4'."""
    return typst_set.pdf("record", view_of(record), paper)
