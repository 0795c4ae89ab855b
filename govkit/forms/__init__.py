"""The forms: widgets that mirror the store and hold no state of their own."""
