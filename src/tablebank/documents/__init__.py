"""Printed forms: what stands on a sheet, and the PDF that it becomes."""
