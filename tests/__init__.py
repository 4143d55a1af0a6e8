"""Tests, mirroring requests_app."""
