"""A believable exporting country as seed data: companies, listings, pictures and personas.

Owns the country's files, its drawn pictures and the command that plays them in through the real services.
It owns no model and no rule: what it makes could have been typed in by people.
"""
