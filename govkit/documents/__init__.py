"""The one door for documents out: Word templates in `templates/`, filled with what was counted."""

from govkit.documents.booklet import booklet, write_booklet
from govkit.documents.bulletin import Bulletin, bulletin, write_bulletin
from govkit.documents.notice import Notice, notice, write_notice
from govkit.documents.own import review_documents
from govkit.documents.report import Report, report, write_report
from govkit.documents.task import task_document
from govkit.documents.writing import store_documents, write_document

__all__ = [
    "Bulletin",
    "Notice",
    "Report",
    "booklet",
    "bulletin",
    "notice",
    "report",
    "review_documents",
    "store_documents",
    "task_document",
    "write_booklet",
    "write_bulletin",
    "write_document",
    "write_notice",
    "write_report",
]
