"""Commands of the storefronts room."""
