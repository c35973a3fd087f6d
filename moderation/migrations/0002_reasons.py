"""The reasons that officers start with. `gettext_noop` lets makemessages see them; the agency may add its own as rows."""

from django.db import migrations
from django.utils.translation import gettext_noop as _

REASONS = [
    # code, kind, what officers read, what the exporter reads
    ("claim-needs-certificate", "listing", _("Claim needs a certificate"),
     _("The text makes a claim (such as organic, fair trade or halal) that needs a certificate for this product. Send the certificate to the agency, or take the claim out of the title, the text and the pictures.")),
    ("picture-unclear", "listing", _("Picture unclear or not the product"),
     _("A picture is blurred, too dark, carries writing or a watermark, or does not show this product. Take a new one in daylight in front of a plain ground, so that the product and its pack can be seen.")),
    ("picture-not-yours", "listing", _("Picture belongs to somebody else"),
     _("A picture seems to come from another company or from the internet. Use pictures that you took yourself, or that you may use; tell the agency if you hold the right to this one.")),
    ("price-or-unit", "listing", _("Price or unit looks wrong"),
     _("The price does not fit the unit or the quantity. Check the unit (per kilogram, per piece), the currency, and that the price falls or stays the same as the quantity grows.")),
    ("not-for-export", "listing", _("Not allowed for export"),
     _("This product may not be exported, or only with a permit that we have not seen. Ask the agency which permit you need; with the permit you can send the product again.")),
    ("text-unclear", "listing", _("Text unclear or copied"),
     _("A buyer cannot learn from the text what is offered, or the text stands on another website. Describe in your own words what it is made of, its size or grade, how it is made and how it is packed.")),
    ("wrong-category", "listing", _("Wrong category"),
     _("Buyers would not look for this product in the category that you chose. Choose the category whose name says what the product is, not what it is used for.")),
    ("hs-code-wrong", "listing", _("HS code does not fit"),
     _("The HS code describes other goods. A wrong code means wrong duty for the buyer. Choose the code again by the product's material and state, or let the agency choose it.")),
    ("packing-not-plausible", "listing", _("Packing not plausible"),
     _("Contents, weights and sizes of the packages do not fit together. Weigh and measure one full package and write these figures.")),
    ("contact-in-text", "listing", _("Contact or payment details in the text"),
     _("The title, the text or a picture shows a phone number, an address, a link or bank details. Take them out: your contact stands on your storefront, and this protects you and buyers from fraud.")),
    ("number-not-in-register", "company", _("Number does not match the register"),
     _("The register does not list your company under this registration number. Compare it with your certificate of incorporation and correct it; send a copy to the agency if it is right.")),
    ("name-differs", "company", _("Name differs from the document"),
     _("The legal name is not the one on your registration document. Write it exactly as it stands there; your trading name belongs in the line about you.")),
    ("contact-not-reached", "company", _("Contact cannot be reached"),
     _("We tried the phone number or e-mail address that you gave and reached nobody. Correct it, or tell us when we can reach you.")),
    ("trader-not-maker", "company", _("Trader says maker"),
     _("You chose maker, but what you sent shows that other firms make the products. Choose trader, or tell us where and with what you make them: the address of the site and pictures of the work help.")),
    ("story-copied", "company", _("Story copied or not about the company"),
     _("The story stands on another website, or says little about your firm. Write who you are, what you make, where, since when, and for whom.")),
    ("not-an-exporter", "company", _("Outside the agency's task"),
     _("The agency serves firms that make or trade goods in this country for export. What you sent does not show that. Tell us which goods you sell and where they come from.")),
]


def add_reasons(apps, schema_editor):
    reason = apps.get_model("moderation", "Reason")
    for position, (code, kind, label, statement) in enumerate(REASONS, start=1):
        reason.objects.get_or_create(
            code=code, defaults={"kind": kind, "label": label, "statement": statement, "position": position * 10}
        )


class Migration(migrations.Migration):

    dependencies = [("moderation", "0001_initial")]

    # Backwards keeps the rows: decisions may refer to them, and add_reasons meets them again without harm.
    operations = [migrations.RunPython(add_reasons, migrations.RunPython.noop)]
