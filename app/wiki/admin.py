from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.http import HttpRequest

from wiki.models import Page, Revision, Upload, User

admin.site.register(User, UserAdmin)


class NotByHand(admin.ModelAdmin):  # type: ignore[type-arg]
    """Rows that the wiki itself makes: here they can be looked at and deleted."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Page)
class PageAdmin(NotByHand):
    list_display = ["path", "title", "changed"]
    search_fields = ["path", "title"]
    ordering = ["path"]


@admin.register(Revision)
class RevisionAdmin(NotByHand):
    list_display = ["page", "number", "author", "comment", "when"]
    list_select_related = ["page", "author"]
    search_fields = ["page__path", "comment"]
    ordering = ["-when"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # A revision goes with its page, never by itself.
        return request.path.startswith("/admin/wiki/page/")


@admin.register(Upload)
class UploadAdmin(NotByHand):
    list_display = ["name", "key", "content_type", "bytes", "page", "author", "when"]
    list_select_related = ["page", "author"]
    search_fields = ["name", "key"]
