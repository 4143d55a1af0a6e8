"""What no tool checks about the architecture."""
