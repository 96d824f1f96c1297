"""What one run of the suite makes: pages and photos with its token in their names, found and removed in /admin/."""

import secrets
from dataclasses import dataclass, field

from tests.acceptance import html
from tests.acceptance.visitor import Site, Visitor

MODELS = ("page", "upload")


@dataclass
class Belongings:
    """Found by name and not from memory, so a test that fails half-way leaves nothing behind either."""

    site: Site
    token: str = field(default_factory=lambda: f"acceptance-{secrets.token_hex(6)}")

    def path(self, name: str) -> str:
        return f"acceptance/{self.token}/{name}"

    def photo_name(self, name: str) -> str:
        return f"{self.token}-{name}"

    def remove(self) -> None:
        admin = self.site.editor()
        for model in MODELS:
            if ids := self.left(admin, model):
                self.delete(admin, model, ids)

    def all_left(self) -> list[str]:
        """Such as `page 7`."""
        admin = self.site.editor()
        return [f"{model} {number}" for model in MODELS for number in self.left(admin, model)]

    def left(self, admin: Visitor, model: str) -> list[str]:
        return html.read(self.search(admin, model)).selectable

    def search(self, admin: Visitor, model: str) -> str:
        response = admin.get(self.list_of(model))
        assert response.status_code == 200, f"the list of own {model}s answers {response.status_code}"
        return response.text

    def delete(self, admin: Visitor, model: str, ids: list[str]) -> None:
        opened = admin.form(self.list_of(model), holding="_selected_action")
        token = opened.form.fields["csrfmiddlewaretoken"]
        fields = {
            "csrfmiddlewaretoken": token,
            "action": "delete_selected",
            "_selected_action": ids,
            # The list asks first, and this is the answer.
            "post": "yes",
        }
        response = admin.post(self.list_of(model), fields, page=opened.page)
        assert response.status_code == 302, f"deleting own {model}s answers {response.status_code}"

    def list_of(self, model: str) -> str:
        return f"/admin/wiki/{model}/?q={self.token}"

    def may_be_removed(self) -> bool:
        """Whether the account may delete both kinds. Asked of a row that can't be, so nothing is touched.

        Raises LogInRefused.
        """
        admin = self.site.editor()
        answers = [admin.get(f"/admin/wiki/{model}/0/delete/") for model in MODELS]
        return all(answer.status_code == 302 and "login" not in answer.headers["Location"] for answer in answers)
