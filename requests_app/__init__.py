"""The city's customer-service product."""
