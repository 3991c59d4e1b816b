import Foundation
import FoundationXML

@testable import Spreadsheet

/// The cells of a workbook read from its XML, for comparing with an approved dump.
///
/// A line is: sheet, place, what the cell holds, how it looks. Of a look only what a reader must
/// not miss is kept: the colour behind and the number format; bold parts of a text stand between
/// asterisks.
enum WorkbookCells {
    static func dump(_ file: URL) throws -> String {
        let archive = try Data(contentsOf: file)
        var parts: [String: Data] = [:]
        for part in ZipDirectory.parts(of: archive) ?? [] {
            var bytes = Data()
            if part.inflate(from: archive, into: { bytes.append(contentsOf: $0) }) {
                parts[part.name] = bytes
            }
        }
        let names = SheetNames(parts["xl/workbook.xml"]).names
        let styles = CellFormats(parts["xl/styles.xml"])
        var lines: [String] = []
        for (index, name) in names.enumerated() {
            let number = index + 1
            let links = LinkTargets(parts["xl/worksheets/_rels/sheet\(number).xml.rels"]).targets
            let reader = SheetCells(
                parts["xl/worksheets/sheet\(number).xml"], formats: styles, links: links)
            lines += reader.lines.map { "\(name)\t\($0)" }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

/// A parser of one part; each kind of part overrides what it needs.
class PartReader: NSObject, XMLParserDelegate {
    init(_ data: Data?) {
        super.init()
        guard let data else { return }
        let parser = XMLParser(data: data)
        parser.delegate = self
        _ = parser.parse()  // A cut part shows as missing cells.
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
        qualifiedName: String?, attributes: [String: String] = [:]
    ) {}
    func parser(
        _ parser: XMLParser, didEndElement name: String, namespaceURI: String?,
        qualifiedName: String?
    ) {}
    func parser(_ parser: XMLParser, foundCharacters string: String) {}
}

/// The names of the sheets, in their order.
final class SheetNames: PartReader {
    private(set) var names: [String] = []

    override func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
        qualifiedName: String?, attributes: [String: String] = [:]
    ) {
        if name == "sheet", let title = attributes["name"] { names.append(title) }
    }
}

/// The addresses of a sheet's links, by the id of their relation.
final class LinkTargets: PartReader {
    private(set) var targets: [String: String] = [:]

    override func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
        qualifiedName: String?, attributes: [String: String] = [:]
    ) {
        if name == "Relationship", let id = attributes["Id"] { targets[id] = attributes["Target"] }
    }
}

/// What the formats of cells say of number and colour.
final class CellFormats: PartReader {
    private var numberFormats: [String: String] = [:]
    private var fills: [String] = []
    private var isInCellFormats = false
    private(set) var looks: [String] = []

    override func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
        qualifiedName: String?, attributes: [String: String] = [:]
    ) {
        switch name {
        case "numFmt": numberFormats[attributes["numFmtId"] ?? ""] = attributes["formatCode"]
        case "fill": fills.append("")
        case "fgColor":
            if !fills.isEmpty {
                fills[fills.count - 1] = String((attributes["rgb"] ?? "").suffix(6))
            }
        case "cellXfs": isInCellFormats = true
        case "xf" where isInCellFormats:
            let id = attributes["numFmtId"] ?? "0"
            let number = id == "0" ? "" : numberFormats[id] ?? "#\(id)"
            let fill = Int(attributes["fillId"] ?? "0").map { fills[$0] } ?? ""
            looks.append([number, fill].filter { !$0.isEmpty }.joined(separator: " "))
        default: break
        }
    }

    override func parser(
        _ parser: XMLParser, didEndElement name: String, namespaceURI: String?,
        qualifiedName: String?
    ) {
        if name == "cellXfs" { isInCellFormats = false }
    }
}

/// The cells of one sheet, and what belongs to the sheet as a whole.
final class SheetCells: PartReader {
    private let formats: CellFormats
    private let links: [String: String]
    private var cells: [(place: String, kind: String, value: String, look: String)] = []
    private var linkOf: [String: String] = [:]
    private var sheet: [String] = []
    private var text: String?
    private var isBold = false

    init(_ data: Data?, formats: CellFormats, links: [String: String]) {
        self.formats = formats
        self.links = links
        super.init(data)
    }

    /// A line for each cell that holds something, then those on the sheet.
    var lines: [String] {
        cells.filter { !$0.value.isEmpty }.map { cell in
            let value = cell.value.replacing("\n", with: "\\n")
            let shown = value.count > 200 ? value.prefix(200) + "… (\(value.count))" : value[...]
            let link = linkOf[cell.place].map { "\t-> \($0)" } ?? ""
            return "\(cell.place)\t\(cell.kind)\t\(shown)\t\(cell.look)\(link)"
        } + sheet.map { "-\t\($0)" }
    }

    override func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
        qualifiedName: String?, attributes: [String: String] = [:]
    ) {
        switch name {
        case "c":
            let style = Int(attributes["s"] ?? "0") ?? 0
            let kinds = ["inlineStr": "text", "b": "boolean"]
            cells.append(
                (
                    attributes["r"] ?? "", kinds[attributes["t"] ?? ""] ?? "number", "",
                    formats.looks[style]
                ))
        case "v", "t": text = ""
        case "r": isBold = false
        case "b": isBold = true
        case "hyperlink":
            linkOf[attributes["ref"] ?? ""] =
                (links[attributes["r:id"] ?? ""] ?? "?")
                + (attributes["location"].map { "#\($0)" } ?? "")
        case "pane", "autoFilter", "pageSetup", "mergeCell":
            let shown = attributes.filter {
                ["xSplit", "ySplit", "ref", "orientation", "fitToHeight"].contains($0.key)
            }
            let values = shown.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            sheet.append("\(name) \(values.joined(separator: " "))")
        default: break
        }
    }

    override func parser(
        _ parser: XMLParser, didEndElement name: String, namespaceURI: String?,
        qualifiedName: String?
    ) {
        guard name == "v" || name == "t", let found = text, !cells.isEmpty else {
            return
        }
        cells[cells.count - 1].value += isBold ? "*\(found)*" : found
        (text, isBold) = (nil, false)
    }

    override func parser(_ parser: XMLParser, foundCharacters string: String) {
        text? += string
    }
}
