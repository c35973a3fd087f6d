"""Forms of accounts: sign-up's extra fields, allauth's forms in our words, the profile."""
