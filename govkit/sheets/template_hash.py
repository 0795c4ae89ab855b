"""Which file a template is: what was made with it can tell later whether it is still the same."""

import hashlib

from govkit.sheets.template import template_bytes


def template_hash(file_name: str) -> str:
    """The SHA-256 of the file of a template.

    Raises:
        OutputError: there is none.
    """
    return hashlib.sha256(template_bytes(file_name)).hexdigest()
