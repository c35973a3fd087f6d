"""Breaks the stand under a steady stream of people's acts, and counts what was lost, what came twice and how long work stood still.

An act is a small class in `acts`: `tokens` names what it will make, `perform` does it over HTTPS and raises unless the site said yes,
`count` finds in the database, in the files and at the mail server how often each part of it is there.

To add one: a class in `acts` that `acts.list_acts` names; what it uses up comes from `seed.fill_pools`; nothing else knows acts by name.
An act
that sends the same again when no answer came has `repeats = True`, and must still be there once.
"""
