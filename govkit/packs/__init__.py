"""The notices as rules."""
