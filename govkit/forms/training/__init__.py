"""The page of the training: the rubric explained, a score taken apart, worked cases."""
