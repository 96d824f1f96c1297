from django.contrib import admin
from django.urls import include, path

admin.site.site_header = "Dynowiki administration"
admin.site.site_title = "Dynowiki"

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("wiki.urls")),
]

handler400 = "dynowiki.errors.bad_request"
handler403 = "dynowiki.errors.forbidden"
handler404 = "dynowiki.errors.not_found"
handler500 = "dynowiki.errors.failed"
