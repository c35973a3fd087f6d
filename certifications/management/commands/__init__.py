"""Keys and archives of credentials."""
