"""People: who they are, how they sign in, what kind of person they are to the agency, a buyer's profile.

Which company a person belongs to is not known here; that stands in storefronts.
"""
