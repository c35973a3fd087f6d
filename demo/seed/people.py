"""The personas whose logins `make run` prints, and the people behind the other companies."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress

from accounts.choices import Purpose
from accounts.models import BuyerProfile, User
from accounts.rules import DEMO_DOMAIN

PASSWORD = "sail-against-the-wind"  # noqa: S105  printed by `make run`; production refuses these logins


@dataclass(frozen=True)
class Persona:
    """Somebody to sign in as."""

    who: str
    email: str
    full_name: str
    purpose: Purpose
    is_staff: bool = False
    is_superuser: bool = False


PERSONAS = (
    Persona("Exporter (owner of Adanu Growers Union)", f"esinam@{DEMO_DOMAIN}", "Esinam Agbeko", Purpose.EXPORTER),
    Persona("Her colleague (editor)", f"yao@{DEMO_DOMAIN}", "Yao Dzokoto", Purpose.EXPORTER),
    Persona("Buyer", f"lena@{DEMO_DOMAIN}", "Lena Brandt", Purpose.BUYER),
    Persona("Officer", f"kofi@{DEMO_DOMAIN}", "Kofi Asante", Purpose.BUYER, is_staff=True),
    Persona("Administrator", f"ama@{DEMO_DOMAIN}", "Ama Owusu", Purpose.BUYER, is_staff=True, is_superuser=True),
    Persona("Stranger (exporter of another company)", f"sena@{DEMO_DOMAIN}", "Sena Tetteh", Purpose.EXPORTER),
)
EXPORTER, COLLEAGUE, BUYER, OFFICER, ADMINISTRATOR, STRANGER = PERSONAS


def make_personas() -> dict[str, User]:
    """Every persona by address, signed up and confirmed."""
    people = {}
    for persona in PERSONAS:
        user = make_person(email=persona.email, full_name=persona.full_name, purpose=persona.purpose)
        user.set_password(PASSWORD)
        user.is_staff, user.is_superuser = persona.is_staff, persona.is_superuser
        user.save(update_fields=["password", "is_staff", "is_superuser"])
        people[persona.email] = user
    BuyerProfile.objects.get_or_create(
        user=people[BUYER.email],
        defaults={
            "organisation": "Hanse Röstwerk GmbH",
            "address": "Am Sandtorkai 12",
            "postcode": "20457",
            "city": "Hamburg",
            "country": "DE",
        },
    )
    return people


def make_person(*, email: str, full_name: str, purpose: Purpose) -> User:
    """A person with a confirmed address and no password yet."""
    user = User.objects.filter(email=email).first() or User.objects.create_user(
        email, None, full_name=full_name, purpose=purpose
    )
    EmailAddress.objects.get_or_create(user=user, email=email, defaults={"verified": True, "primary": True})
    return user
