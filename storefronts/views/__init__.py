"""Pages of storefronts: what everybody sees, and what a company's own people work on."""
