internal import CXLSXWriter
internal import Foundation

/// Reads a finished workbook back: every part inflates to its checksum and its XML ends.
///
/// The library does not look whether its temporary files took what it wrote. On a full disk a part
/// can be cut and still be packed without complaint, with a right checksum of the cut part; but
/// then its last tag is missing.
enum WorkbookPackage {
    /// Checks a file.
    ///
    /// - Throws: ``SpreadsheetError`` of kind `damaged`, naming the part.
    static func check(_ file: URL, name: String) throws(SpreadsheetError) {
        func damaged(_ message: String) -> SpreadsheetError {
            SpreadsheetError(.damaged, file: name, message: message)
        }
        guard let archive = try? Data(contentsOf: file, options: .mappedIfSafe) else {
            throw damaged("it cannot be read back")
        }
        guard let parts = ZipDirectory.parts(of: archive), !parts.isEmpty else {
            throw damaged("its directory of parts is missing; was the disk full?")
        }
        for part in parts where part.name.hasSuffix(".xml") || part.name.hasSuffix(".rels") {
            var tail = PartTail()
            guard part.inflate(from: archive, into: { tail.take($0) }) else {
                throw damaged("part \(part.name) does not read back")
            }
            guard tail.isWhole else {
                throw damaged("part \(part.name) ends too early; was the disk full?")
            }
        }
    }
}

/// The beginning and the end of an XML part, to see whether its root element is closed.
struct PartTail {
    private var head: [UInt8] = []
    private var tail: [UInt8] = []

    /// Takes the next bytes of the part.
    mutating func take(_ bytes: UnsafeRawBufferPointer) {
        if head.count < 256 { head.append(contentsOf: bytes.prefix(256 - head.count)) }
        tail.append(contentsOf: bytes.suffix(128))
        if tail.count > 128 { tail.removeFirst(tail.count - 128) }
    }

    /// Whether the last tag closes the first.
    var isWhole: Bool {
        let start = String(decoding: head, as: UTF8.self)
        let end = String(decoding: tail, as: UTF8.self)
        guard let open = start.firstRange(of: /<([A-Za-z][A-Za-z0-9:]*)[ >\/]/) else {
            return false
        }
        let root = start[open].dropFirst().prefix { $0 != " " && $0 != ">" && $0 != "/" }
        let trimmed = end.trimmingCharacters(in: .whitespacesAndNewlines)
        return trimmed.hasSuffix("</\(root)>")
            || (start.count < 256 && trimmed.hasSuffix("/>")
                && start.split(separator: "<").count < 3)
    }
}
