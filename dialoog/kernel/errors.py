"""What a person can understand and act on."""

from django.utils.functional import Promise


class DomainError(Exception):
    """An action refuses, in one sentence for the reader. Everything else that goes wrong is a bug."""

    def __init__(self, message: str | Promise, field: str | None = None) -> None:
        super().__init__(str(message))
        self.field = field
