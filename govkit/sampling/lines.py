"""Samples within a site: some documents, guides or pages from a list that was pasted.

Clause: 附件 检查指标, 随机抽查 … （注：不足 … 个的则检查全部）.
"""

from collections.abc import Iterable

from govkit.sampling.lots import lot


def draw_lines(lines: Iterable[str], number: int, *names: str, seed: str) -> list[str]:
    """Draw lines of a list; all of them where there are not more.

    Args:
        lines: titles or addresses, one a line; blanks around them, empty lines and repeated ones do not count.
        number: how many.
        names: what the sample is for: the object, the item.
        seed: of the draw.

    Returns:
        The lines in the order in which the lots draw them.
    """
    known = dict.fromkeys(stripped for line in lines if (stripped := line.strip()))
    return sorted(known, key=lambda line: lot(seed, *names, line))[:number]
