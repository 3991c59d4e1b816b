internal import XMLStream

/// The names of the sheets, in their order; `nil` for those that nobody sees, which feed charts.
final class SheetTitles: XMLHandler {
    private(set) var names: [String?] = []

    func startElement(_ name: XMLName, attributes: XMLAttributes) {
        guard name.text == "sheet" else { return }
        names.append(attributes["state"] == nil ? attributes["name"] ?? "" : nil)
    }
    func text(_ piece: Span<UInt8>) {}
    func endElement(_ name: XMLName) {}
}

/// The addresses of a sheet's links, by the id of their relation.
final class LinkTargets: XMLHandler {
    private(set) var targets: [String: String] = [:]

    func startElement(_ name: XMLName, attributes: XMLAttributes) {
        guard name.text == "Relationship", let id = attributes["Id"] else { return }
        targets[id] = attributes["Target"]
    }
    func text(_ piece: Span<UInt8>) {}
    func endElement(_ name: XMLName) {}
}

/// How cells look, by the number that they name.
final class CellLooks: XMLHandler {
    private(set) var looks: [KeptLook] = []
    private var numberFormats: [String: String] = [:]
    private var fonts: [KeptLook] = []
    private var fills: [String?] = []
    private var path: [String] = []

    func startElement(_ name: XMLName, attributes: XMLAttributes) {
        let around = path.last
        path.append(name.text)
        switch (name.text, around) {
        case ("numFmt", _):
            numberFormats[attributes["numFmtId"] ?? ""] = attributes["formatCode"]
        case ("font", "fonts"): fonts.append(KeptLook())
        case ("b", "font"): change { $0.isBold = true }
        case ("sz", "font"):
            if let size = attributes["val"].flatMap(Double.init) { change { $0.pointSize = size } }
        case ("color", "font"):
            if let color = attributes["rgb"] { change { $0.textColor = String(color.suffix(6)) } }
        case ("fill", "fills"): fills.append(nil)
        case ("fgColor", _) where !fills.isEmpty:
            fills[fills.count - 1] = attributes["rgb"].map { String($0.suffix(6)) }
        case ("xf", "cellXfs"): looks.append(look(attributes))
        default: break
        }
    }
    func text(_ piece: Span<UInt8>) {}
    func endElement(_ name: XMLName) { path.removeLast() }

    private func change(_ body: (inout KeptLook) -> Void) {
        if !fonts.isEmpty { body(&fonts[fonts.count - 1]) }
    }

    private func look(_ attributes: XMLAttributes) -> KeptLook {
        func number(_ name: String) -> Int { attributes[name].flatMap { Int($0) } ?? 0 }
        let font = number("fontId")
        var look = fonts.indices.contains(font) ? fonts[font] : KeptLook()
        let fill = number("fillId")
        // The first two are the file format's own: none, and a pattern.
        look.background = fill > 1 && fills.indices.contains(fill) ? fills[fill] : nil
        look.numberFormat = numberFormats[attributes["numFmtId"] ?? ""] ?? ""
        return look
    }
}

/// The cells of one sheet.
final class SheetReader: XMLHandler {
    private let looks: [KeptLook]
    private let targets: [String: String]
    private var rows: [[KeptCell]] = []
    private var links: [(place: String, address: String)] = []
    private var cell = KeptCell()
    private var column = 0
    private var isText = false
    private var bytes: [UInt8] = []
    private var isInValue = false

    init(looks: [KeptLook], targets: [String: String]) {
        self.looks = looks
        self.targets = targets
    }

    /// The rows, with the addresses of links, which stand behind all rows.
    var linkedRows: [[KeptCell]] {
        var rows = rows
        for (place, address) in links {
            let (row, column) = Self.position(place)
            guard rows.indices.contains(row), rows[row].indices.contains(column) else { continue }
            rows[row][column].address = address
        }
        return rows
    }

    func startElement(_ name: XMLName, attributes: XMLAttributes) {
        switch name.text {
        case "row":
            let number = attributes["r"].flatMap { Int($0) } ?? rows.count + 1
            // Rows without cells are left out of the file.
            while rows.count < number { rows.append([]) }
            column = 0
        case "c":
            column = attributes["r"].map { Self.position($0).column } ?? column
            cell = KeptCell()
            let style = attributes["s"].flatMap { Int($0) } ?? 0
            if looks.indices.contains(style) { cell.look = looks[style] }
            isText = attributes["t"] == "inlineStr" || attributes["t"] == "str"
            bytes = []
        case "v", "t": isInValue = true
        case "hyperlink":
            guard let place = attributes["ref"], let id = attributes["r:id"] ?? attributes["id"],
                let target = targets[id]
            else { return }
            let inside = attributes["location"].map { "#\($0)" } ?? ""
            links.append((place, target + inside))
        default: break
        }
    }

    func text(_ piece: Span<UInt8>) {
        guard isInValue else { return }
        for index in piece.indices { bytes.append(piece[index]) }
    }

    func endElement(_ name: XMLName) {
        switch name.text {
        case "v", "t": isInValue = false
        case "c":
            guard !rows.isEmpty else { return }
            let text = String(decoding: bytes, as: UTF8.self)
            cell.value = bytes.isEmpty ? .empty : isText ? .text(text) : .number(text)
            while rows[rows.count - 1].count < column { rows[rows.count - 1].append(KeptCell()) }
            rows[rows.count - 1].append(cell)
            column += 1
        default: break
        }
    }

    /// `AB12` as row and column, counted from zero.
    private static func position(_ place: String) -> (row: Int, column: Int) {
        var (row, column) = (0, 0)
        for byte in place.utf8 {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"):
                column = column * 26 + Int(byte - UInt8(ascii: "A")) + 1
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                row = row * 10 + Int(byte - UInt8(ascii: "0"))
            default: break
            }
        }
        return (row - 1, column - 1)
    }
}
