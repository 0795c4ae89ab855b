"""The training room: cases, explanations, exercises, feedback."""
