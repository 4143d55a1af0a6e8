"""Mail in and out: protocol, not rules."""
