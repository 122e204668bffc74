"""Turn spans into tokens and tokens back into values. Pure: no I/O, no clock, no logging."""
