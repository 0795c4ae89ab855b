"""The sample county, and the package `make` that writes its workbooks."""
