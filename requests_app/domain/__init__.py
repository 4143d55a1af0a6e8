"""Rules of the service policy as pure functions: standard library only, no clock, no I/O."""
