"""Find spans in segments: detectors, the chain that runs them, context, overlaps and the span cache."""
