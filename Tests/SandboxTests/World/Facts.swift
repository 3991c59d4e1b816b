import Foundation

@testable import Sandbox

/// What one record says, in words that both sides share; read from the values, not from the truth.
struct Fact {
    /// Which thing it is a record of; -1 for one that the other side never had.
    var thing: Int
    /// Values by the fields of the entity.
    var values: [String: String] = [:]
    /// The id of 1C's record that an exchange left here.
    var link: String?
    var isDeleted = false
}

/// The records of one entity on both sides, by id.
struct Facts {
    var left: [String: Fact] = [:]
    var right: [String: Fact] = [:]

    /// Reads an entity of a world.
    init(_ entity: String, of world: World) {
        switch entity {
        case "contact": readContacts(world)
        case "product": readProducts(world)
        case "price": readPrices(world)
        case "stock": readStock(world)
        case "order": readOrders(world)
        case "invoice": readInvoices(world)
        case "payment": readPayments(world)
        default: break
        }
    }

    /// A text without the differences that carry no meaning.
    static func plain(_ text: String) -> String {
        text.precomposedStringWithCanonicalMapping.uppercased().replacing("Ё", with: "Е")
            .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    private mutating func readContacts(_ world: World) {
        let owners = Dictionary(
            world.counterparties.map { ($0.key, $0.organization) }, uniquingKeysWith: { $1 })
        let companies = Dictionary(
            world.companies.map { ($0.id, $0.organization) }, uniquingKeysWith: { $1 })
        for record in world.infobase.contacts {
            let phones = [record.phone, record.secondPhone].compactMap { $0?.national }
            left[record.key.text] = Fact(
                thing: Int(record.person),
                values: [
                    "name": Self.plain(record.description),
                    "phone": phones.map { String($0) }.joined(separator: ","),
                    "email": record.email?.text.lowercased() ?? "",
                    "position": Positions.all[Int(record.position)],
                    "company": owners[record.owner].map { String($0) } ?? "",
                ], isDeleted: record.isDeleted)
        }
        for record in world.portal.contacts {
            let name = [record.lastName, record.firstName, record.secondName]
            let phones = [record.phone, record.secondPhone].compactMap { $0?.national }
            var fact = Fact(
                thing: Int(record.person),
                values: [
                    "name": Self.plain(name.joined(separator: " ")),
                    "phone": record.invalidPhone.map { "invalid \($0)" }
                        ?? phones.map { String($0) }.joined(separator: ","),
                    "email": record.email?.text.lowercased() ?? "",
                ], link: (record.origin ?? record.userFieldOrigin)?.text)
            // One who stands for nobody's company says nothing of it.
            fact.values["company"] = companies[record.companyID].map { String($0) }
            fact.values["position"] = record.position.map { Positions.all[Int($0)] }
            right[String(record.id)] = fact
        }
    }

    private mutating func readProducts(_ world: World) {
        for record in world.infobase.products {
            left[record.key.text] = Fact(
                thing: Int(record.product),
                values: [
                    "name": Self.plain(record.description), "article": record.article,
                    "barcode": record.barcode, "unit": record.measure.code,
                    "vat": record.vat.title,
                ], isDeleted: record.isDeleted)
        }
        for record in world.portal.products where record.kind != .offer {
            right[String(record.id)] = Fact(
                thing: Int(record.product),
                values: [
                    "name": Self.plain(record.name), "article": record.article,
                    "barcode": record.barcode, "unit": record.measure.code,
                    "vat": record.vat.title,
                ], link: GUID(record.xmlID)?.text)
        }
    }

    private mutating func readPrices(_ world: World) {
        for record in world.infobase.prices where record.isLast && record.kind.isInPortal {
            let id = world.infobase.registerID(
                record.product, record.characteristic, record.kind.key)
            left[id] = Fact(
                thing: Self.slot(
                    world, record.product, record.characteristic, record.kind.rawValue),
                values: ["price": String(record.price)])
        }
        for record in world.portal.prices {
            let product = world.portal.products[Int(record.product)]
            right[String(record.id)] = Fact(
                thing: (Int(product.product) * 8 + Int(product.variant) + 1) * 8
                    + Int(record.kind.rawValue),
                values: ["price": String(record.price)])
        }
    }

    private mutating func readStock(_ world: World) {
        for record in world.infobase.stock {
            let id = world.infobase.registerID(
                record.product, record.characteristic, record.warehouse.key)
            left[id] = Fact(
                thing: Self.slot(
                    world, record.product, record.characteristic, record.warehouse.rawValue),
                values: ["quantity": String(record.quantity), "reserved": String(record.reserved)])
        }
        for record in world.portal.stock {
            let product = world.portal.products[Int(record.product)]
            right[String(record.id)] = Fact(
                thing: (Int(product.product) * 8 + Int(product.variant) + 1) * 8
                    + Int(record.warehouse.rawValue),
                values: ["quantity": String(record.amount), "reserved": String(record.reserved)])
        }
    }

    private static func slot(
        _ world: World, _ product: Int32, _ characteristic: Int32, _ last: UInt8
    ) -> Int {
        let record = world.infobase.products[Int(product)]
        let variant =
            characteristic < 0 ? 0 : characteristic - record.characteristics.lowerBound + 1
        return (Int(record.product) * 8 + Int(variant)) * 8 + Int(last)
    }

    private mutating func readOrders(_ world: World) {
        for order in world.infobase.orders {
            let lines = world.infobase.orderLines[
                Int(order.lines.lowerBound)..<Int(order.lines.upperBound)
            ].filter { !$0.isCancelled }
            left[order.key.text] = Fact(
                thing: Int(order.order),
                values: [
                    "total": "\(order.total) \(order.currency.code)",
                    "status": "\(order.state.stage)",
                    "paid": String(order.paid), "date": Moment.russianDate(order.date),
                    "line_count": String(lines.count),
                    "lines": lines.map {
                        "\($0.quantity) \($0.unitPriceWithVAT) \($0.vat.title)"
                    }.joined(separator: ","),
                ], isDeleted: order.isDeleted)
        }
        for deal in world.portal.deals {
            let rows = world.portal.dealRows[
                Int(deal.rows.lowerBound)..<Int(deal.rows.upperBound)]
            right[String(deal.id)] = Fact(
                thing: Int(deal.order),
                values: [
                    "total": "\(deal.opportunity) \(deal.currency.code)", "status": "\(deal.stage)",
                    "paid": String(deal.paid), "date": Moment.russianDate(deal.beginDate),
                    "line_count": String(rows.count),
                    "lines": rows.map { "\($0.quantity) \($0.price) \($0.vat.title)" }
                        .joined(separator: ","),
                ], link: (deal.origin ?? deal.userFieldOrigin)?.text)
        }
    }

    private mutating func readInvoices(_ world: World) {
        for record in world.infobase.invoices {
            left[record.key.text] = Fact(
                thing: Int(record.invoice),
                values: [
                    "total": "\(record.total) \(record.currency.code)",
                    "status": record.state == .paid
                        ? "P" : record.state == .cancelled ? "D" : "S",
                ])
        }
        for record in world.portal.smartInvoices {
            right[String(record.id)] = Fact(
                thing: Int(record.invoice),
                values: [
                    "total": "\(record.opportunity) \(record.currency.code)",
                    "status": record.stage.rawValue,
                ], link: record.xmlID?.text)
        }
    }

    private mutating func readPayments(_ world: World) {
        for record in world.infobase.receipts {
            left[record.key.text] = Fact(
                thing: Int(record.payment),
                values: [
                    "amount": "\(record.amount) \(record.currency.code)",
                    "date": Moment.russianDate(record.date),
                ], isDeleted: record.isDeleted)
        }
        for record in world.portal.payments {
            right[String(record.id)] = Fact(
                thing: Int(record.payment),
                values: [
                    "amount": "\(record.sum) \(record.currency.code)",
                    "date": Moment.russianDate(record.paidAt),
                ], link: record.xmlID?.text)
        }
    }
}
