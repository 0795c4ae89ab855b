"""What things cost, side by side with what one would use instead. Run with `python3 start.py bench`."""
