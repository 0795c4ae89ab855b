"""The page after an inspection: what it comes to, charts, the bulletin, and filing."""
