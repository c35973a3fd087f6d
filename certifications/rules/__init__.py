"""What can be judged from plain values: fit, scope, dates, evidence, standing."""
