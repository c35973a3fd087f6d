"""Certificates: schemes, issuers, claims that officers check with documents and registers, their proofs, and what markets ask for.

Which product a certificate covers is known in listings; this room is handed plain values (HS code, words, site).
"""
