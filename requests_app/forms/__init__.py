"""Forms: input to cleaned values."""
