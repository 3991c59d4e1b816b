/// A record as one of the two systems really has it, by the world that is played.
///
/// It says what whoever reads the system whole has to have read: the judge of collectors. It is made of
/// the world, never of an answer of the sandbox.
public struct TrueRecord: Hashable, Sendable {
    /// A row of a table of the portal, or an object of a set of the infobase.
    public struct Row: Hashable, Sendable {
        /// `company`, `Catalog_Контрагенты`.
        public var table: String
        /// The number, or the reference.
        public var key: String

        /// Names a row.
        public init(_ table: String, _ key: String) {
            self.table = table
            self.key = key
        }
    }

    /// What one field says.
    public struct Field: Hashable, Sendable {
        /// The values as texts, those that are empty left out: `12.50`, `2026-01-31`, `true`.
        public var texts: [String]
        /// The tables beside the record's own from which they are put together.
        public var tables: Set<String>

        init(_ texts: [String], _ tables: Set<String> = []) {
            self.texts = texts.filter { !$0.isEmpty }
            self.tables = tables
        }

        init(_ text: String, _ tables: Set<String> = []) { self.init([text], tables) }

        /// Lines of a document in their order, each with its number from 1: `1 7 2.5 99.00 20`.
        init(lines: [TrueLine], _ tables: Set<String> = []) {
            self.init(
                lines.enumerated().map { number, line in "\(number + 1) \(line.text)" }, tables)
        }
    }

    /// The id under which a reader has it: `7`, `invoice-7`, keys joined by `#`.
    public var id: String
    /// The rows without one of which there would be no such record.
    public var rows: Set<Row>
    /// What some of the fields say, by their names in Sverka's entity files.
    public var fields: [String: Field]
    /// The id under which there may be another record in its place when one of its rows is gone.
    public var substitute: String?

    init(_ id: String, of rows: Set<Row>, _ fields: [String: Field], substitute: String? = nil) {
        self.id = id
        self.rows = rows
        self.fields = fields
        self.substitute = substitute
    }
}

/// A line of a document: what, how much, for how much, with which VAT.
struct TrueLine {
    /// `nil` for free text.
    var product: String?
    var quantity: Thousandths
    /// After discounts and with VAT.
    var sum: Kopecks
    var vat: VATRate

    /// The parts with a dash for what is not told.
    var text: String {
        [
            product ?? "-", Arithmetic.text(quantity: quantity), Arithmetic.text(sum),
            vat.percent.map { String($0) } ?? "-",
        ].joined(separator: " ")
    }
}

extension World {
    /// What a system keeps of an entity.
    ///
    /// - Parameters:
    ///   - entity: `counterparty`, `order`, as in ``entities``; `operation` and `user` too.
    ///   - system: Which of the two.
    ///   - configuration: Under whose names 1C keeps it.
    /// - Returns: The records, in no certain order; `nil` when the system does not keep the entity.
    public func trueRecords(
        of entity: String, in system: SandboxSystem,
        as configuration: InfobaseConfiguration = .bp30
    ) -> [TrueRecord]? {
        switch system {
        case .bitrix24: PortalTruth(world: self).records(of: entity)
        case .onec: InfobaseTruth(world: self, configuration: configuration).records(of: entity)
        }
    }
}
