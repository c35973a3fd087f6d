"""python-stdnum: what the check digits of a company's number say, for the countries that it knows."""

from importlib import import_module
from typing import Any

from stdnum.exceptions import InvalidChecksum, ValidationError

from storefronts.choices import RegistrationCheck
from storefronts.rules import RegistrationResult

SCHEMES = {
    "AL": "al.nipt", "AR": "ar.cuit", "AU": "au.abn", "BE": "be.vat", "BG": "bg.vat", "BR": "br.cnpj", "CA": "ca.bn",
    "CH": "ch.uid", "CL": "cl.rut", "CN": "cn.uscc", "CO": "co.nit", "CR": "cr.cpj", "CU": "cu.ni", "CZ": "cz.dic",
    "DE": "de.vat", "DK": "dk.cvr", "DO": "do.rnc", "DZ": "dz.nif", "EC": "ec.ruc", "EG": "eg.tn", "ES": "es.nif",
    "FI": "fi.ytunnus", "FR": "fr.siren", "GB": "gb.vat", "GH": "gh.tin", "GN": "gn.nifp", "GR": "gr.vat", "GT": "gt.nit",
    "ID": "id.npwp", "IE": "ie.vat", "IN": "in_.gstin", "IT": "it.iva", "JP": "jp.cn", "KE": "ke.pin", "KR": "kr.brn",
    "MA": "ma.ice", "MD": "md.idno", "ME": "me.pib", "MX": "mx.rfc", "MZ": "mz.nuit", "NL": "nl.btw", "NO": "no.orgnr",
    "NZ": "nz.ird", "PE": "pe.ruc", "PL": "pl.regon", "PT": "pt.nif", "PY": "py.ruc", "RS": "rs.pib", "RU": "ru.inn",
    "SE": "se.orgnr", "SG": "sg.uen", "SN": "sn.ninea", "SV": "sv.nit", "TH": "th.tin", "TN": "tn.mf", "TR": "tr.vkn",
    "TW": "tw.ubn", "UA": "ua.edrpou", "UY": "uy.rut", "VE": "ve.rif", "VN": "vn.mst", "ZA": "za.tin",
}  # fmt: skip
"""Country to the module of the number that its firms write on their papers: of the register or of the tax office."""


def check_registration_number(*, country: str, number: str) -> RegistrationResult:
    """Look at a number's form and check digits; no register is asked.

    Right form, wrong check digits: a typing mistake. Another form may be a number of the register or the tax office that
    stdnum does not know, so then we cannot tell; refusing it would keep honest firms out.
    """
    scheme = SCHEMES.get(country, "")
    if not scheme or not number:
        return RegistrationResult(RegistrationCheck.UNKNOWN)
    module: Any = import_module(f"stdnum.{scheme}")
    try:
        module.validate(number)
    except InvalidChecksum:
        return RegistrationResult(RegistrationCheck.INVALID, scheme)
    except ValidationError:
        return RegistrationResult(RegistrationCheck.UNKNOWN, scheme)
    return RegistrationResult(RegistrationCheck.VALID, scheme)
