"""The landed cost of a product, for everybody."""

from django.urls import path

from shipping.views import landed

urlpatterns = [path("products/<int:pk>/landed/", landed.landed_cost, name="landed")]
