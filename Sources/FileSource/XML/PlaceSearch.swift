internal import Archives
internal import Collection
internal import XMLStream

/// Looks through the files of a folder for the place of records, as reading them would.
///
/// Unlike ``ExportSurvey``, which proposes, it reads on until it finds one: what is asked for may stand
/// last.
struct PlaceSearch {
    let folder: ExportFolder
    let limits: ArchiveLimits

    /// Whether a file has such records, or what is around them, maybe empty.
    ///
    /// - Parameters:
    ///   - pattern: Which elements are records.
    ///   - deletions: Which elements say that a record is gone; `nil` where none does.
    /// - Returns: Whether it was found; files behind it were not opened.
    /// - Throws: ``CollectionError`` when the folder cannot be read, or a file before it to its end;
    ///   `CancellationError`.
    func finds(_ pattern: ElementPattern, deletions: ElementPattern?) async throws -> Bool {
        for file in try folder.files() {
            do {
                var documents = try ExportDocuments(folder.place(of: file.name), limits: limits)
                while try documents.nextDocument() != nil {
                    if try await Self.finds(pattern, deletions, in: &documents) { return true }
                }
            } catch let cancelled as CancellationError {
                throw cancelled
            } catch {
                throw CollectionError(.malformed, "\(file.name): \(FileError.reason(error))")
            }
        }
        return false
    }

    private static func finds(
        _ pattern: ElementPattern, _ deletions: ElementPattern?,
        in documents: inout ExportDocuments
    ) async throws -> Bool {
        let elements = RecordElements(pattern, deletions: deletions, changes: nil) { _, _ in }
        let parser = XMLStreamParser(handler: elements)
        while !elements.summary.hasContainer, let piece = try documents.nextPiece() {
            // Others get their turn between two pieces, as an export may be gigabytes.
            await Task.yield()
            try Task.checkCancellation()
            try parser.feed(piece)
        }
        // The beginning of a document waits until its encoding is certain, a short one till its end.
        if !elements.summary.hasContainer { try parser.finish() }
        return elements.summary.hasContainer
    }
}
