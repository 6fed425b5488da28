"""Reports of large and suspicious values, with every element of the annex; drawn from a duty, written as files."""

from benyuan.assurance.reports.drawing import Drawn, Outline, draw, outline
from benyuan.assurance.reports.files import FORMS, write_report

__all__ = ["FORMS", "Drawn", "Outline", "draw", "outline", "write_report"]
