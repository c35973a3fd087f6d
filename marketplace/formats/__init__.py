"""How dates are written where Django's own habit differs from the house's."""
