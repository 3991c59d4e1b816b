"""Prints the cells of a workbook, one a line: sheet, place, type, value, link."""
import sys

import openpyxl

book = openpyxl.load_workbook(sys.argv[1], rich_text=False)
for sheet in book.worksheets:
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is None:
                continue
            value = str(cell.value).replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")
            link = cell.hyperlink.target if cell.hyperlink else ""
            print(sheet.title, cell.coordinate, cell.data_type, value, link or "", sep="\t")
