"""Export: records as rows of flat columns, in the formats of the tools that are open anyway."""
