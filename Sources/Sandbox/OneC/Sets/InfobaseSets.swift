/// Everything that an infobase publishes, by the names of the configuration that it plays.
enum InfobaseSets {
    /// The published sets, sections of objects included.
    static func all(of world: World, _ options: InfobaseOptions) -> [any ODataSet] {
        var publication = Publication(
            world: world, configuration: options.configuration,
            removedFields: options.removedFields, addedFields: options.addedFields)
        let places = WorldPlaces(world)
        // Once to learn the names, once to know which references lead to what is published.
        let names = SetMaker(publication, places).all.map(\.name)
        publication.names = Set(names.filter { !isHidden($0, options.unpublished) })
        let published = publication
        return SetMaker(published, places).all.filter { published.publishes($0.name) }
    }

    /// An object that is not published takes its sections and records with it.
    private static func isHidden(_ name: String, _ unpublished: Set<String>) -> Bool {
        unpublished.contains { $0 == "*" || name == $0 || name.hasPrefix("\($0)_") }
    }
}

/// Describes sets: what each is called and how the world's records become its entities.
struct SetMaker {
    let publication: Publication
    let places: WorldPlaces
    let world: World
    let configuration: InfobaseConfiguration

    init(_ publication: Publication, _ places: WorldPlaces) {
        self.publication = publication
        self.places = places
        world = publication.world
        configuration = publication.configuration
    }

    /// All sets, each object followed by its sections.
    var all: [any ODataSet] {
        let objects: [(any ODataSet)?] =
            [
                counterparties, partners, contracts, bankAccounts, banks, contactPersons, products,
                characteristics, units, rates, priceTypes, warehouses, departments, firms,
                currencies, countries, contactKinds, orders, orderStates, invoices, receipts(false),
                receipts(true), users, accounts,
            ]
        return objects.compactMap(\.self).flatMap { [$0] + sections(of: $0) } + registers
    }

    private var registers: [any ODataSet] {
        [barcodes, orderStatuses, invoiceStatuses, journal].compactMap(\.self) + prices + stock
    }

    private func sections(of set: any ODataSet) -> [any ODataSet] {
        set.properties.indices.compactMap { SectionSet(of: set, column: $0) }
    }

    /// Begins a description.
    func columns<Record>(_ name: String, _ type: Record.Type = Record.self) -> ColumnList<Record> {
        ColumnList<Record>(name, publication)
    }

    /// Ends a description.
    func set<Record: Sendable>(
        _ name: String, _ records: [Record], _ columns: ColumnList<Record>
    ) -> any ODataSet {
        var columns = columns
        columns.addNewFields()
        return TableSet(name, records, columns)
    }
}

/// An item of `Catalog_ДоговорыКонтрагентов`.
struct Contract: Sendable {
    var key: GUID
    /// The counterparty.
    var owner: GUID
}

/// Where in the world things of one kind belong to things of another.
final class WorldPlaces: Sendable {
    /// Places of counterparties that are no groups.
    let counterparties: [Int32]
    /// The first bank account of each counterparty.
    let accountOf: [GUID: GUID]
    /// The first person of each counterparty, by reference.
    let personOf: [GUID: GUID]
    /// A contract of each counterparty that ordered.
    let contracts: [Contract]
    /// The invoice of each order; -1 for none.
    let invoiceOf: [Int32]
    /// Places of bank receipts and of cash receipts.
    let receipts: (bank: [Int32], cash: [Int32])
    /// The names of departments, in the order in which users name them.
    let departments: [String]

    init(_ world: World) {
        let records = world.infobase
        counterparties = world.counterparties.indices.compactMap {
            world.counterparties[$0].flags.contains(.folder) ? nil : Int32($0)
        }
        accountOf = Dictionary(
            records.bankAccounts.map { ($0.owner, $0.key) },
            uniquingKeysWith: { first, _ in first })
        personOf = Dictionary(
            records.contacts.map { ($0.owner, $0.key) }, uniquingKeysWith: { first, _ in first })
        var known: Set<GUID> = []
        contracts = records.orders.compactMap { order in
            known.insert(order.agreement).inserted
                ? Contract(key: order.agreement, owner: order.counterpartyKey) : nil
        }
        var invoiceOf = [Int32](repeating: -1, count: records.orders.count)
        for (place, invoice) in records.invoices.enumerated() {
            invoiceOf[Int(invoice.order)] = Int32(place)
        }
        self.invoiceOf = invoiceOf
        receipts = (
            records.receipts.indices.compactMap { records.receipts[$0].isCash ? nil : Int32($0) },
            records.receipts.indices.compactMap { records.receipts[$0].isCash ? Int32($0) : nil }
        )
        var departments: [String] = []
        for user in records.users where !departments.contains(user.department) {
            departments.append(user.department)
        }
        self.departments = departments.filter { !$0.isEmpty }
    }

    /// The reference of a department; empty for none.
    func department(_ name: String) -> GUID {
        departments.firstIndex(of: name).map { KeySpace.department.key($0) } ?? .zero
    }
}
