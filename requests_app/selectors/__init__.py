"""Every question asked of the database; nothing here writes."""
