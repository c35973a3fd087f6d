"""Measurements that goals hang on. Each prints a table for people and one JSON object last, kept in var/bench/."""
