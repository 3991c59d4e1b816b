"""Prints what openpyxl finds in a workbook, as JSON: the rows of texts of each sheet."""
import json
import sys

import openpyxl


def sheets(file):
    """The rows of each sheet by its title; empty cells are empty texts."""
    workbook = openpyxl.load_workbook(file, read_only=True)
    return {
        sheet.title: [
            ["" if cell is None else str(cell) for cell in row]
            for row in sheet.iter_rows(values_only=True)
        ]
        for sheet in workbook.worksheets
    }


if __name__ == "__main__":
    json.dump(sheets(sys.argv[1]), sys.stdout, ensure_ascii=True)
