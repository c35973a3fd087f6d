"""Plain rules about pictures: what a header says, what sizes are made, what a page needs to show one."""

from uploads.rules.pictures import Picture

__all__ = ["Picture"]
