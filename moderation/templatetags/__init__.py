"""Words of the officers' templates."""
