"""What people and officers do with companies: one function, one thing that a person can ask for."""

from storefronts.services.appeals import appeal_company_decision
from storefronts.services.companies import (
    open_company,
    save_company_facts,
    save_storefront,
    send_storefront,
    submit_company,
    withdraw_company_submission,
)
from storefronts.services.ownership import (
    accept_ownership,
    decline_ownership,
    offer_ownership,
    withdraw_ownership,
)
from storefronts.services.pictures import remove_company_picture, resend_company_picture, set_company_picture
from storefronts.services.private import tell_agency
from storefronts.services.team import (
    accept_invitation,
    change_role,
    invite_member,
    leave_company,
    remove_member,
    revoke_invitation,
    say_works_alone,
)
from storefronts.services.verification import (
    decide_company,
    put_company_back,
    reinstate_company,
    suspend_company,
    take_company_out,
    undo_company_decision,
)

__all__ = [
    "accept_invitation",
    "accept_ownership",
    "appeal_company_decision",
    "change_role",
    "decide_company",
    "decline_ownership",
    "invite_member",
    "leave_company",
    "offer_ownership",
    "open_company",
    "put_company_back",
    "reinstate_company",
    "remove_company_picture",
    "remove_member",
    "resend_company_picture",
    "revoke_invitation",
    "save_company_facts",
    "save_storefront",
    "say_works_alone",
    "send_storefront",
    "set_company_picture",
    "submit_company",
    "suspend_company",
    "take_company_out",
    "tell_agency",
    "undo_company_decision",
    "withdraw_company_submission",
    "withdraw_ownership",
]
