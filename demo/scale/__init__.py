"""Listings by the thousand, for tests of search and for measuring: invented, the same for the same seed, no believable firms."""
