"""Write the sample workbooks from the TOML files of `sample_data`: `python -m sample_data.make` in the project's root.

The clean workbook, the messy copies and the broken workbooks come from here and are never edited by hand. A second run
writes the same cells; a test holds the committed files to that.
"""
