"""What feedback forgets when somebody is erased. Sheets and remarks are of nobody, so they stay."""

from django.db import transaction

from feedback.models import Correction, ReportCopy
from stakeholders.models import Person


@transaction.atomic
def forget_person(*, person: Person) -> None:
    """Forget what somebody said was not right, and which contributions were theirs."""
    Correction.objects.filter(invitation__person=person).delete()
    ReportCopy.objects.filter(invitation__person=person).update(inputs=[])
