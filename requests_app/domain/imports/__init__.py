"""Rows of other cities' systems as cases of ours: one module for each source, standard library only."""
