"""The vocabulary: `dissensus.ttl`, its shapes, its alignments and its JSON-LD context."""
