"""What is wrong with a change, said beside the form: in the form's words, not in those of the file."""

import re

from lmi.domain.errors import BadFile, LmiError
from lmi.domain.pathways import STAGES, PathwayMap
from lmi.ui.state import View

_PLACE = re.compile(r"^[^\n:]*?, line \d+(?:, [\w.\[\]]+)?: ")
# What the file says -> what the form says, in this order; text in quotes is somebody's own and stays.
_WORDS = [
    (r"\bvalidated_on and organisations\b", "'Validated on' and 'Organizations'"),
    (r"\bneither validated_on nor organisations\b", "no 'Validated on' and no 'Organizations'"),
    (r"\bvalidated_on\b", "'Validated on'"),
    (r"\borganisations\b", "organizations"),
    (r"\bstatus: retired\b", "retire it"),
    (r"\bstatus: (\w+)", r"status '\1'"),
    (r"\bkind: (\w+)", r"kind '\1'"),
    (r"\bunchecked: \[(.*?)\]", r"'Not checked in a source' for \1"),
    (r"moves to others belong under crossovers", "moves to other jobs cross between pathways"),
    (r"\bthe crossovers\b", "the moves between pathways"),
    (r"\bsteps\b", "jobs"),
    (r"\bstep\b", "job"),
    (r"\btargets\b", "goals"),
    (r"\btarget\b", "goal"),
    (r"\bRestore it\b", "Bring it back"),
]


def beside_form(error: LmiError, held: PathwayMap, view: View) -> str:
    """An error on one line. The place in the file is left out, and so is advice on correcting the file."""
    parts = [_PLACE.sub("", error.what), error.why]
    if not isinstance(error, BadFile):
        parts.append(error.next_step)
    said = " ".join(" ".join(part.split()) for part in parts if part)
    named = {one.id: one.name for one in held.pathways}
    named |= {stage: view.word(f"stage_{stage}") for stage in STAGES}
    out = []
    for i, part in enumerate(re.split(r"((?<!\w)'[^']*'(?!\w))", said)):
        if i % 2:  # in quotes: an id of the file, or what somebody typed
            out.append(f"'{named.get(part[1:-1], part[1:-1])}'")
            continue
        for old, new in _WORDS:
            part = re.sub(old, new, part)
        out.append(part)
    return "".join(out)
