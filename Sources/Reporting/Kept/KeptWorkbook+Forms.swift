extension KeptWorkbook {
    /// The sheets as texts, one for each; see ``ReportDocument/textTables()`` for how they are written.
    public func textTables() -> [ReportTextTable] {
        var formats: [String: NumberFormat] = [:]
        return sheets.map { sheet in
            ReportTextTable(
                name: sheet.name,
                rows: sheet.rows.map { row in
                    row.map { cell in
                        switch cell.value {
                        case .empty: ""
                        case .text(let text): ReportDocument.harmless(text)
                        case .number(let number):
                            Self.format(cell.look, &formats).plainText(number)
                        }
                    }
                })
        }
    }

    /// The workbook as one page that needs nothing from elsewhere.
    ///
    /// - Parameters:
    ///   - title: The page's title.
    ///   - language: The language of the workbook.
    ///   - resources: Where the words are.
    /// - Returns: HTML, printed on A4 turned on its side.
    /// - Throws: ``ReportError`` when the words are missing.
    public func page(
        title: String, language: ReportLanguage, resources: ReportResources
    ) throws(ReportError) -> String {
        let words = try Words(report: "nightly-audit", language: language, resources: resources)
        var formats: [String: NumberFormat] = [:]
        var page = HTMLText()
        page.raw("<!DOCTYPE html>\n<html lang=\"\(language.rawValue)\">\n<head>\n")
        page.raw(
            "<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n")
        page.element("title", title)
        // Cells bring their own colours, which are those of a light page.
        page.raw("\n<style>\(ReportDocument.style)\(Self.style)</style>\n</head>\n<body>\n")
        for sheet in sheets {
            page.raw("<section>\n")
            page.element("h2", sheet.name)
            page.raw("<table>\n")
            let width = sheet.rows.map(\.count).max() ?? 0
            for row in sheet.rows { page.draw(row, of: width, words, &formats) }
            page.raw("</table>\n</section>\n")
        }
        page.raw("</body>\n</html>\n")
        return page.text
    }

    private static let style = """
        :root{color-scheme:light;--ink:#1b2430;--soft:#6b7280;--line:#d0d5dd;--head:#1f3a5f}
        body{background:#fff;max-width:none}tr.gap td{border:0;height:10px}
        """

    fileprivate static func format(
        _ look: KeptLook, _ known: inout [String: NumberFormat]
    ) -> NumberFormat {
        if let format = known[look.numberFormat] { return format }
        let format = NumberFormat(look.numberFormat)
        known[look.numberFormat] = format
        return format
    }
}

extension HTMLText {
    /// A row; a text that stands alone in it goes over its whole width.
    fileprivate mutating func draw(
        _ row: [KeptCell], of width: Int, _ words: Words,
        _ formats: inout [String: NumberFormat]
    ) {
        guard let last = row.lastIndex(where: { $0.value != .empty }) else {
            raw("<tr class=\"gap\"><td colspan=\"\(max(1, width))\"></td></tr>\n")
            return
        }
        raw("<tr>")
        for cell in row[...last] {
            let span = last == 0 && width > 1 ? " colspan=\"\(width)\"" : ""
            raw("<td\(span)\(Self.style(of: cell))>")
            let text =
                switch cell.value {
                case .empty: ""
                case .text(let text): text
                case .number(let number):
                    KeptWorkbook.format(cell.look, &formats).text(number, words)
                }
            // Other schemes could run something in the reader's program.
            if let address = cell.address,
                address.hasPrefix("https://") || address.hasPrefix("http://")
            {
                raw("<a href=\"\(Self.escaped(address))\">\(Self.escaped(text))</a>")
            } else {
                raw(Self.escaped(text))
            }
            raw("</td>")
        }
        raw("</tr>\n")
    }

    private static func style(of cell: KeptCell) -> String {
        var styles: [String] = []
        if let background = cell.look.background { styles.append("background:#\(background)") }
        if let color = cell.look.textColor, color != "000000" { styles.append("color:#\(color)") }
        if cell.look.isBold { styles.append("font-weight:600") }
        if cell.look.pointSize > 11 {
            styles.append("font-size:\(Int(cell.look.pointSize * 4 / 3))px")
        }
        if case .number = cell.value {
            styles.append("text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap")
        }
        return styles.isEmpty ? "" : " style=\"\(styles.joined(separator: ";"))\""
    }
}
