"""Models of feedback: the questionnaire and its answers, the report back."""

from feedback.models.answers import Incoming, Participation, Remark, RemarkState, Sheet
from feedback.models.questionnaire import Moment, Questionnaire
from feedback.models.report import AsAnnounced, Correction, Report, ReportCopy, ReportFile, ReportStatus

__all__ = [
    "AsAnnounced",
    "Correction",
    "Incoming",
    "Moment",
    "Participation",
    "Questionnaire",
    "Remark",
    "RemarkState",
    "Report",
    "ReportCopy",
    "ReportFile",
    "ReportStatus",
    "Sheet",
]
