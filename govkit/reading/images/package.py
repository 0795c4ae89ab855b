"""The parts of an .xlsx by the relationships between them. What is missing or broken in it is told by None."""

import zipfile
from posixpath import dirname, join, split

from lxml import etree

from govkit.reading.images.placed import suffix_of
from govkit.reading.ooxml import ZIP_DAMAGE, parse_xml, part_at, relationship_of

# KeyError: there is no such member; RuntimeError: it is encrypted; OSError: it is packed by bzip2, and damaged.
_NO_PART = (KeyError, RuntimeError, OSError, *ZIP_DAMAGE)


class Package:
    """An open .xlsx."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._members = {name.lower(): name for name in archive.namelist()}
        self._pictures: dict[str, bytes | None] = {}

    def read(self, part: str) -> bytes | None:
        """A part as it is; names of parts are the same in small and capital letters."""
        try:
            return self._archive.read(self._members[part.lower()])
        except _NO_PART:
            return None

    def tree(self, part: str) -> etree._Element | None:
        """The root element of a part."""
        xml = self.read(part)
        try:
            return None if xml is None else parse_xml(xml)
        except etree.XMLSyntaxError:
            return None

    def related(self, part: str, kind: str) -> dict[str | None, str]:
        """The parts to which relationships of this kind lead from a part, by the relationships' names."""
        folder, name = split(part)
        relationships = self.tree(join(folder, "_rels", f"{name}.rels"))
        if relationships is None:
            return {}
        return {
            relationship.get("Id"): part_at(dirname(part), relationship.get("Target", ""))
            for relationship in relationships.iter("{*}Relationship")
            if relationship.get("TargetMode") != "External" and relationship.get("Type", "").endswith(f"/{kind}")
        }

    def picture(self, part: str | None) -> bytes | None:
        """A picture; None for metafiles as well. One that is used often is held once."""
        if part is None:
            return None
        if part not in self._pictures:
            content = self.read(part)
            self._pictures[part] = content if content and suffix_of(content) else None
        return self._pictures[part]

    def shown_by(self, element: etree._Element, images: dict[str | None, str]) -> bytes | None:
        """The picture that an `xdr:pic` shows; of several for programs old and new, the first one that is a picture.

        Args:
            element: the `xdr:pic`.
            images: what the relationships of its part lead to.
        """
        shown = (self.picture(images.get(relationship_of(blip, "embed"))) for blip in element.iter("{*}blip"))
        return next((content for content in shown if content), None)
