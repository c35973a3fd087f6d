"""Article numbers and GTINs name one thing each within a company."""

from listings.exceptions import ArticleNumberTaken
from listings.models import ListingRevision
from listings.selectors.depth import find_number_holder
from storefronts.models import Company


def require_own_numbers(*, revision: ListingRevision, company_id: int) -> None:
    """Raise ArticleNumberTaken where another product of the company carries a number of this revision. Within its save.

    The company's row is locked, so that of two saves at once only the first takes a number.
    """
    Company.objects.select_for_update(no_key=True).get(pk=company_id)
    if holder := find_number_holder(revision=revision, company_id=company_id):
        raise ArticleNumberTaken(number=holder.number, title=holder.title)
