"""Breaks the stand under a steady stream of people's acts, and counts what was lost, what came twice and how long work stood still.

An act is a small class in `acts`: `tokens` names what it will make, `perform` does it over HTTPS and raises unless the site said yes,
`count` finds in the database, in the files and at the mail server how often each part of it is there.

To add inquiries: a class `AskExporter` whose token is a word in the message; `perform` posts the inquiry form of a live listing (`pools.live`
beyond those that `PauseListing` uses up) with a browser signed in as `seed.BUYER`; `count` answers {"thread": ..., "message": ..., "mail": ...}.
Give it what it uses up in `seed.fill_pools` and name it in `acts.list_acts`; nothing else knows acts by name. An act that sends the same
again when no answer came has `repeats = True`, and must still be there once.
"""
