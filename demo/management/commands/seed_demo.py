"""Fill an empty site with the demo country."""

import time
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.models import User
from demo.seed.blocks import plant_blocks
from demo.seed.certificates import plant_certificates
from demo.seed.companies import plant_company, settle_company
from demo.seed.depth import plant_papers
from demo.seed.files import CompanyFile, list_pictures, read_companies
from demo.seed.freight import plant_freight
from demo.seed.inquiries import plant_inquiries
from demo.seed.listings import plant_listing, settle_listing
from demo.seed.people import COLLEAGUE, EXPORTER, OFFICER, STRANGER, make_personas
from demo.seed.pictures import Pictures, send_pictures
from demo.seed.price_dates import plant_price_dates
from demo.seed.quotations import plant_quotations
from demo.seed.rates import plant_rates
from demo.seed.requests import plant_requests
from demo.seed.reviews import change_live_products, spread_verifications, spread_waiting_cases
from demo.seed.support import plant_support
from demo.seed.traffic import plant_traffic
from listings.models import Listing
from reference.models import Category
from storefronts.choices import Role
from storefronts.models import Company, Member

CHANGED_PRODUCTS = 4


class Command(BaseCommand):
    help = "Fill an empty site with a believable exporting country. Refused in production; does nothing when the country stands."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--companies", type=int, default=None, help="Only so many companies (for small trials).")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO_ALLOWED:
            raise CommandError("seed_demo is for development; this is a production site.")
        if Company.objects.exists():
            return
        started = time.monotonic()
        companies = read_companies()[: options["companies"]]
        people = make_personas()
        self.stdout.write(f"Making the demo country: {len(companies)} companies. Once only, about a minute.")
        plant_rates()
        pictures = send_pictures(list_pictures(companies), user=people[EXPORTER.email])
        for position, file in enumerate(companies):
            self._plant(position, file, people, pictures)
        plant_certificates(officer=people[OFFICER.email])
        plant_papers(officer=people[OFFICER.email])
        with transaction.atomic():
            change_live_products(CHANGED_PRODUCTS)
            spread_waiting_cases()
            spread_verifications()
        first = Company.objects.order_by("pk").first()
        plant_inquiries(company=first, people=people)
        plant_quotations(company=first, people=people)
        if options["companies"] is None:  # in a small trial there is nobody to match
            plant_requests(people=people)
        plant_blocks(company=first, people=people)
        demo_people = (people[EXPORTER.email], people[STRANGER.email])
        plant_traffic(companies=list(Company.objects.filter(members__user__in=demo_people).distinct()))
        with transaction.atomic():
            plant_support(people=people)
            plant_price_dates(people=people)
            plant_freight(officer=people[OFFICER.email])
        live = Listing.objects.live().count()
        self.stdout.write(
            f"{Company.objects.count()} companies and {live} live listings in {time.monotonic() - started:.0f} s."
        )

    @transaction.atomic
    def _plant(self, position: int, file: CompanyFile, people: dict[str, User], pictures: Pictures) -> None:
        owners = {0: people[EXPORTER.email], 6: people[STRANGER.email]}
        officer = people[OFFICER.email]
        member = plant_company(file, position=position, owner=owners.get(position), pictures=pictures)
        if position == 0:
            Member.objects.create(company=member.company, user=people[COLLEAGUE.email], role=Role.EDITOR)
        settle_company(file, member, officer=officer, position=position)
        categories = {category.slug: category for category in Category.objects.all()}
        for number, told in enumerate(file.listings):
            listing = plant_listing(told, member=member, pictures=pictures, categories=categories)
            age = timedelta(days=(position * 7 + number * 11) % 90, hours=position)
            settle_listing(told, listing, member=member, officer=officer, age=age)
