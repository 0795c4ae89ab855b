"""The one door for documents out: Word templates in `templates/`, filled with what was counted."""

from govkit.documents.bulletin import Bulletin, bulletin, write_bulletin

__all__ = ["Bulletin", "bulletin", "write_bulletin"]
