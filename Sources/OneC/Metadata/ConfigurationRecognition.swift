public import Records

/// Which configuration of 1C an infobase runs, by what it publishes, and which mapping to take.
///
/// A configuration does not tell its name through OData. Each mapping file names a few signs, sets
/// and fields that its configuration has and others have not; the mapping with the largest share
/// of its signs is proposed, and among equals the one that loses least.
public struct ConfigurationRecognition: Sendable {
    /// A mapping that may fit.
    public struct Candidate: Sendable {
        /// The name by which the configuration file calls it: `onec-bp30`.
        public var name: String
        /// What it says.
        public var mapping: MappingDefinition

        /// Makes a candidate.
        public init(name: String, mapping: MappingDefinition) {
            self.name = name
            self.mapping = mapping
        }
    }

    /// How one mapping fits.
    public struct Proposal: Sendable {
        /// The name of the mapping.
        public let name: String
        /// What people call the configuration.
        public let title: LocalizedText
        /// Its signs that are published, and all of its signs.
        public let signs: (found: Int, all: Int)
        /// How each of its sections fits, in the order of the file.
        public let sections: [SectionFit]

        /// The entities that can be read: their first list is there with all that is mandatory.
        public var readable: [EntityName] { entities { $0.isReadable } }

        /// The entities that cannot be read.
        public var unreadable: [EntityName] { entities { !$0.isReadable } }

        private func entities(_ passes: (SectionFit) -> Bool) -> [EntityName] {
            var seen: Set<EntityName> = []
            return sections.filter { seen.insert($0.entity).inserted && passes($0) }
                .map(\.entity)
        }

        fileprivate var share: Double {
            signs.all == 0 ? 0 : Double(signs.found) / Double(signs.all)
        }

        fileprivate var losses: Int {
            sections.reduce(0) {
                $0 + ($1.isPublished ? 0 : 10) + 10 * $1.lostFields.count
                    + $1.lostOptional.count
            }
        }
    }

    /// The mappings from the best on.
    public let proposals: [Proposal]

    /// The mapping to take; `nil` when the signs of none are published.
    public var best: Proposal? { proposals.first.flatMap { $0.signs.found > 0 ? $0 : nil } }

    /// Compares mappings with what an infobase publishes.
    ///
    /// - Parameters:
    ///   - metadata: What is published.
    ///   - candidates: The mappings for 1C.
    public init(_ metadata: InfobaseMetadata, candidates: [Candidate]) {
        proposals =
            candidates.map { candidate in
                let signs = candidate.mapping.signs
                return Proposal(
                    name: candidate.name, title: candidate.mapping.title,
                    signs: (signs.count { Self.isPublished($0, metadata) }, signs.count),
                    sections: candidate.mapping.entities.map {
                        SectionFit($0, metadata: metadata)
                    })
            }
            .sorted {
                ($1.share, $0.losses, $0.name) < ($0.share, $1.losses, $1.name)
            }
    }

    /// Whether a set is published, or a field of one: `Catalog_Контрагенты.Партнер_Key`.
    private static func isPublished(_ sign: String, _ metadata: InfobaseMetadata) -> Bool {
        let parts = sign.split(separator: ".", maxSplits: 1).map(String.init)
        guard let shape = metadata.shape(of: parts[0]) else { return false }
        return parts.count == 1 || shape.properties[parts[1]] != nil
    }
}
