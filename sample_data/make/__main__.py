"""Write all sample files: `python -m sample_data.make` in the project's root."""

from sample_data.make.broken import BROKEN, MISSING, broken_grids
from sample_data.make.clean import clean_grids
from sample_data.make.facts import CLEAN, FOLDER, NEXT, load_county
from sample_data.make.inspections import year_files
from sample_data.make.messy import LEAFLET, MESSY, MESSY_CSV, messy_grids
from sample_data.make.messy_quarter import MESSY_QUARTER, messy_quarter_files
from sample_data.make.quarters import INSPECTORS, inspector_grids, quarter_grids, quarter_path
from sample_data.make.season import load_year
from sample_data.make.writing import csv_zip, workbook


def files() -> dict[str, bytes]:
    """All sample files, by their path below `sample_data`."""
    county = load_county()
    messy = messy_grids(county)
    year = load_year()
    return {
        CLEAN: workbook(clean_grids(county, county.check), finished=True),
        NEXT: workbook(clean_grids(county, county.next_check), finished=True),
        MESSY: workbook([*messy, LEAFLET], finished=False),
        MESSY_CSV: csv_zip(messy),
        BROKEN: workbook(broken_grids("mistakes")[0], finished=True),
        MISSING: workbook(broken_grids("missing")[0], finished=True),
        INSPECTORS: workbook(inspector_grids(), finished=True),
        **{quarter_path(facts): workbook(quarter_grids(facts), finished=True) for facts in year},
        **year_files(),
        **messy_quarter_files(next(facts for facts in year if facts.quarter == MESSY_QUARTER)),
    }


def main() -> None:
    """Write all sample files."""
    for path, content in files().items():
        target = FOLDER / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


if __name__ == "__main__":
    main()
