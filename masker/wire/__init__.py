"""The shapes of the OpenAI chat API as plain dicts and SSE bytes. Knows nothing of masking."""
