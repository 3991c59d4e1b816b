/// Two systems that keep one trading company's counterparties, goods, orders and payments, and the
/// truth about them.
///
/// A world is a value that never changes; a night's changes make another one. Left is 1C, right
/// is Bitrix24, as in Sverka's findings; nothing else here is shared with Sverka, so that the
/// sandbox stays an independent judge of it.
public final class World: Sendable {
    /// From what it was made.
    public let options: WorldOptions
    /// What is wrong between the two sides: counterparties first, then entity by entity.
    public let plantedErrors: [PlantedError]

    /// 1C's counterparties and groups, by code.
    let counterparties: [Counterparty]
    /// The portal's companies, by id.
    let companies: [Company]
    /// The companies' legal details, by id.
    let requisites: [Requisite]
    /// The addresses, by requisite and type.
    let addresses: [PortalAddress]
    /// What else 1C keeps.
    let infobase: InfobaseRecords
    /// What else the portal keeps.
    let portal: PortalRecords
    /// The journal of the integration between the two, by time.
    let operations: [Operation]

    /// Makes a world: some three seconds for 100 000 counterparties.
    public convenience init(_ options: WorldOptions) {
        var builder = WorldBuilder(options)
        builder.build()
        var trade = TradeBuilder(
            options, counterparties: builder.counterparties, companies: builder.companies)
        trade.build(persons: builder.contacts)
        self.init(
            options: options, plantedErrors: builder.plantedErrors + trade.plantedErrors,
            counterparties: builder.counterparties, companies: builder.companies,
            requisites: builder.requisites, addresses: builder.addresses,
            infobase: trade.infobase, portal: trade.portal, operations: trade.operations)
    }

    init(
        options: WorldOptions, plantedErrors: [PlantedError], counterparties: [Counterparty],
        companies: [Company], requisites: [Requisite], addresses: [PortalAddress],
        infobase: InfobaseRecords, portal: PortalRecords, operations: [Operation]
    ) {
        self.options = options
        self.plantedErrors = plantedErrors
        self.counterparties = counterparties
        self.companies = companies
        self.requisites = requisites
        self.addresses = addresses
        self.infobase = infobase
        self.portal = portal
        self.operations = operations
    }

    /// How many counterparties 1C holds, groups left out, those marked as deleted included.
    public var leftCount: Int { counterparties.count { !$0.flags.contains(.folder) } }

    /// How many companies the portal holds, the owner's own left out.
    public var rightCount: Int { companies.count { !$0.isMine } }

    /// Every pair of a 1C record and a company that are the same thing, duplicates all to all.
    ///
    /// Records of 1C that are marked as deleted are paired too. A contact that stands for a sole
    /// proprietor or person has `contact-` before its id.
    public var truePairs: [TruePair] {
        var rightOf: [Int32: [String]] = [:]
        rightOf.reserveCapacity(companies.count)
        for company in companies where company.organization >= 0 {
            rightOf[company.organization, default: []].append(String(company.id))
        }
        for contact in portal.contacts where contact.organization >= 0 {
            rightOf[contact.organization, default: []].append(contact.counterpartyID)
        }
        var pairs: [TruePair] = []
        pairs.reserveCapacity(companies.count)
        for counterparty in counterparties where counterparty.organization >= 0 {
            for id in rightOf[counterparty.organization] ?? [] {
                pairs.append(TruePair(leftID: counterparty.key.text, rightID: id))
            }
        }
        return pairs
    }

    /// The truth file: one JSON object a line, see ``PlantedError/jsonLine``.
    public var truthFile: String {
        plantedErrors.reduce(into: "") { $0 += $1.jsonLine + "\n" }
    }
}
