import Definitions
import Foundation
import Reconciliation
import Records
import TestSupport

/// Counterparties, or records of another entity, under the file that is delivered, written by field
/// name.
struct Counterparties {
    let definition: EntityDefinition

    init() throws { try self.init(of: "counterparty") }

    /// Records of another entity that is delivered.
    init(of entity: String) throws {
        definition = try EntityFile.read(
            ProjectFolders.root.appending(path: "templates/entities/\(entity).yaml"))
    }

    /// Records under an entity file that a test writes.
    init(file text: String) throws { definition = try EntityFile.parse(text, file: "e.yaml") }

    /// Equal records of both sides and their link, by which both sides keep some fields.
    func pair(
        keeping values: [String: FieldValue]
    ) -> (left: Record, right: Record, link: Link) {
        (record("kept", values), record("KEPT", values), link("kept", "KEPT"))
    }

    func record(_ id: String, _ values: [String: FieldValue]) -> Record {
        var fields = [FieldValue?](repeating: nil, count: definition.fields.count)
        for (name, value) in values {
            guard let index = definition.index(of: FieldName(name)) else {
                preconditionFailure("no field \(name)")
            }
            fields[index] = value
        }
        return Record(id: RecordID(id), fields: fields)
    }

    /// Findings without those that a test did not ask for: by default `missing`.
    func reconcile(
        left: [Record], right: [Record], links: [Link] = [], leftClusters: [Cluster] = [],
        rightClusters: [Cluster] = [], certified: Set<Side> = [.left, .right],
        references: [String: ReferenceLinks] = [:]
    ) -> [Finding] {
        Reconciliation.reconcile(
            ReconciliationInput(
                definition: definition, left: left, right: right, links: links,
                leftClusters: leftClusters, rightClusters: rightClusters,
                certifiedSides: certified,
                references: Dictionary(
                    uniqueKeysWithValues: references.map { (EntityName($0), $1) })))
    }
}

func link(
    _ left: String, _ right: String, _ kind: LinkReason.Kind = .rule, assigned: Bool = true
) -> Link {
    Link(
        left: RecordID(left), right: RecordID(right), reason: LinkReason(kind, detail: "test"),
        probability: 1, weightBits: 20, isAssigned: assigned)
}

func cluster(_ ids: String...) -> Cluster {
    Cluster(
        members: ids.map { Cluster.Member(id: RecordID($0), probability: 0.99) },
        reason: LinkReason(.rule, detail: "tax_id+kpp"))
}

extension Finding {
    /// The finding on one line: kind, side, field, records, reason.
    var line: String {
        let ids =
            leftIDs.map(\.rawValue).joined(separator: ",") + "|"
            + rightIDs.map(\.rawValue).joined(separator: ",")
        return [kind.rawValue, side?.rawValue ?? "both", field?.rawValue ?? "record", ids, reason]
            .joined(separator: " ")
    }
}
