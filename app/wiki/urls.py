from django.contrib.auth.views import LogoutView
from django.urls import path, re_path

from wiki.views import account, editing, health, media, reading

urlpatterns = [
    path("", reading.home, name="home"),
    path("wiki/<path:path>", reading.page, name="page"),
    path("history/<path:path>", reading.history, name="history"),
    path("revision/<int:number>/<path:path>", reading.revision, name="revision"),
    path("new", editing.new, name="new"),
    path("edit/<path:path>", editing.edit, name="edit"),
    path("upload", editing.upload, name="upload"),
    re_path(r"^media/(?P<key>[0-9a-f]{16}/[a-z0-9_-]+\.[a-z]+)$", media.media, name="media"),
    path("login", account.LogIn.as_view(), name="login"),
    path("logout", LogoutView.as_view(), name="logout"),
    path("healthz", health.healthz),
    path("readyz", health.readyz),
]
