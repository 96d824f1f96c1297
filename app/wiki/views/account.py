"""Logging in. Logging out is Django's own view."""

from typing import Any

from django.contrib.auth.views import LoginView

from wiki.models import User


class LogIn(LoginView):
    template_name = "wiki/login.html"
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # A new wiki has no account, and its first visitor should be told how to make one.
        return super().get_context_data(**kwargs, nobody=not User.objects.exists())
