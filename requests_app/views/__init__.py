"""HTTP only: load, validate, call one service, answer."""
