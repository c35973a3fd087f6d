"""Example context for the components page."""

EXAMPLES: dict[str, object] = {}
