internal import Collection
internal import Foundation
internal import Records
internal import Reporting

/// Adds the addresses that open the records of each row: `computed: record_addresses`.
///
/// The one table that it starts from has the columns `entity`, `left_id` and `right_id`; the columns
/// `left_address` and `right_address` are added.
struct RecordAddresses: Sendable {
    private let address: @Sendable (Side, RecordID, EntityName) -> String?

    /// Takes the addresses of the configured systems.
    init(_ sources: [ConfiguredSource]) {
        address = { side, id, entity in
            sources.first { $0.role.side == side }?.source.webAddress(of: id, entity: entity)
        }
    }

    /// Takes addresses from elsewhere.
    init(_ address: @escaping @Sendable (Side, RecordID, EntityName) -> String?) {
        self.address = address
    }

    /// The table with addresses.
    func table(_ input: ComputationInput) throws -> ReportTable {
        guard input.tables.count == 1, let table = input.tables.values.first else {
            throw ReportError.formatUnavailable("'record_addresses' starts from one table")
        }
        guard let entity = table.index(of: "entity"), let left = table.index(of: "left_id"),
            let right = table.index(of: "right_id")
        else {
            throw ReportError.formatUnavailable(
                "'record_addresses' needs the columns entity, left_id and right_id")
        }
        func value(_ side: Side, _ id: ReportValue, _ entity: ReportValue) -> ReportValue {
            guard case .text(let id) = id, case .text(let entity) = entity,
                let address = address(side, RecordID(id), EntityName(entity))
            else { return .empty }
            return .text(address)
        }
        return ReportTable(
            columns: table.columns + ["left_address", "right_address"],
            rows: table.rows.map { row in
                row + [
                    value(.left, row[left], row[entity]), value(.right, row[right], row[entity]),
                ]
            })
    }
}
