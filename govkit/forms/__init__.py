"""The forms: widgets that mirror the store and hold no state of their own."""

from govkit.forms.follow.page import follow_up
from govkit.forms.quarter.page import plan
from govkit.forms.start import start
from govkit.forms.summary.page import summarise
from govkit.forms.training.page import train
from govkit.forms.workbench import inspect

__all__ = ["follow_up", "inspect", "plan", "start", "summarise", "train"]
