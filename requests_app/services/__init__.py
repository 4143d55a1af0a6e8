"""Every change: one module per noun, one function per verb, one transaction each."""
