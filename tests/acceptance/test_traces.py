import httpx

from tests.acceptance.belongings import Belongings
from tests.acceptance.test_photos import address, photo, upload
from tests.acceptance.visitor import SECONDS, Visitor


def test_nothing_of_this_run_is_left(editor: Visitor, stranger: Visitor, afterwards: Belongings) -> None:
    media = address(upload(editor, afterwards.photo_name("last.jpg"), photo()))
    location = stranger.get(media).headers["Location"]
    assert httpx.get(location, timeout=SECONDS).status_code == 200
    afterwards.remove()
    assert afterwards.all_left() == []
    assert stranger.get(media).status_code == 404
    # rclone and S3 say 404; a key that may not list the bucket is told 403.
    assert httpx.get(location, timeout=SECONDS).status_code in (403, 404), "the photo left the bucket too"
