internal import Archives
public import Foundation
internal import XMLStream

/// A workbook of ours as it lies on the disk, read back for who wants a kept report in another form: as
/// texts for programs, or as a page.
///
/// What a night found is drawn into its workbook while it is in memory, and the workbook is what is kept.
/// To read it back gives the same cells to everybody, of any night, with the day's names in it.
public struct KeptWorkbook {
    let sheets: [KeptSheet]

    /// Reads a workbook.
    ///
    /// - Parameter file: A workbook that this program wrote.
    /// - Throws: `ReportError.formatUnavailable` when it is none, or damaged.
    public init(_ file: URL) throws(ReportError) {
        do {
            let parts = try Parts(file)
            let looks = CellLooks()
            try parts.read("xl/styles.xml", looks)
            let names = SheetTitles()
            try parts.read("xl/workbook.xml", names)
            var sheets: [KeptSheet] = []
            for (index, name) in names.names.enumerated() {
                guard let name else { continue }
                let links = LinkTargets()
                let path = "worksheets/_rels/sheet\(index + 1).xml.rels"
                try parts.read("xl/" + path, links, isOptional: true)
                let reader = SheetReader(looks: looks.looks, targets: links.targets)
                try parts.read("xl/worksheets/sheet\(index + 1).xml", reader)
                sheets.append(KeptSheet(name: name, rows: reader.linkedRows))
            }
            self.sheets = sheets
        } catch {
            throw .formatUnavailable(
                "the workbook \(file.lastPathComponent) cannot be read back (\(error)); it can still "
                    + "be had as xlsx")
        }
    }

    /// The files of a workbook.
    private struct Parts {
        let archive: ZipArchive

        init(_ file: URL) throws { archive = try ZipArchive(file) }

        func read(_ name: String, _ handler: any XMLHandler, isOptional: Bool = false) throws {
            guard let entry = archive.entries.first(where: { $0.name == name }) else {
                if isOptional { return }
                throw ReportError.resourceMissing(path: name)
            }
            let parser = XMLStreamParser(handler: handler)
            let reader = try archive.open(entry)
            while let bytes = try reader.next() { try parser.feed(bytes) }
            try parser.finish()
        }
    }
}

/// One sheet of a kept workbook.
struct KeptSheet {
    var name: String
    /// Its rows from the first on, each from column A on.
    var rows: [[KeptCell]]
}

/// One cell of a kept workbook.
struct KeptCell {
    /// What it holds.
    enum Value: Hashable {
        case empty
        case text(String)
        /// As it stands in the file, with a point.
        case number(String)
    }

    var value = Value.empty
    var look = KeptLook()
    /// Where it leads; `nil` for nowhere.
    var address: String?
}

/// How a cell of a kept workbook looks.
struct KeptLook: Hashable {
    /// How its number is written, in the words of the file format; empty for as it is.
    var numberFormat = ""
    /// The colour behind it, as six hexadecimal digits; `nil` for none.
    var background: String?
    /// The colour of its letters.
    var textColor: String?
    var isBold = false
    /// The height of its letters in points.
    var pointSize = 10.0
}
