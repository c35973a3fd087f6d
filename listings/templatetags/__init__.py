"""What templates say of listings in one word."""
