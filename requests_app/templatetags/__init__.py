"""Template tags: one module for the look, one for dates."""
