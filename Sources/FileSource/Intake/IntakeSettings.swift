public import Collection
public import Foundation
public import Records

/// How files of a folder are taken in: when, how often, and what becomes of them.
public struct IntakeSettings: Sendable {
    /// How to tell that an export has ended.
    public enum Completeness: Hashable, Sendable {
        /// Files are taken as they are found; one that changes while it is read is refused.
        case asFound
        /// Two looks with a pause between them find the same files, sizes and times.
        case stable(pause: Duration, deadline: Duration)
        /// A file of this name is there.
        case marker(String)
    }

    /// How to tell that the export has ended.
    public var completeness: Completeness
    /// The file in which is kept what was taken, so that no file is taken twice; `nil` to read
    /// what is there each time.
    public var ledger: URL?
    /// The folder to which files that were taken are moved; `nil` to leave them.
    public var takenFolder: URL?
    /// Everything that is read from this folder.
    ///
    /// A file that several entities are read from is moved when all of them have it.
    public var entities: [EntityName]

    /// Makes settings.
    public init(
        completeness: Completeness = .stable(pause: .seconds(3), deadline: .seconds(900)),
        ledger: URL? = nil, takenFolder: URL? = nil, entities: [EntityName] = []
    ) {
        self.completeness = completeness
        self.ledger = ledger
        self.takenFolder = takenFolder
        self.entities = entities
    }
}

/// A source whose files are taken for good only when the records are safe.
public protocol IntakeSource: SnapshotSource {
    /// Notes that what was last collected of an entity is stored.
    ///
    /// Its files are not taken again, and are moved if the settings say so. Without this call the
    /// next run reads them once more.
    ///
    /// - Throws: ``CollectionError`` when the note cannot be written or a file cannot be moved.
    func settle(_ entity: EntityName) throws(CollectionError)
}
