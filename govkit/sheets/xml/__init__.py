"""The fast way of writing a scoring sheet: slots in the XML of a template are replaced, all else stays as it is."""
