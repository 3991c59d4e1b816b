extension ReportDocument {
    /// The report as one page that needs nothing from elsewhere: tables, and charts as drawings.
    ///
    /// - Returns: HTML, readable in light and dark, printed on A4 turned on its side.
    public func page() -> String {
        var page = HTMLText()
        page.raw("<!DOCTYPE html>\n<html lang=\"\(words.language.rawValue)\">\n<head>\n")
        page.raw(
            "<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n")
        page.element("title", title)
        page.raw("\n<style>\(Self.style)</style>\n</head>\n<body>\n")
        for warning in warnings { page.element("p", warning, class: "warning") }
        for sheet in sheets {
            page.raw("<section>\n")
            let hasTitle = sheet.parts.contains {
                if case .text(_, .title) = $0 { true } else { false }
            }
            if !hasTitle { page.element("h2", sheet.name) }
            for part in sheet.parts {
                switch part {
                case .text(let text, let look): page.draw(text, look)
                case .grid(let grid): page.draw(grid, values)
                case .chart(let chart): page.raw(ChartDrawing(chart, values).svg)
                }
            }
            page.raw("</section>\n")
        }
        page.element("footer", footer)
        page.raw("</body>\n</html>\n")
        return page.text
    }

    static let style = """
        :root{color-scheme:light dark;--ink:#1b2430;--soft:#6b7280;--line:#d0d5dd;--head:#1f3a5f}
        @media(prefers-color-scheme:dark){:root{--ink:#e5e9f0;--soft:#9aa4b2;--line:#3a4352;--head:#9cc2f0}}
        body{font:14px/1.45 system-ui,"Segoe UI",Roboto,Arial,sans-serif;color:var(--ink);margin:24px;max-width:1200px}
        h1{font-size:24px;color:var(--head)}h2{font-size:19px;color:var(--head)}
        h3{font-size:16px;color:var(--head);margin:20px 0 6px}
        section{margin-bottom:36px}table{border-collapse:collapse;margin:8px 0 16px}
        th,td{border-bottom:1px solid var(--line);padding:4px 10px;text-align:left;vertical-align:top}
        th{color:var(--head);border-bottom:2px solid var(--head)}
        .n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
        tfoot td{font-weight:600;border-top:2px solid var(--line)}
        .code,.soft,footer{color:var(--soft)}.code{font-size:11px}footer{font-size:12px}
        .error{background:#f8cbad;color:#7f1d1d}.warn{background:#ffe699;color:#664d00}
        .good{background:#d9ead3;color:#274e13}
        .warning{background:#fde2e1;color:#8b0000;font-weight:600;padding:8px 12px}
        svg{max-width:100%;height:auto}svg text{fill:var(--ink);font-size:12px}
        @media print{@page{size:A4 landscape;margin:10mm}thead{display:table-header-group}}
        """
}

/// HTML being written; every text is escaped.
struct HTMLText {
    private(set) var text = ""

    /// Adds markup of our own.
    mutating func raw(_ markup: String) { text += markup }

    /// Adds an element with a text in it.
    mutating func element(_ name: String, _ content: String, class style: String = "") {
        text += style.isEmpty ? "<\(name)>" : "<\(name) class=\"\(style)\">"
        text += Self.escaped(content)
        text += "</\(name)>"
        if name != "td", name != "th" { text += "\n" }
    }

    /// A text as HTML; what HTML cannot hold is left out.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default:
                if scalar.value >= 0x20 && scalar.value != 0x7F || scalar == "\n" || scalar == "\t"
                {
                    result.unicodeScalars.append(scalar)
                }
            }
        }
        return result
    }

    mutating func draw(_ text: String, _ look: TextBlock.Look) {
        switch look {
        case .title: element("h1", text)
        case .section: element("h3", text)
        case .plain: element("p", text)
        case .note: element("p", text, class: "soft")
        case .warning: element("p", text, class: "warning")
        }
    }

    mutating func draw(_ grid: Grid, _ values: ValueWriter) {
        if let title = grid.title { element("h3", title) }
        guard grid.rowCount > 0 else { return element("p", grid.empty, class: "soft") }
        raw("<table>\n<thead><tr>")
        for column in grid.columns {
            element("th", column.heading, class: column.isNumeric ? "n" : "")
        }
        raw("</tr></thead>\n<tbody>\n")
        for index in 0..<grid.rowCount {
            raw("<tr>")
            for (cell, column) in zip(grid.row(index), grid.columns) { draw(cell, column, values) }
            raw("</tr>\n")
        }
        raw("</tbody>\n")
        if let total = grid.total {
            raw("<tfoot><tr>")
            for (cell, column) in zip(total, grid.columns) {
                if let cell { draw(cell, column, values) } else { raw("<td></td>") }
            }
            raw("</tr></tfoot>\n")
        }
        raw("</table>\n")
    }

    private mutating func draw(_ cell: Grid.Cell, _ column: Grid.Column, _ values: ValueWriter) {
        var styles: [String] = column.isNumeric ? ["n"] : []
        let look = cell.look ?? column.highlights.first { $0.fits(cell.value) }?.look
        switch look {
        case .error: styles.append("error")
        case .warning: styles.append("warn")
        case .good: styles.append("good")
        case .muted: styles.append("soft")
        case nil: break
        }
        if case .notEnough = cell.value { styles.append("soft") }
        if cell.format?.kind == .code { styles.append("code") }
        let text = values.text(cell.value, cell.format, cell.row, isChange: cell.isChange)
        let address = cell.format?.address.flatMap { cell.row?[$0]?.key } ?? ""
        // Other schemes could run something in the reader's program.
        if cell.format?.kind == .link,
            address.hasPrefix("https://") || address.hasPrefix("http://")
        {
            raw("<td><a href=\"\(Self.escaped(address))\">\(Self.escaped(text))</a></td>")
        } else {
            element("td", text, class: styles.joined(separator: " "))
        }
    }
}
