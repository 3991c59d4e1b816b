public import Records

/// One system to read: a 1C infobase, a Bitrix24 portal, a folder of exported files.
public protocol SnapshotSource: Sendable {
    /// The name in the configuration.
    var name: SourceName { get }

    /// Reads every record of an entity, page by page, and says how complete the reading was.
    ///
    /// `deliver` is awaited before the next page is asked for, so that memory stays bounded by a
    /// page whatever the number of records. Each id is delivered once.
    ///
    /// - Parameters:
    ///   - entity: What to read; each record's fields are in the order of its definition.
    ///   - progress: Called after each page with the records delivered so far and the number
    ///     announced, when the source can tell it.
    ///   - deliver: Takes a page; what it throws ends the reading and is thrown on.
    /// - Returns: The certificate, with its doubts.
    /// - Throws: ``CollectionError`` when the source cannot be read to the end; ``EntityNotGiven`` when it
    ///   does not keep the entity.
    func collect(
        _ entity: EntityDefinition,
        progress: @Sendable (_ delivered: Int, _ announced: Int?) -> Void,
        deliver: ([Record]) async throws -> Void
    ) async throws -> Certificate

    /// Tries what `collect` will need: reachability, credentials, rights, fields.
    ///
    /// - Parameter entity: The entity that is to be read.
    /// - Returns: One result per thing tried, in the order in which a person would mend them.
    func check(_ entity: EntityDefinition) async -> [SourceCheck]

    /// Fields that people added to the system, that the mapping does not read and that are called like
    /// a field of the entity; none where a system has no such fields or cannot describe them.
    ///
    /// - Parameter entity: The entity.
    /// - Returns: The fields, in the order of the entity's.
    /// - Throws: ``CollectionError`` when the system does not answer.
    func ownFields(of entity: EntityDefinition) async throws -> [OwnFieldProposal]

    /// The address under which a person opens a record in the system, if it has one.
    func webAddress(of id: RecordID, entity: EntityName) -> String?
}

extension SnapshotSource {
    /// None.
    public func ownFields(of entity: EntityDefinition) async throws -> [OwnFieldProposal] { [] }
}

/// One thing that was tried before reading a source.
public struct SourceCheck: Hashable, Sendable {
    /// What was tried, in a few words: `reachable`, `scope crm`.
    public var subject: String
    /// Whether reading can go on.
    public var isPassed: Bool
    /// What was found; when it failed, also what to do.
    public var detail: String

    /// Makes a result.
    public init(subject: String, isPassed: Bool, detail: String) {
        self.subject = subject
        self.isPassed = isPassed
        self.detail = detail
    }

    /// That a system does not keep an entity, which keeps no run from going on.
    public static func notGiven(_ absent: EntityNotGiven) -> SourceCheck {
        SourceCheck(
            subject: "not given by this system", isPassed: true,
            detail: "\(absent.reason); the entity is then not compared")
    }
}
