"""What officers bring in and ask for."""
