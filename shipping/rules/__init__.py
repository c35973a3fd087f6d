"""What can be decided about freight, duty and landed cost with plain values: no database, clock or file."""
