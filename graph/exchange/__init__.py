"""Exchange: debates from other tools' files, and for other tools."""

from __future__ import annotations

from .exporting import Export, export_debate, write_export
from .importing import Import, import_debate

__all__ = ["Export", "Import", "export_debate", "import_debate", "write_export"]
