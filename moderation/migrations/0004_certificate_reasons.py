"""Reasons for certificates: what is wrong, and what to send instead."""

from django.db import migrations
from django.utils.translation import gettext_noop as _

REASONS = [
    # code, kind, what officers read, what the exporter reads
    ("certificate-unreadable", "certificate", _("Document cannot be read"),
     _("The document is cut off, blurred, or a photograph of a screen. Send the PDF that your issuer gave you, or a photograph of the whole paper in daylight.")),
    ("certificate-pages-missing", "certificate", _("Pages are missing"),
     _("The scope or the list of products stands on a page that you did not send. Send all pages, the annex too.")),
    ("certificate-other-holder", "certificate", _("Holder is another firm"),
     _("The certificate names another firm than yours. Send one that names you, or the group’s list of members with your name on it.")),
    ("certificate-other-site", "certificate", _("Site is not yours"),
     _("The address on the certificate is none of your places. Add the site to your storefront if you work there, or send the certificate of the site where you do.")),
    ("certificate-other-scope", "certificate", _("Scope does not cover the products"),
     _("The scope does not name the products that you put under it. Take them off, or send the annex that names them.")),
    ("certificate-other-scheme", "certificate", _("Wrong scheme chosen"),
     _("The paper is of another scheme, or is not a certificate (an audit report, a registration, a document of one shipment). Choose the scheme whose name stands on it.")),
    ("certificate-facts-differ", "certificate", _("Number or dates differ"),
     _("The number or a date is not the one on the document. Compare them and correct what you typed.")),
    ("certificate-not-in-register", "certificate", _("Not found with the issuer"),
     _("The issuer’s register does not show this certificate, or shows it as ended. Ask your issuer to put it right, then send it again.")),
    ("certificate-issuer-not-accredited", "certificate", _("Issuer may not certify this"),
     _("We found no accreditation of this issuer for the scheme. Ask the issuer which body accredits it, and send us the answer.")),
    ("certificate-not-genuine", "certificate", _("Document is not genuine"),
     _("The issuer told us that it did not issue this document. If you were given it by somebody else, tell us by whom.")),
    ("revoked-by-issuer", "recheck", _("The issuer has withdrawn or suspended it"),
     _("The issuer has withdrawn or suspended the certificate. When it holds again, send it to us anew.")),
    ("revoked-not-genuine", "recheck", _("The document is not genuine"),
     _("The issuer told us that it did not issue this document.")),
    ("revoked-changed", "recheck", _("Holder, site or scope have changed"),
     _("Holder, site or scope are no longer what the certificate says. Send the certificate that names them as they are now.")),
    ("revoked-our-mistake", "recheck", _("The agency’s check was wrong"),
     _("We confirmed it by mistake. Nothing is held against you: send it again with what we ask for in the note.")),
]


def add_reasons(apps, schema_editor):
    reason = apps.get_model("moderation", "Reason")
    for position, (code, kind, label, statement) in enumerate(REASONS, start=1):
        reason.objects.get_or_create(
            code=code, defaults={"kind": kind, "label": label, "statement": statement, "position": 300 + position * 10}
        )


class Migration(migrations.Migration):

    dependencies = [("moderation", "0003_fairness")]

    # Backwards keeps the rows: decisions may refer to them, and add_reasons meets them again without harm.
    operations = [migrations.RunPython(add_reasons, migrations.RunPython.noop)]
