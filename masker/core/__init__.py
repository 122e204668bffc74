"""The domain: spans, kinds, segments, readings, tokens, policy and reports. Standard library and attrs only."""
