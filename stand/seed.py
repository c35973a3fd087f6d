"""The stand's own people, company and products, made through the services. Imported where Django is set up.

Production refuses the demo's logins, so these have addresses of their own. The texts of the products are the demo's.
"""

from dataclasses import dataclass
from datetime import timedelta

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import transaction

from accounts.choices import Purpose
from accounts.models import User
from accounts.selectors import find_person
from accounts.services.people import add_person
from demo.seed.companies import plant_company, settle_company
from demo.seed.files import CompanyFile, ListingFile, read_companies
from demo.seed.listings import plant_listing, settle_listing
from demo.seed.pictures import Pictures, send_pictures
from listings.services.drafts import create_listing
from reference.models import Category
from storefronts.models import Member
from storefronts.services.companies import open_company
from uploads.choices import UploadState
from uploads.models import Upload

EXPORTER, OFFICER, BUYER = "exporter@stand.example", "officer@stand.example", "buyer@stand.example"
PASSWORD = "a-stand-is-not-a-market"  # noqa: S105  of a stand that only this machine reaches
PICTURE = ("listing_picture", "leather")
INVITATIONS_PER_COMPANY = 18  # storefronts lets twenty be open
PICTURES_PER_LISTING = 9


@dataclass(frozen=True)
class Pools:
    """What the acts of a trial use up: ids of listings, slugs of companies."""

    company: str
    trays: list[int]
    drafts: list[int]
    live: list[int]
    hosts: list[str]


def seed() -> None:
    """People and one verified company; nothing when they stand already."""
    if find_person(email=EXPORTER):
        return
    exporter = add_person(email=EXPORTER, password=PASSWORD, full_name="Efua Stand", purpose=Purpose.EXPORTER)
    officer = add_person(email=OFFICER, password=PASSWORD, full_name="Kojo Stand")
    officer.is_staff = True
    officer.save(update_fields=["is_staff"])
    TOTP.activate(officer, generate_totp_secret())  # production lets no officer in without a second factor
    add_person(email=BUYER, password=PASSWORD, full_name="Lena Stand")
    pictures = send_pictures({PICTURE}, user=exporter)
    file = _read_file()
    with transaction.atomic():
        member = plant_company(file, position=0, owner=exporter, pictures=pictures)
        settle_company(file, member, officer=officer, position=0)
        plant("Stand bag", 1, member=member, officer=officer, state="live")


def fill_pools(*, tag: str, trays: int, drafts: int, live: int, hosts: int) -> Pools:
    """New listings and companies for one trial; `tag` is a word in their names that no other trial has."""
    exporter, officer = User.objects.get(email=EXPORTER), User.objects.get(email=OFFICER)
    member = Member.objects.select_related("company", "user").filter(user=exporter).earliest("pk")
    facts = _read_file().facts
    with transaction.atomic():
        return Pools(
            company=member.company.slug,
            trays=[
                create_listing(member=member, values={"title": f"Tray {tag} {number}", "language": "en"}).pk
                for number in range(trays)
            ],
            drafts=plant(f"Draft {tag}", drafts, member=member, officer=officer, state="draft"),
            live=plant(f"Live {tag}", live, member=member, officer=officer, state="live"),
            hosts=[
                open_company(user=exporter, facts={**facts, "legal_name": f"Host {tag} {number}"}).slug
                for number in range(hosts)
            ],
        )


def plant(title: str, number: int, *, member: Member, officer: User, state: str) -> list[int]:
    """So many complete listings with a ready picture, in a state that demo files know."""
    told = _read_file().listings[0].told | {"state": state, "pictures": [[PICTURE[1], "A bag"]]}
    ready = Upload.objects.filter(profile=PICTURE[0], name=f"{PICTURE[1]}.jpg", state=UploadState.READY)
    pictures: Pictures = {PICTURE: ready.earliest("created_at")}
    categories = {category.slug: category for category in Category.objects.all()}
    found = []
    for place in range(number):
        file = ListingFile(told | {"title": f"{title} {place}"})
        listing = plant_listing(file, member=member, pictures=pictures, categories=categories)
        settle_listing(file, listing, member=member, officer=officer, age=timedelta(days=1))
        found.append(listing.pk)
    return found


def _read_file() -> CompanyFile:
    """The firm of the demo that sells leather bags; without pictures of its own."""
    told = next(file.told for file in read_companies() if file.told["legal_name"] == "Salaga Leather Works")
    return CompanyFile({name: value for name, value in told.items() if name not in {"cover", "logo"}})
