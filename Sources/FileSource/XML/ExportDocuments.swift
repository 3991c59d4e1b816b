internal import Archives
internal import Collection
internal import Foundation

/// The documents of a file: the file itself, or the XML files in an archive.
struct ExportDocuments {
    private enum Content {
        case file(FileChunks)
        case archive(ZipArchive, rest: ArraySlice<ZipEntry>, current: ZipEntryReader?)
    }

    private let file: String
    private var content: Content
    private var isFirst = true

    /// Opens a file.
    ///
    /// - Throws: ``FileError`` when it cannot be opened or is a slice of an archive; `ArchiveError`.
    init(_ url: URL, limits: ArchiveLimits) throws {
        file = url.lastPathComponent
        guard url.pathExtension.lowercased() == "zip" else {
            // export.zip.001 is one.
            guard ExportName.ending(of: file) != "zip" else {
                let whole = url.deletingPathExtension().lastPathComponent
                throw FileError(
                    file: file,
                    message: "a slice of an archive, of which none is read by itself; join them in "
                        + "their order as \(whole) and take the slices out of the folder")
            }
            content = .file(try FileChunks(url))
            return
        }
        let archive = try ZipArchive(url, limits: limits)
        let entries = archive.entries
            .filter { $0.name.lowercased().hasSuffix(".xml") }
            .sorted { ExportName.isBefore($0.name, $1.name) }
        content = .archive(archive, rest: entries[...], current: nil)
    }

    /// Goes to the next document.
    ///
    /// - Returns: Its name for messages; `nil` when there is none.
    mutating func nextDocument() throws -> String? {
        switch content {
        case .file:
            defer { isFirst = false }
            return isFirst ? file : nil
        case .archive(let archive, var rest, _):
            guard let entry = rest.popFirst() else { return nil }
            content = .archive(archive, rest: rest, current: try archive.open(entry))
            return "\(file)/\(entry.name)"
        }
    }

    /// The next bytes of the document; `nil` at its end.
    mutating func nextPiece() throws -> [UInt8]? {
        switch content {
        case .file(var chunks):
            let piece = try chunks.next()
            content = .file(chunks)
            return piece
        case .archive(_, _, let current): return try current?.next()
        }
    }
}
