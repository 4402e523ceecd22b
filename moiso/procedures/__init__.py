"""The catalogue of procedures: imported from a list, searched as one types, with the papers to bring."""
