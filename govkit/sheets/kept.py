"""What was worked out before and may be asked for again, in bounds."""

from typing import Generic, TypeVar

_Value = TypeVar("_Value")
_MOST = 20_000


class Kept(dict[object, _Value], Generic[_Value]):
    """Results by what they were worked out from. It starts afresh when it is full, so that memory stays flat."""

    def __setitem__(self, key: object, value: _Value) -> None:
        """Keep a result."""
        if len(self) >= _MOST:
            self.clear()
        super().__setitem__(key, value)
