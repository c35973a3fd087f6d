"""The indexer and the search index."""
