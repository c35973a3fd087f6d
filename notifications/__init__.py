"""What people are told: notices on the site and by mail, as each person wants them, and how they are stopped.

It owns the notice, each person's wishes and the daily digest; what happened, and in which words, belongs to the app that tells it.
"""
