"""What the line says: prompt values in ``spoken``, sentences by language in the catalogues beside it."""
