"""The versions of pathways.yaml: a draft is worked on, the published one is shown, frozen ones are on record.

pathways.yaml is the working file. A folder holds the versions on record, a file for each, and in previous/
whatever the working file held before each change. Whoever changes something holds the working file's lock;
each file is replaced in one step, in an order in which pages find a version to show after every step."""

import hashlib
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from lmi.domain.errors import BadFile, BadInput, LmiError
from lmi.domain.pathways import Version
from lmi.sources import pathway_items as items
from lmi.sources.local_write import current_content, locked, replace_content
from lmi.sources.pathway_lines import LineEdit
from lmi.sources.pathway_values import VERSION_NAMES, is_version_name
from lmi.sources.pathways_file import VERSION_KEYS, as_one, check_text, version_of


def digest(text: str) -> str:
    """What tells one content of the working file from another: SHA-256 of its UTF-8, in hexadecimals."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def read(path: Path) -> str:
    """A file's text with its line breaks as they are, '' if there is no file. BadFile if it cannot be read
    or is not UTF-8."""
    try:
        return _decoded(path.read_bytes(), path.name)
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise BadFile(
            f"{path.name} cannot be read.", f"{error.strerror or error} ({path}).", "Check its permissions."
        ) from error


def save(path: Path, folder: Path, text: str, base_digest: str, socs: Mapping[str, str]) -> str:
    """Put a text in the working file's place; returns its digest.

    base_digest: of the text that was loaded. socs: code -> title of the occupations that may be named.
    BadFile if the text has problems. BadInput if somebody saved meanwhile, if what is in the file or in the
    text is no draft, or if the text has the name of a version on record. Then nothing is written.
    """
    with locked(path) as real:
        before = _unchanged(real, base_digest)
        at_present = _version(real)
        if at_present is not None and at_present.status != "draft":
            raise items.not_a_draft(at_present)
        version = _checked(text, socs, real.name)
        if version.status != "draft":
            raise BadInput(
                f"The text says that it is {version.status}.",
                "Only a draft can be saved; publishing and freezing are steps of their own.",
                "Set its status to draft.",
            )
        _must_be_free(folder, version.name)
        _replace(real, folder, before, text)
    return digest(text)


def publish(
    path: Path,
    folder: Path,
    date: str,
    socs: Mapping[str, str],
    base_digest: str | None = None,
    note: str | None = None,
) -> Version:
    """Make the draft the published version and put it on record; what was published before is frozen.

    date: ISO, of the publication. base_digest: of the text that somebody looked at, if it matters. note: the
    version's, '' for none; None keeps the draft's. BadFile if the draft has problems; BadInput if it is no
    draft, its name is on record, the file changed, or the date is none or lies before the last publication.
    Publishing that was cut short may be repeated; its date and note are those of the first attempt.
    """
    with locked(path) as real:
        before = _unchanged(real, base_digest)
        draft = _checked(before, socs, real.name)
        if draft.status != "draft":
            raise items.not_a_draft(draft)
        record = _record(folder, draft.name)
        on_record = _version(record)
        day, told = (on_record.date, on_record.note) if on_record else (items.day(date), note)
        fields: dict[str, str | None] = {"status": "published", "date": day}
        if told is not None and items.one_line(told) != draft.note:
            fields["note"] = items.one_line(told) or None
        text = _with(before, real.name, fields)
        if not (on_record and read(record) == text):
            _must_be_free(folder, draft.name)
            _must_be_later(folder, date)
        version = _checked(text, socs, real.name)
        _put(record, text)
        for other, file in kept(folder):
            if other.status == "published" and file != record:
                _put(file, _with(read(file), file.name, {"status": "frozen"}))
        _replace(real, folder, before, text)
    return version


def copy(
    path: Path,
    folder: Path,
    new_name: str,
    date: str,
    note: str,
    socs: Mapping[str, str],
    base_digest: str | None = None,
) -> Version:
    """Begin a draft from the published or frozen version in the working file, which stays on record.

    date: ISO, of the copy. note: what it is for, up to 300 characters. BadInput if the file holds a draft
    or changed, or the name is on record or no file name; BadFile if the copy would have problems.
    """
    with locked(path) as real:
        before = _unchanged(real, base_digest)
        old = version_of(before, real.name)
        if old.status == "draft":
            raise BadInput(
                f"'{old.name}' is a draft.",
                "Only a published or frozen version is copied.",
                "Change the draft.",
            )
        name = items.one_line(new_name)
        _must_be_free(folder, name)
        if _folded(name) == _folded(old.name):
            raise _taken(name)
        fields = {
            "name": name,
            "status": "draft",
            "date": items.day(date),
            "note": items.one_line(note) or None,
        }
        text = _with(before, real.name, {**fields, "copy_of": old.name})
        version = _checked(text, socs, real.name)
        if not _record(folder, old.name).exists():
            _put(_record(folder, old.name), before)
        _replace(real, folder, before, text)
    return version


def freeze(path: Path, folder: Path, base_digest: str | None = None) -> Version:
    """Take the published version in the working file out of use; it stays on record.

    BadInput if the file holds no published version or changed.
    """
    with locked(path) as real:
        before = _unchanged(real, base_digest)
        version = version_of(before, real.name)
        if version.status != "published":
            raise BadInput(
                f"'{version.name}' is {version.status}.",
                "Only a published version is frozen.",
                "Reload to see it.",
            )
        text = _with(before, real.name, {"status": "frozen"})
        record = _record(folder, version.name)
        _put(record, _with(read(record) or before, record.name, {"status": "frozen"}))
        _replace(real, folder, before, text)
    return version_of(text, path.name)


def kept(folder: Path) -> list[tuple[Version, Path]]:
    """The versions on record with their files, the newest first."""
    return records(folder)[0]


def records(folder: Path) -> tuple[list[tuple[Version, Path]], list[BadFile]]:
    """The versions on record, the newest first, and what is wrong with files that cannot be read."""
    found, problems = [], []
    for file in sorted(folder.glob("[!.]*.yaml")):
        try:
            found.append((version_of(read(file), file.name), file))
        except BadFile as problem:
            problems.append(problem)
    found.sort(key=lambda pair: (pair[0].date, pair[1].stat().st_mtime_ns), reverse=True)
    return found, problems


def in_use(path: Path, folder: Path) -> Path:
    """The file that the pages show: the working file if it is published, else the newest published version
    on record, else the working file."""
    on_record = next((file for other, file in kept(folder) if other.status == "published"), None)
    if on_record is None:
        return path  # as things stand or as a draft: there is no other
    version = _version(path)
    return path if version is not None and version.status == "published" else on_record


def _decoded(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadFile(f"{name} is not UTF-8 text.", f"{error}.", "Save it as UTF-8.") from error


def _version(path: Path) -> Version | None:
    """The version that a file says it is; None where it does not say it rightly, or there is no file."""
    try:
        return version_of(read(path), path.name)
    except BadFile:
        return None


def _unchanged(real: Path, base_digest: str | None) -> str:
    """The working file's text; BadInput if it is not the one that was loaded."""
    content = current_content(real)
    if base_digest is not None and hashlib.sha256(content).hexdigest() != base_digest:
        raise BadInput(
            "Somebody changed the pathways meanwhile.",
            f"{real.name} is not what was loaded.",
            "Look at what the file holds now, then do it again.",
        )
    return _decoded(content, real.name)


def _checked(text: str, socs: Mapping[str, str], name: str) -> Version:
    """The version of a text without problems; BadFile names the first and how many more there are."""
    found, problems = check_text(text, socs, name)
    if found is None or problems:
        raise as_one(problems)
    return found.version


def _with(text: str, file: str, fields: Mapping[str, str | None]) -> str:
    """The text with other values in its version; None takes one out."""
    edit = LineEdit(text, file)
    edit.put(("version",), fields, VERSION_KEYS)
    return edit.text()


def _record(folder: Path, name: str) -> Path:
    """The file of a version on record; BadInput unless the name is a plain file name."""
    if not is_version_name(name):
        raise BadInput(
            f"'{name[:60]}' cannot be the name of a version.",
            f"Accepted: {VERSION_NAMES}.",
            "Choose another name.",
        )
    return folder / f"{name}.yaml"


def _folded(name: str) -> str:
    """Names that some disk takes for one another are equal in this form."""
    return unicodedata.normalize("NFKC", name).casefold()


def _must_be_free(folder: Path, name: str) -> None:
    _record(folder, name)
    stems = [file.stem for file in folder.glob("*.yaml")]
    if _folded(name) in {_folded(n) for n in (*stems, *(version.name for version, _ in kept(folder)))}:
        raise _taken(name)


def _taken(name: str) -> BadInput:
    return BadInput(
        f"A version '{name}' is on record.",
        "What is on record is not written over.",
        "Choose another name; or, if publishing it was cut short, publish it again.",
    )


def _must_be_later(folder: Path, date: str) -> None:
    last = next((version for version, _ in kept(folder) if version.status == "published"), None)
    if last is not None and date < last.date:
        raise BadInput(
            f"'{last.name}' was published on {last.date}.",
            f"{date} lies before that.",
            "Choose a later date.",
        )


def _replace(real: Path, folder: Path, before: str, text: str) -> None:
    """Keep what the working file holds, then replace it. A text that changes nothing is not written."""
    if text == before:
        return
    if before:
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")
        _put(folder / "previous" / f"{stamp}-{digest(before)[:8]}.yaml", before)
    replace_content(real, text.encode("utf-8"))


def _put(file: Path, text: str) -> None:
    """Write a file in the folder of versions; LmiError says that the working file is as it was."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        replace_content(file, text.encode("utf-8"))
    except (OSError, LmiError) as error:
        why = error.why if isinstance(error, LmiError) else f"{error.strerror or error} ({file.parent})."
        raise LmiError(
            f"The pathways were not changed: {file.name} cannot be written.",
            why,
            "Make room on the disk or check the folder's permissions, and try again.",
        ) from error
