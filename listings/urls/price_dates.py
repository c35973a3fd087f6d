"""The address of the mailed question whether prices are still right."""

from django.urls import path

from listings.views import price_dates

urlpatterns = [path("<str:token>/", price_dates.answer, name="answer")]
