"""Files of a batch from the page: where they are written to, and how they are linked to."""

from collections.abc import Sequence
from pathlib import Path

from markupsafe import Markup

from govkit.file_names import safe_stem
from govkit.forms.markup import download, fill, join
from govkit.messages import say
from govkit.store import BatchInfo


def folder_of(home: Path, batch: BatchInfo) -> Path:
    """The folder into which a batch is exported, also by the form."""
    return home / say("form.exports") / safe_stem(batch.name)


def links_to(paths: Sequence[Path]) -> Markup:
    """Links that save these files of one folder, and where they are."""
    links = join((download(path.name, path.read_bytes(), path.name) for path in paths), " ")
    pattern = '<div class="gk-note gk-good">{words} {links}<div class="gk-dim">{path}</div></div>'
    return fill(pattern, words=say("form.written"), links=links, path=str(paths[0].parent))
