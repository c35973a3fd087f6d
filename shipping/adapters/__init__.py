"""What comes from outside as bytes or JSON: rate cards in tables, worked examples."""
