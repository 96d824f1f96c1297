"""Static files under the names that production gives them, with DEBUG too."""

from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedAlways(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Django leaves the hash out while DEBUG is on, so that a laptop would ask for other files than production."""

    def url(self, name: Any, force: bool = True) -> str:
        return str(super().url(name, force=True))
