/// Makes what a trading company keeps besides its counterparties, on both sides.
///
/// Each kind of thing has a random stream of its own, and each thing of a kind another, so that
/// neither the counterparties nor other entities change when one is made otherwise.
struct TradeBuilder {
    let options: WorldOptions
    let counterparties: [Counterparty]
    let companies: [Company]
    var infobase = InfobaseRecords()
    var portal = PortalRecords()
    var operations: [Operation] = []
    var plantedErrors: [PlantedError] = []

    /// Places of counterparties that trade: those that the portal may know, each once.
    private(set) var customers: [Int32] = []
    /// The portal's first company of each organisation; zero for none.
    private(set) var companyOf: [Int64] = []
    /// Whether each organisation's company carries 1C's reference of its counterparty.
    private(set) var isPlainlyLinked: [Bool] = []
    /// The price of each product in 1C before any kind of price.
    var basePrices: [Kopecks] = []
    /// The first contact of each customer in the portal; zero for none.
    var contactOf: [Int64] = []
    /// The place of each counterparty's first bank account; -1 for none.
    var accountOf: [Int32] = []
    /// What goes wrong with the products; `nil` before they are made.
    var productFates: FateTable<ProductFate>?
    /// The place of each product of 1C in the portal's catalogue; -1 for none.
    var catalogPlaces: [Int32] = []

    init(_ options: WorldOptions, counterparties: [Counterparty], companies: [Company]) {
        self.options = options
        self.counterparties = counterparties
        self.companies = companies
        companyOf = [Int64](repeating: 0, count: options.size)
        var originOf = [GUID?](repeating: nil, count: options.size)
        // Second records have even ids and come after the first ones.
        for company in companies where company.organization >= 0 && company.id % 2 == 1 {
            companyOf[Int(company.organization)] = company.id
            originOf[Int(company.organization)] = company.origin
        }
        var isKnown = [Bool](repeating: false, count: options.size)
        isPlainlyLinked = isKnown
        for (row, counterparty) in counterparties.enumerated() {
            let organization = Int(counterparty.organization)
            guard organization >= 0, !counterparty.flags.contains(.deleted), !isKnown[organization]
            else { continue }
            isKnown[organization] = true
            isPlainlyLinked[organization] = originOf[organization] == counterparty.key
            customers.append(Int32(row))
        }
    }

    /// Makes everything.
    ///
    /// - Parameter persons: Contacts that stand for sole proprietors and persons.
    mutating func build(persons: [Contact] = []) {
        makeFirms()
        makeStaff()
        makePartners()
        makeBankAccounts(persons)
        makeContacts()
        add(persons)
        makeProducts()
        makePrices()
        makeStock()
        makeOrders()
        makeOperations()
    }

    var seed: UInt64 { options.seed }

    /// When the first order was taken, in January 2024.
    static let firstDay: UInt32 = 1_704_834_000
    /// The night on which the first comparison is made, in June 2026.
    static let lastDay: UInt32 = 1_780_174_800

    /// The company in the portal of a counterparty's place; zero for none.
    func company(ofCustomer row: Int32) -> Int64 {
        companyOf[Int(counterparties[Int(row)].organization)]
    }

    /// Whether the company of a counterparty's place carries the reference of the counterparty.
    func isPlainlyLinked(_ row: Int32) -> Bool {
        isPlainlyLinked[Int(counterparties[Int(row)].organization)]
    }

    // MARK: Firms, partners, accounts

    private mutating func makeFirms() {
        for number in 0..<3 {
            let own = Organization(index: 7_999_000 + number, seed: seed, needsCompany: true)
            infobase.firms.append(
                OwnFirm(
                    key: KeySpace.firm.key(number, seed: seed),
                    prefix: DocumentNumber.prefixes[number], name: own.name, taxID: own.taxID,
                    kpp: own.kpp, registrationNumber: own.registrationNumber,
                    companyID: Int64(number + 1)))
        }
    }

    private mutating func makePartners() {
        infobase.partners.reserveCapacity(counterparties.count)
        for record in counterparties
        where record.flags.isDisjoint(with: [.folder, .branch]) {
            infobase.partners.append(
                Partner(
                    key: Partner.key(of: record), code: record.code,
                    description: record.description, fullName: record.fullName, kind: record.kind,
                    isDeleted: record.flags.contains(.deleted)))
        }
    }

    private mutating func makeBankAccounts(_ persons: [Contact]) {
        let personOf = Dictionary(
            persons.map { ($0.organization, $0.id) }, uniquingKeysWith: { first, _ in first })
        for (row, record) in counterparties.enumerated()
        where record.organization >= 0
            && (record.kind == .company || record.kind == .soleProprietor)
        {
            var random = KeySpace.bankAccount.random(row, seed: seed)
            guard random.chance(0.85) else { continue }
            let count = random.chance(0.08) ? 2 : 1
            let company = companyOf[Int(record.organization)]
            let owner = company > 0 ? company : personOf[record.organization] ?? 0
            for number in 0..<count {
                let account = BankAccount(
                    key: KeySpace.bankAccount.key(2 * row + number, seed: seed), owner: record.key,
                    counterparty: Int32(row), bank: random.pick(Bank.allCases),
                    balanceAccount: record.kind == .company ? 40702 : 40802,
                    serial: UInt32(2 * row + number + 1))
                infobase.bankAccounts.append(account)
                let isShown = random.chance(0.7)
                let isLinked = random.chance(0.6)
                let currency = random.pick(["RUB", "RUB", "RUR", "Рубли", "руб."])
                // The second record of a counterparty has the odd code's company too: keep one.
                guard isShown, owner > 0, record.code % 2 == 0 else { continue }
                portal.bankDetails.append(
                    BankDetail(
                        id: 5 * owner + Int64(number), requisiteID: 3 * owner,
                        companyID: owner, isOfContact: company == 0, bank: account.bank,
                        balanceAccount: account.balanceAccount, serial: account.serial,
                        currency: currency, xmlID: isLinked ? account.key : nil,
                        createdAt: record.createdAt + 100_000))
            }
        }
        portal.bankDetails.sort { $0.id < $1.id }
    }
}
