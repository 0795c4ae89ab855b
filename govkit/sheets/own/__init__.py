"""Templates of an office's own: what is wrong with them, and samples of what they come to."""
