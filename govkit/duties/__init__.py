"""What is due in a year by the notices, as a calendar: day by day, with the last working day before. Pure."""

from govkit.duties.calendar import Calendar, Due, due_in
from govkit.duties.load import DutiesError, load_duties, load_duties_from
from govkit.duties.model import Duty

__all__ = ["Calendar", "Due", "DutiesError", "Duty", "due_in", "load_duties", "load_duties_from"]
