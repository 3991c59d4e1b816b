/* The yardstick of the workbook benchmark: the same cells by libxlsxwriter alone, in constant memory.
 *
 * yardstick ROWS FILE
 */
#include <stdio.h>
#include <stdlib.h>
#include <xlsxwriter.h>

static const char *reasons[4] = {
    "Значения в двух системах различаются.", "Заполнено только в 1С.",
    "Несколько записей об одном и том же.", "Контрольная цифра не сходится: опечатка."};

int main(int count, char **arguments) {
    if (count != 3) return 2;
    long rows = atol(arguments[1]);
    lxw_workbook_options options = {.constant_memory = LXW_TRUE, .tmpdir = NULL};
    lxw_workbook *workbook = workbook_new_opt(arguments[2], &options);
    lxw_worksheet *sheet = workbook_add_worksheet(workbook, "Cells");
    lxw_format *integer = workbook_add_format(workbook), *money = workbook_add_format(workbook);
    lxw_format *day = workbook_add_format(workbook), *time = workbook_add_format(workbook);
    format_set_num_format(integer, "#,##0");
    format_set_num_format(money, "#,##0.00");
    format_set_num_format(day, "dd\\.mm\\.yyyy");
    format_set_num_format(time, "dd\\.mm\\.yyyy\\ hh:mm");
    char name[64], tax_id[16], code[40];
    for (long r = 0; r < rows; r++) {
        lxw_row_t row = (lxw_row_t)r;
        snprintf(name, sizeof name, "Общество «Ромашка-%ld»", r * 7919 % 100003);
        snprintf(tax_id, sizeof tax_id, "%012ld", r * 104729 % 1000000007 + 770000000000);
        snprintf(code, sizeof code, "%08lx-1111-11ee-9c1a-00155d%06lx", r * 2654435761 % 4294967296,
                 r % 16777216);
        worksheet_write_number(sheet, row, 0, (double)(r + 1), integer);
        worksheet_write_string(sheet, row, 1, name, NULL);
        worksheet_write_string(sheet, row, 2, tax_id, NULL);
        worksheet_write_number(sheet, row, 3, (double)(r * 7919 % 100000000) / 100, money);
        lxw_datetime date = {.year = 2024, .month = (int)(r % 12) + 1, .day = (int)(r % 28) + 1};
        worksheet_write_datetime(sheet, row, 4, &date, day);
        date.hour = (int)(r % 24);
        date.min = (int)(r % 60);
        worksheet_write_datetime(sheet, row, 5, &date, time);
        worksheet_write_string(sheet, row, 6, reasons[r % 4], NULL);
        worksheet_write_boolean(sheet, row, 7, r % 3 == 0, NULL);
        worksheet_write_number(sheet, row, 8, (double)(r % 10007) / 10000, NULL);
        worksheet_write_string(sheet, row, 9, code, NULL);
    }
    return (int)workbook_close(workbook);
}
