"""What a tab's console tells of: errors, refusals by the content security policy, requests that failed."""

from playwright.sync_api import ConsoleMessage, Error, Page, Request

# Chromium reports the status of a whole page too, and a test may well ask for a page that is not there.
STATUS = "Failed to load resource: the server responded with a status of"


class Console:
    def __init__(self, tab: Page) -> None:
        self.errors: list[str] = []
        self.documents: set[str] = set()
        tab.on("request", self.note_document)
        tab.on("console", self.note_message)
        tab.on("pageerror", self.note_exception)

    def note_document(self, request: Request) -> None:
        if request.is_navigation_request():
            self.documents.add(request.url)

    def note_message(self, message: ConsoleMessage) -> None:
        about = message.location["url"]
        if message.type == "error" and not (message.text.startswith(STATUS) and about in self.documents):
            self.errors.append(f"{about}: {message.text}")

    def note_exception(self, error: Error) -> None:
        self.errors.append(str(error))
