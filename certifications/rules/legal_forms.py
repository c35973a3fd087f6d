"""Legal forms as they stand behind or before a name, in families: two spellings of one form, or two forms."""

from collections.abc import Mapping, Sequence

_BEHIND = {
    "limited": "limited|ltd|co ltd|co limited|company limited|company ltd",
    "private limited": "private limited|private ltd|pvt ltd|pvt limited|p ltd|pty ltd|pty limited|proprietary limited",
    "pte": "pte ltd|pte limited",
    "llc": "llc|limited liability company",
    "llp": "llp|limited liability partnership",
    "lp": "lp",
    "plc": "plc|public limited company",
    "inc": "inc|incorporated|corp|corporation",
    "jsc": "jsc|joint stock company|cjsc|ojsc|pjsc",
    "gmbh": "gmbh|mbh|gesellschaft mit beschrankter haftung",
    "gmbh kg": "gmbh co kg",
    "ag": "ag|aktiengesellschaft",
    "kg": "kg",
    "kgaa": "kgaa",
    "ohg": "ohg",
    "ug": "ug|ug haftungsbeschrankt",
    "eg": "eg",
    "ev": "ev",
    "ek": "ek",
    "sarl": "sarl|societe a responsabilite limitee|sarlu|suarl|eurl",
    "sas": "sas|sasu",
    "sa": "sa|societe anonyme|sociedad anonima|sociedade anonima",
    "snc": "snc",
    "scop": "scop",
    "gie": "gie",
    "sa de cv": "sa de cv|sociedad anonima de capital variable",
    "s de rl": "s de rl de cv|s de rl",
    "sac": "sac",
    "sae": "sae",
    "sal": "sal",
    "srl": "srl",
    "spa": "spa|societa per azioni",
    "sl": "sl|slu",
    "eirl": "eirl",
    "lda": "lda|limitada|ltda",
    "bv": "bv",
    "nv": "nv",
    "ua": "ua",
    "vof": "vof",
    "ab": "ab",
    "as": "as|anonim sirketi",
    "asa": "asa",
    "aps": "aps",
    "oy": "oy",
    "oyj": "oyj",
    "ou": "ou",
    "sia": "sia",
    "uab": "uab",
    "kft": "kft",
    "zrt": "zrt",
    "nyrt": "nyrt",
    "doo": "doo",
    "dd": "dd",
    "sro": "sro",
    "sp zoo": "sp zoo|sp z oo|spolka z ograniczona odpowiedzialnoscia",
    "sc": "sc",
    "ltd tr": "ltd sti|limited sirketi",
    "wll": "wll",
    "fze": "fze|fzco|fzc|fz llc|fzllc",
    "pt": "pt|pt tbk|tbk",
    "cv": "cv",
    "bhd": "bhd",
    "sdn bhd": "sdn bhd",
    "ooo": "ooo",
    "oao": "oao|pao",
    "zao": "zao",
    "arabic llc": "ذمم|شذمم|شركه ذات مسووليه محدوده|ذات مسووليه محدوده|المحدوده|محدوده",
    "arabic stock": "شمم|شمل",
    "thai": "จํากัด",
    "": "company|co",
}
_BEFORE = {
    "sarl": "sarl|eurl|suarl",
    "sas": "sas",
    "sa": "sa",
    "pt": "pt",
    "cv": "cv",
    "ab": "ab",
    "ou": "ou",
    "uab": "uab",
    "sia": "sia",
    "ooo": "ooo",
    "oao": "oao|pao",
    "zao": "zao",
    "tnhh": "cong ty tnhh",
    "co phan": "cong ty co phan",
    "": "the|firma|ets|ud|m s|ms|شركه|บริษัท",
}
_CYRILLIC = {form: form for form in ("ооо", "оао", "пао", "зао")}  # noqa: RUF001  Cyrillic is meant
Forms = Mapping[tuple[str, ...], str]


def _list_forms(families: Mapping[str, str]) -> Forms:
    return {tuple(form.split()): family for family, forms in families.items() for form in forms.split("|")}


BEHIND: Forms = _list_forms(_BEHIND | _CYRILLIC)
"""Words of a form, without accents and dots, to its family; "" is said of many forms and tells nothing."""
BEFORE: Forms = _list_forms(_BEFORE | _CYRILLIC)
JOINED = {
    "股份有限公司": "stock",
    "有限责任公司": "limited",
    "有限責任公司": "limited",
    "有限公司": "limited",
    "株式会社": "stock",
    "(株)": "stock",
    "주식회사": "stock",
}
"""Forms of scripts without blanks, the longer ones first."""


def cut_forms(words: Sequence[str]) -> tuple[int, int, frozenset[str]]:
    """Where the name begins and ends among its words, and which families of forms stand round it."""
    start, end = 0, len(words)
    families: set[str] = set()
    while form := _find_longest(BEHIND, words[start:end], at_end=True):
        families.add(BEHIND[form])
        end -= len(form)
    families.discard("")
    while form := _find_longest(BEFORE, words[start:end], at_end=False):
        family = BEFORE[form]
        if families and family and family not in families:
            break  # the AB of AB Exports Ltd is a part of its name
        families |= {family} - {""}
        start += len(form)
    return start, end, frozenset(families)


def _find_longest(forms: Forms, words: Sequence[str], *, at_end: bool) -> tuple[str, ...]:
    most = min(len(words), max(map(len, forms)))
    for size in range(most, 0, -1):
        held = tuple(words[-size:] if at_end else words[:size])
        if held in forms:
            return held
    return ()
