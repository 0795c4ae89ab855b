"""What somebody has typed at a problem but not recorded: kept with every key, so that a reload loses nothing.

A draft is nobody's word yet: it is kept apart from the register, one for each problem and person.
"""

import json
from collections.abc import Mapping
from pathlib import Path

from govkit.file_names import safe_stem
from govkit.messages import say
from govkit.store.errors import file_errors
from govkit.store.evidence import written_whole

Fields = Mapping[str, str]
"""What stands in the fields of a form, by their names."""


class Drafts:
    """The drafts of a home.

    Args:
        home: the data folder.
    """

    def __init__(self, home: Path) -> None:
        self._folder = home / say("follow.drafts")

    def get(self, number: str, who: str) -> Fields:
        """What somebody has typed at the problem of a number; nothing where there is no draft, or not one of ours."""
        with file_errors(str(self._folder)):
            try:
                found = json.loads(self._path(number, who).read_text(encoding="utf-8"))
            except (FileNotFoundError, ValueError):
                return {}
        told = found.items() if isinstance(found, dict) else ()
        return {name: text for name, text in told if isinstance(text, str)}

    def keep(self, number: str, who: str, fields: Fields) -> None:
        """Keep what stands in the fields now; the draft ends where it is as if nobody had typed anything."""
        path = self._path(number, who)
        with file_errors(str(self._folder)):
            if not fields:
                path.unlink(missing_ok=True)
                return
            self._folder.mkdir(parents=True, exist_ok=True)
            with written_whole(path) as file:
                file.write(json.dumps(dict(fields), ensure_ascii=False).encode())

    def _path(self, number: str, who: str) -> Path:
        return self._folder / f"{safe_stem(f'{number}_{who.strip()}')}.json"
