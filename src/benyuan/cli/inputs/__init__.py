"""Files of commands, read as columns: CSV, Parquet and JSON lines."""
