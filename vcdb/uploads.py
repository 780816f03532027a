"""How much somebody may send before any page has looked at who it is."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

#: A form, and a small file. The whole body is read, and kept on disk, before a view is asked.
FROM_ANYBODY = 2 << 20
#: An extract's files and the form round them.
FROM_THE_SIGNED_IN = (1 << 30) + FROM_ANYBODY


class SizeGuard(FileUploadHandler):
    """Refuses a body that is too long for who sends it, before it is read; passes everything else on."""

    def handle_raw_input(
        self, input_data: Any, META: Mapping[str, Any], content_length: int, *rest: Any, **more: Any
    ) -> None:
        """Called before the first byte is read."""
        if content_length <= FROM_ANYBODY:
            return
        user = getattr(self.request, "user", None)
        if content_length > FROM_THE_SIGNED_IN or user is None or not user.is_authenticated:
            raise RequestDataTooBig("More was sent than this person may send")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass the data on."""
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The next handler has the file."""
