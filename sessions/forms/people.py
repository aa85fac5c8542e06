"""Screen 4: the list of people, as a file or pasted."""

from typing import Any

from sessions.models import DialogueSession
from stakeholders.forms.importing import ListForm


class PeopleForm(ListForm):
    """The list form of the register, inside a screen that has buttons of its own."""

    def __init__(self, *args: Any, session: DialogueSession, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.session = session
        self.helper.inputs = []
