"""Entry points for the command line."""
