"""govkit: inspections of government websites and government new-media accounts, from spot checks to filed sheets."""

__version__ = "0.1.0"
