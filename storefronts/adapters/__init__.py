"""What comes from outside: registration numbers and an agency's list of members."""
