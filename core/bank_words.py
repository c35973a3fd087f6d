"""Bank details in running text: an IBAN whose check digits fit, an account with its number, words for a new account."""

import re

from stdnum import iban

IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]{2,4}){3,8}\b")
ACCOUNT = re.compile(
    r"(?:account\s*(?:no|number|nr|#)|bank\s+account|swift|bic\b|compte\s+bancaire|num[ée]ro\s+de\s+compte|cuenta\s+bancaria|n[úu]mero\s+de\s+cuenta"
    r"|kontonummer|bankverbindung|الحساب\s+البنكي|رقم\s+الحساب)[^\n]{0,60}?[A-Z0-9][A-Z0-9 -]{5,}",
    re.IGNORECASE,
)
BANK_CODE = re.compile(r"\b[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?\b")
FEWEST_ACCOUNT_DIGITS = 6
CHANGE = re.compile(
    r"\b(?:new|changed?|different|other|updated?)\s+(?:our\s+|the\s+)?(?:bank(?:ing)?|account|payment)\s*(?:account|details|information|data)?\b"
    r"|\b(?:bank(?:ing)?|account|payment)\s+(?:account\s+|details\s+|information\s+)?(?:ha(?:s|ve)\s+)?(?:been\s+)?(?:changed|updated|are\s+new|is\s+new)\b"
    r"|\bnouveau(?:x|lles?)?\s+(?:compte|coordonn[ée]es\s+bancaires|rib)\b|\bnouvelles?\s+coordonn[ée]es\s+bancaires\b|\bchang\w*\s+(?:de\s+)?(?:compte|banque|rib)\b"
    r"|\b(?:nueva|otra)\s+cuenta(?:\s+bancaria)?\b|\bnuevos\s+datos\s+bancarios\b|\bcambi\w*\s+(?:de\s+)?(?:cuenta|banco)\b"
    r"|\bneue[snr]?\s+(?:konto|bankkonto|bankverbindung|kontonummer|kontodaten)\b|\bge[äa]nderte\s+(?:bankverbindung|kontodaten)\b"
    r"|حساب(?:نا)?\s+(?:ال)?(?:بنكي|مصرفي)?\s*(?:ال)?جديد|تغي[ّ]?ر\s+(?:رقم\s+)?الحساب",
    re.IGNORECASE,
)


def find_bank_details(text: str) -> str:
    """The first bank details that stand in the text, "" when none do."""
    numbers = (match.group() for match in IBAN.finditer(text) if iban.is_valid(match.group()))
    stated = ACCOUNT.search(text)
    is_stated = stated is not None and (
        len(re.findall(r"\d", stated.group())) >= FEWEST_ACCOUNT_DIGITS or BANK_CODE.search(stated.group())
    )
    return next(numbers, stated.group().strip() if stated and is_stated else "")


def speaks_of_payment_change(text: str) -> bool:
    """The text holds bank details, or says that an account or a bank is a new one: what fraud by a taken-over mailbox looks like."""
    return bool(find_bank_details(text)) or CHANGE.search(text) is not None
