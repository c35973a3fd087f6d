"""Bank details in running text: an IBAN whose check digits fit, an account with its number, words for a new account.

Texts are read with digits of any script as 0 to 9, and with blanks and hyphens of any kind as one kind.
"""

import re
import unicodedata

from stdnum import iban

IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{2,4}){3,8}\b")
ACCOUNT = re.compile(
    r"(?:\bacc(?:oun)?t\.?\s*(?:no|number|nr|#)|\bacct\b|bank\s+account|routing\s+number|sort\s+code|swift|bic\b|compte\s+bancaire|num[ée]ro\s+de\s+compte"
    r"|\brib\b|cuenta\s+bancaria|n[úu]mero\s+de\s+cuenta|kontonummer|\bkonto\b|bankverbindung|\bmomo\s+(?:number|no)|mobile\s+money\s+(?:number|no)"
    r"|الحساب\s+البنكي|رقم\s+الحساب)[^\n]{0,60}?[A-Z0-9][A-Z0-9 -]{5,}",
    re.IGNORECASE,
)
BANK_CODE = re.compile(r"\b[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?\b")
FEWEST_ACCOUNT_DIGITS = 6
BANKING = r"(?:bank(?:ing)?(?!\s+of\s+the\b)(?:\s+(?:account|details|information|data))?|(?:account|payment|beneficiary)\s+(?:account|details|information|data|number))"
CHANGE = re.compile(
    rf"\b(?:new|changed|different|other|updated)\s+(?:our\s+|the\s+)?{BANKING}\b|\b(?:changed|updated)\s+(?:our|the)\s+{BANKING}\b"
    rf"|\b(?:{BANKING}|our\s+account|payment\s+account)\s+(?:ha(?:s|ve)\s+)?(?:been\s+)?(?:changed|updated|are\s+new|is\s+new)\b|\bnew\s+(?:momo|mobile\s+money)\b"
    r"|\bnouve(?:au|l|lle|aux|lles)\s+(?:compte|coordonn[ée]es\s+bancaires|rib)\b|\bchang\w*\s+(?:de\s+)?(?:compte|banque|rib)\b"
    r"|\b(?:rib|compte|coordonn[ée]es\s+bancaires)\s+(?:a|ont)\s+chang[ée]"
    r"|\b(?:nueva|otra)\s+cuenta(?:\s+bancaria)?\b|\bnuevos\s+datos\s+bancarios\b|\bcambi\w*\s+(?:de\s+)?(?:cuenta|banco)\b"
    r"|\b(?:cuenta(?:\s+bancaria)?|datos\s+bancarios)\s+(?:ha|han)\s+cambiado\b"
    r"|\bneue[snr]?\s+(?:konto|bankkonto|bankverbindung|kontonummer|kontodaten|bankdaten)\b|\bge[äa]nderte\s+(?:bankverbindung|kontodaten|bankdaten)\b"
    r"|\b(?:bankverbindung|kontonummer|konto|bankdaten)\s+(?:hat|haben)\s+sich\s+ge[äa]ndert\b"
    r"|حساب(?:نا)?\s+(?:ال)?(?:بنكي|مصرفي)?\s*(?:ال)?جديد|(?:تغي[ّ]?ر|تغيير)\s+(?:رقم\s+)?الحساب|(?:بيانات|تفاصيل)\s+(?:بنكية|مصرفية|البنك)",
    re.IGNORECASE,
)


def find_bank_details(text: str) -> str:
    """The first bank details that stand in the text, "" when none do."""
    plain = _make_plain(text)
    numbers = filter(None, map(_find_iban, IBAN.finditer(plain.upper())))
    stated = ACCOUNT.search(plain)
    is_stated = stated is not None and (
        len(re.findall(r"\d", stated.group())) >= FEWEST_ACCOUNT_DIGITS or BANK_CODE.search(stated.group())
    )
    return next(numbers, stated.group().strip() if stated and is_stated else "")


def speaks_of_payment_change(text: str) -> bool:
    """The text holds bank details, or says that an account or a bank is a new one: what fraud by a taken-over mailbox looks like."""
    return bool(find_bank_details(text)) or CHANGE.search(_make_plain(text)) is not None


def _find_iban(match: re.Match[str]) -> str:
    """The longest beginning that is an IBAN: the words after one look like more of its groups."""
    parts = re.split(r"([ -])", match.group())
    beginnings = ("".join(parts[:end]) for end in range(len(parts), 0, -2))
    return next((text for text in beginnings if iban.is_valid(text.replace("-", ""))), "")


def _make_plain(text: str) -> str:
    """Digits as ASCII, every blank but line ends as one blank, every dash as a hyphen, nothing that joins or hides."""
    return "".join(map(_plain_letter, text))


def _plain_letter(letter: str) -> str:
    if letter.isascii():
        return letter
    kind = unicodedata.category(letter)
    if kind == "Nd":
        return str(unicodedata.digit(letter))
    return {"Zs": " ", "Pd": "-", "Cf": ""}.get(kind, letter)
