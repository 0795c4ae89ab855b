"""检查结果 in words, the same in files, forms and sheets."""

from govkit.findings import Outcome
from govkit.messages import say
from govkit.rubric.entries import PartName

_OWN_WORDS_OF_BONUS = frozenset({Outcome.CLEAR, Outcome.FOUND})


def outcome_word(outcome: Outcome, part: PartName) -> str:
    """检查结果 as it is written: 发现问题 and 未发现, but 符合 and 不符合 for bonus items."""
    own = part == PartName.BONUS and outcome in _OWN_WORDS_OF_BONUS
    return say(f"outcome.{'bonus_' if own else ''}{outcome.name.lower()}")
