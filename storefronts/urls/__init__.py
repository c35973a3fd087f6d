"""Addresses of storefronts."""

from django.urls import path

from storefronts.views import members, ownership, payment, public, storefront, team, workspace

app_name = "storefronts"
urlpatterns = [
    path("exporters/", public.directory, name="directory"),
    path("exporters/<slug:slug>/", public.detail, name="detail"),
    path("exporters/<slug:slug>/contact/<slug:kind>/", public.contact, name="contact"),
    path("sell/", workspace.home, name="home"),
    path("sell/open/", workspace.open_storefront, name="open"),
    path("sell/companies/", workspace.choose, name="choose"),
    path("sell/claim/", members.claim, name="claim"),
    path("sell/invitations/<str:token>/", team.invitation, name="invitation"),
    path("sell/<slug:slug>/", workspace.dashboard, name="dashboard"),
    path("sell/<slug:slug>/storefront/", storefront.edit, name="edit"),
    path("sell/<slug:slug>/storefront/pictures/", storefront.pictures, name="pictures"),
    path("sell/<slug:slug>/storefront/take-back/", storefront.withdraw, name="withdraw"),
    path("sell/<slug:slug>/private/", workspace.private_facts, name="private"),
    path("sell/<slug:slug>/payment/", payment.details, name="payment"),
    path("sell/<slug:slug>/payment/<int:details_id>/take-back/", payment.cancel, name="cancel_payment"),
    path("sell/<slug:slug>/team/", team.team, name="team"),
    path("sell/<slug:slug>/team/activity/", team.activity, name="activity"),
    path("sell/<slug:slug>/team/alone/", team.alone, name="alone"),
    path("sell/<slug:slug>/team/ownership/", ownership.offer, name="offer"),
    path("sell/<slug:slug>/team/ownership/<int:offer_id>/", ownership.answer, name="ownership"),
    path("sell/<slug:slug>/team/ownership/<int:offer_id>/take-back/", ownership.withdraw, name="withdraw_offer"),
    path("sell/<slug:slug>/team/leave/", team.leave, name="leave"),
    path("sell/<slug:slug>/team/<int:member_id>/role/", team.role, name="role"),
    path("sell/<slug:slug>/team/<int:member_id>/remove/", team.remove, name="remove"),
    path("sell/<slug:slug>/team/invitations/<int:invitation_id>/take-back/", team.revoke, name="revoke"),
]
