public import Records

/// A field that people added to a system and no mapping reads, with what it seems to hold.
public struct OwnFieldProposal: Hashable, Sendable {
    /// The entity.
    public var entity: EntityName
    /// The entity's field that it seems to be.
    public var field: FieldName
    /// The member of a record's payload.
    public var member: String
    /// What the system's people call it.
    public var label: String

    /// Makes a proposal.
    public init(entity: EntityName, field: FieldName, member: String, label: String) {
        self.entity = entity
        self.field = field
        self.member = member
        self.label = label
    }
}

extension OwnFieldProposal {
    /// A field as the system describes it.
    public struct Candidate: Sendable {
        /// The member of a record's payload.
        public var member: String
        /// What the system's people call it.
        public var label: String

        /// Makes a candidate.
        public init(member: String, label: String) {
            self.member = member
            self.label = label
        }
    }

    /// Recognises fields by what people call them: by the headers under which an entity's fields are
    /// known in files.
    ///
    /// - Parameters:
    ///   - candidates: The fields that people added.
    ///   - entity: What they may be fields of.
    /// - Returns: At most one for each field of the entity: of several, the one whose label stands
    ///   first among the headers, then the first candidate.
    public static func recognise(
        _ candidates: [Candidate], as entity: EntityDefinition
    ) -> [OwnFieldProposal] {
        let labels = candidates.map { CodeText($0.label).characters }
        return entity.fields.compactMap { field in
            for header in field.headers.map({ CodeText($0).characters }) {
                guard let place = labels.firstIndex(of: header) else { continue }
                let candidate = candidates[place]
                return OwnFieldProposal(
                    entity: entity.name, field: field.name, member: candidate.member,
                    label: candidate.label)
            }
            return nil
        }
    }
}
