"""Who does something: a colleague, a guest by a neutral reference, or the system."""

from dataclasses import dataclass
from typing import Self

from dialoog.kernel.workspaces.models import User


@dataclass(frozen=True)
class Actor:
    """`kind` is user, guest or system; `reference` an id, never a name."""

    kind: str
    reference: int | None = None

    @classmethod
    def user(cls, user: User) -> Self:
        return cls("user", user.pk)

    @classmethod
    def guest(cls, person_id: int) -> Self:
        return cls("guest", person_id)

    @classmethod
    def system(cls) -> Self:
        return cls("system")

    @property
    def user_id(self) -> int | None:
        return self.reference if self.kind == "user" else None
