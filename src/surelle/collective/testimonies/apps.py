"""Testimonies as a Django app."""

from django.apps import AppConfig


class TestimoniesConfig(AppConfig):
    name = "surelle.collective.testimonies"
    label = "testimonies"
