"""Charts as pictures."""

from io import BytesIO

from matplotlib.figure import Figure

_DOTS_PER_INCH = 150


def png(figure: Figure) -> bytes:
    """A chart as a PNG file; the same chart gives the same bytes."""
    target = BytesIO()
    figure.savefig(target, format="png", dpi=_DOTS_PER_INCH)
    return target.getvalue()
