"""Bank details in running text: an IBAN whose check digits fit, an account with its number, words for a new account.

Texts are read as a person reads them: letters of full width and their look-alikes of other scripts as Latin ones, digits of any script
as 0 to 9, blanks and hyphens of any kind as one kind. Every pattern is bounded, so that a long text costs time by its length alone.
"""

import re
import unicodedata
from collections.abc import Iterator

from stdnum import iban

IBAN = re.compile(r"(?<![A-Z0-9])(?=([A-Z]{2}\d{2}(?:[\s.\-]{0,4}[A-Z0-9]){11,30}))")
ACCOUNT = re.compile(
    r"\bacc(?:oun)?t\.?\s*(?:no|number|nr|#)|\ba/c\s*(?:no|number|nr|#)|\bacct\b|bank\s+account|routing\s+number|sort\s+code|swift|\bbic\b|\biban\b|compte\s+bancaire"
    r"|num[ée]ro\s+de\s+compte|\brib\b|cuenta\s+bancaria|n[úu]mero\s+de\s+cuenta|conta\s+banc[áa]ria|n[úu]mero\s+da\s+conta|kontonummer|\bkonto\b"
    r"|bankverbindung|kontoverbindung|\bmomo\s+(?:number|no)|mobile\s+money\s+(?:number|no)|الحساب\s+البنكي|رقم\s+الحساب",
    re.IGNORECASE,
)
"""Words that mean an account and nothing else."""
ACCOUNT_WORD = re.compile(
    r"(?<!into )(?<!to )\baccount(?!s?\s+(?:of|manager|executive)\b)s?|\ba/c\b|\bacct?\b|\bbeneficiary\b|\bbankkonto\b|\b(?:conta|cuenta)\b|\bnib\b"
    r"|(?<!tenir )(?<!tenant )\bcompte\b(?!\s+(?:tenu|rendu)\b)|\b(?:wire|remit|deposit|transfer|pay|virer|transferir|überweisen)\s+(?:[a-z]{1,12}\s+){0,3}?(?:to|into|sur|para|auf)\b"
    r"|[账帐賬帳][号户號戶]|卡号|الحساب|حسابنا",
    re.IGNORECASE,
)
"""Words of an account that ordinary letters use too: they count beside a long number that nothing else explains."""
NUMBER = re.compile(r"(?<![0-9+.,/])(?<!\+\d)\d(?:[ -]?\d){5,33}")
LONG_NUMBER = re.compile(
    r"(?<![A-Z0-9+.,/])(?<!\+\d)\d(?:[ -]?\d){7,33}(?!,?\d|\s?(?:kgs?|t|tons?|tonnes?|bags?|pcs|pieces|usd|eur|ghs)\b)",
    re.IGNORECASE,
)
DAY = re.compile(r"(?:\d{4}-\d{2}-\d{2}|\d{1,2}-\d{1,2}-\d{4})\Z")
OTHER_NUMBER = re.compile(
    r"(?:\+[\d ()-]{0,8}|\b(?:orders?|p\.?o\.?|invoices?|containers?|seal|booking|b/?l|lots?|batch|hs|tariff|customs|tracking|awb|certificate|licen[cs]e|vat|tax|tin"
    r"|phone|tel|mobile|cell|whatsapp|call(?:ed)?|fax|commande|facture|conteneur|pedido|factura|fatura|contenedor|bestellung|auftrag|rechnung|sendung|telefon|handy"
    r"|t[ée]l[ée]phone|tel[ée]fono|(?:me|us)\s+(?:on|at))(?:[\s-]+(?:code|no|nr|number|num[ée]ro|n[úu]mero|nummer))?[\s.:#°(]{0,4})\Z",
    re.IGNORECASE,
)
BANK_CODE = re.compile(
    r"\b(?!TRANSFER|PROFORMA|DOCUMENT|SHIPMENT|DELIVERY|PAYMENTS)[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?\b"
)
NEAR, LONGEST_NUMBER = 60, 70
BANKING = (
    r"(?:bank(?:ing)?(?!\s+(?:of\s+the|charges?|fees?|costs?|holidays?|guarantees?|days?)\b)(?:\s+(?:account|details|information|data|partner))?|iban|beneficiary"
    r"|(?:account|payment|beneficiary)\s+(?:account|details|information|data|number))"
)
CHANGE = re.compile(
    rf"\b(?:new|changed|different|other|updated)\s+(?:our\s+|the\s+)?{BANKING}\b|\b(?:changed|updated)\s+(?:our|the)\s+{BANKING}\b"
    rf"|\b(?:{BANKING}|our\s+account|payment\s+account)\s+(?:ha(?:s|ve)\s+)?(?:been\s+)?(?:changed|updated|are\s+new|is\s+new)\b|\bnew\s+(?:momo|mobile\s+money)\b"
    r"|\bnouve(?:au|l|lle|aux|lles)\s+(?:compte|coordonn[ée]es\s+bancaires|rib|iban)\b|\bchang\w{0,9}\s+(?:de\s+)?(?:compte|banque|rib)\b"
    r"|\b(?:rib|compte|coordonn[ée]es\s+bancaires)\s+(?:a|ont)\s+chang[ée]"
    r"|\b(?:nueva|otra)\s+cuenta(?:\s+bancaria)?\b|\bnuevos\s+datos\s+bancarios\b|\bcambi\w{0,9}\s+(?:de\s+)?(?:cuenta|banco)\b"
    r"|\b(?:cuenta(?:\s+bancaria)?|datos\s+bancarios)\s+(?:ha|han)\s+cambiado\b"
    r"|\b(?:nova|outra)\s+conta\b|\bnov[oa]s?\s+(?:dados\s+banc[áa]rios|iban|nib)\b|\b(?:mud[aáo]\w{0,6}|alter\w{0,6}|troc\w{0,6})\s+(?:de\s+|a\s+)?(?:conta|banco)\b"
    r"|\b(?:conta(?:\s+banc[áa]ria)?|dados\s+banc[áa]rios)\s+(?:mudou|mudaram|foi\s+alterada|foram\s+alterados)\b"
    r"|\bneue[snr]?\s+(?:konto|bankkonto|bankverbindung|kontoverbindung|kontonummer|kontodaten|bankdaten|iban)\b|\bge[äa]nderte\s+(?:bankverbindung|kontodaten|bankdaten)\b"
    r"|\b(?:bankverbindung|kontoverbindung|kontonummer|konto|bankdaten)\s+(?:hat|haben)\s+sich\s+ge[äa]ndert\b"
    r"|حساب(?:نا)?\s+(?:ال)?(?:بنكي|مصرفي)?\s*(?:ال)?جديد|(?:تغي[ّ]?ر|تغيير)\s+(?:رقم\s+)?الحساب|(?:بيانات|تفاصيل)\s+(?:بنكية|مصرفية|البنك)"
    r"|新的?(?:银行|銀行|收款)?[账帐賬帳][号户號戶]|(?:变更|更改|更换|更新)了?(?:银行|收款)?[账帐][号户]|[账帐][号户](?:已经?|有)?(?:变更|更改|更换|改变)|新的?银行",
    re.IGNORECASE,
)
LETTER_VALUES = {ord("A") + place: str(place + 10) for place in range(26)}
LOOK_ALIKES = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u0501\u04bb\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425\u0406\u0408\u0405"
    "\u03bf\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7",
    "aeopcyxijsdhABEKMHOPCTYXIJSoABEZHIKMNOPTYX",
)
"""Cyrillic and Greek letters that look like Latin ones."""


def find_bank_details(text: str) -> str:
    """The first bank details that stand in the text, "" when none do."""
    plain = _make_plain(text)
    numbers = filter(None, map(_find_iban, IBAN.finditer(plain.upper())))
    return next(numbers, "") or next(_list_stated(plain), "")


def speaks_of_payment_change(text: str) -> bool:
    """The text holds bank details, or says that an account or a bank is a new one: what fraud by a taken-over mailbox looks like."""
    return bool(find_bank_details(text)) or CHANGE.search(_make_plain(text)) is not None


def _list_stated(plain: str) -> Iterator[str]:
    """Accounts by their words: a number or a bank's code soon after words that mean nothing else, a long number after the others."""
    for words, numbers in ((ACCOUNT, NUMBER), (ACCOUNT_WORD, LONG_NUMBER), (ACCOUNT, BANK_CODE)):
        for word in words.finditer(plain):
            near = plain[word.end() : word.end() + NEAR + LONGEST_NUMBER]
            yield from (
                f"{word.group()}{near[: number.end()]}"
                for number in numbers.finditer(near)
                if _is_account(number, near)
            )


def _is_account(number: re.Match[str], near: str) -> bool:
    """Near enough, and neither a day nor the number of an order, a telephone, a container."""
    before = near[: number.start()]
    return len(before) <= NEAR and not DAY.match(number.group()) and not OTHER_NUMBER.search(before)


def _find_iban(match: re.Match[str]) -> str:
    """The longest beginning that is an IBAN: the words after one look like more of its groups."""
    found = match.group(1)
    ends = [end for end in range(len(found), 14, -1) if found[end - 1].isalnum() and not found[end : end + 1].isalnum()]
    beginnings = ((found[:end], re.sub(r"[\s.\-]", "", found[:end])) for end in ends)
    return next((written for written, number in beginnings if _fits_check_digits(number) and iban.is_valid(number)), "")


def _fits_check_digits(number: str) -> bool:
    """ISO 13616: quick, before the slow look at each country's pattern."""
    return int((number[4:] + number[:4]).translate(LETTER_VALUES)) % 97 == 1


def _make_plain(text: str) -> str:
    """As a person reads it: one kind of blank, of hyphen, of digit and of letter, nothing that joins or hides."""
    letters = map(_plain_letter, unicodedata.normalize("NFKC", text).translate(LOOK_ALIKES))
    return re.sub(r"[^\S\n]*\n\s*", "\n", re.sub(r"[^\S\n]+", " ", "".join(letters)))


def _plain_letter(letter: str) -> str:
    if letter.isascii():
        return letter
    kind = unicodedata.category(letter)
    if kind == "Nd":
        return str(unicodedata.digit(letter))
    return {"Zs": " ", "Pd": "-", "Cf": ""}.get(kind, letter)
