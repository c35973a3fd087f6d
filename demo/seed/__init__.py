"""Play the demo country in, through the same services that people's clicks run through."""
