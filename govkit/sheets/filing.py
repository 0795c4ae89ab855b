"""How far the inspection of an object has come, in words for its sheet."""

from datetime import datetime

from govkit.findings import Filing
from govkit.messages import say


def filing_words(filing: Filing) -> str:
    """Version, stage, and who did what when (in local time); the reason of a correction in a line of its own."""
    people = (("inspector", filing.inspector, filing.submitted_at), ("reviewer", filing.reviewer, filing.reviewed_at))
    pieces = [
        say("sheet.version", version=filing.version),
        say(f"stage.{filing.stage}"),
        *(_step(role, name, at) for role, name, at in people),
    ]
    reason = say("sheet.corrected" if filing.version > 1 else "sheet.returned", reason=filing.reason)
    return " · ".join(filter(None, pieces)) + (f"\n{reason}" if filing.reason else "")


def _step(role: str, name: str, at: datetime | None) -> str:
    who = say(f"sheet.by_{role}", name=name) if name else ""
    when = say(f"sheet.at_{role}", at=at.astimezone()) if at else ""
    return say("sheet.who_when", who=who, when=when) if who and when else who or when
