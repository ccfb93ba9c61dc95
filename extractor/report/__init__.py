"""The report: one HTML file that shows texts with their facts, for a person to read and check."""
