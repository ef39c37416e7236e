"""The JSON face: `/api/v1`, as independent clients are written against it (docs/interface.md)."""
