"""The embedded search engine of the catalogue: documents, queries, the index itself."""
