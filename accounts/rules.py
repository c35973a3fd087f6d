"""What a buyer tells about the organisation, and whether a tax number can be one of its country."""

from dataclasses import dataclass

import stdnum
from stdnum.exceptions import ValidationError

from accounts.exceptions import TaxNumberWrong


@dataclass(frozen=True)
class BuyerDetails:
    """A buyer's organisation, as typed; `country` is an ISO 3166 code."""

    organisation: str
    country: str
    address: str = ""
    postcode: str = ""
    city: str = ""
    tax_id: str = ""


def check_tax_number(*, country: str, number: str) -> str:
    """The number as the country writes it, or as typed where python-stdnum does not know the country's numbers.

    Countries differ in what they print on an invoice (VAT or taxpayer number): either will do. Raises TaxNumberWrong.
    """
    if not number:
        return ""
    kinds = [kind for kind in (stdnum.get_cc_module(country.lower(), name) for name in ("vat", "tin")) if kind]
    for kind in kinds:
        try:
            return str(kind.validate(number))
        except ValidationError:
            continue
    if kinds:
        raise TaxNumberWrong
    return number
