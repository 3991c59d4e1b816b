/// A bank of 1C's classifier, invented; numbers are right by their rules.
enum Bank: UInt8, CaseIterable, Sendable {
    case first, trade, volga, siberia, south

    var title: String {
        switch self {
        case .first: "АО \"Первый учебный банк\""
        case .trade: "ПАО \"Торговый банк примеров\""
        case .volga: "АО \"Волжский образец\""
        case .siberia: "ООО КБ \"Сибирский пример\""
        case .south: "ПАО \"Южный тестовый банк\""
        }
    }

    var city: String { self == .siberia ? "г. Новосибирск" : "г. Москва" }

    /// БИК: nine digits.
    var code: String {
        switch self {
        case .first: "044525901"
        case .trade: "044525902"
        case .volga: "042202903"
        case .siberia: "045004904"
        case .south: "040349905"
        }
    }

    /// The correspondent account: its key is right.
    var correspondentAccount: String {
        BankAccount.withKey(
            "30101810" + "0" + "00000000" + code.suffix(3),
            prefix: "0" + code.dropFirst(4).prefix(2))
    }

    /// The reference of `Catalog_КлассификаторБанков`, the same in every world.
    var key: GUID { KeySpace.bank.key(Int(rawValue)) }
}

/// An item of `Catalog_БанковскиеСчета` that a counterparty owns.
struct BankAccount: Sendable {
    var key: GUID
    /// The counterparty.
    var owner: GUID
    /// The place of the counterparty in ``World/counterparties``.
    var counterparty: Int32
    var bank: Bank
    /// The first five digits: 40702 of organisations, 40802 of sole proprietors.
    var balanceAccount: UInt32
    /// The last digits, different for each account.
    var serial: UInt32
    var isDeleted = false

    /// The twenty digits, with the right key.
    var number: String { Self.number(bank, balanceAccount, serial) }

    /// An account of roubles in a bank.
    static func number(_ bank: Bank, _ balanceAccount: UInt32, _ serial: UInt32) -> String {
        var writer = ByteWriter(capacity: 20)
        writer.number(Int64(balanceAccount), digits: 5)
        writer.raw("8100")
        writer.number(Int64(serial), digits: 11)
        return withKey(writer.text, prefix: bank.code.suffix(3))
    }

    /// Puts the right key into the ninth digit of an account.
    ///
    /// Source: order of the Central Bank of 08.09.1997 № 515.
    static func withKey(_ account: String, prefix: some StringProtocol) -> String {
        var digits = (prefix + account).utf8.map { Int($0) - 48 }
        let place = 11
        digits[place] = 0
        let weights = [7, 1, 3]
        var sum = 0
        for (index, digit) in digits.enumerated() { sum += digit * weights[index % 3] % 10 }
        // The key has the weight 3, and 3 × 7 ends in 1.
        digits[place] = (10 - sum % 10) % 10 * 7 % 10
        return String(decoding: digits.dropFirst(3).map { UInt8($0 + 48) }, as: UTF8.self)
    }
}

/// Bank details of a requisite of the portal.
struct BankDetail: Sendable {
    var id: Int64
    var requisiteID: Int64
    /// The company, or the contact when ``isOfContact``.
    var companyID: Int64
    var isOfContact = false
    var bank: Bank
    var balanceAccount: UInt32
    var serial: UInt32
    /// How the currency is written, which is free text.
    var currency: String
    /// The 1C reference.
    var xmlID: GUID?
    var isActive = true
    var createdAt: UInt32

    /// The twenty digits.
    var number: String { BankAccount.number(bank, balanceAccount, serial) }
}

/// An item of `Catalog_Партнеры` (УТ, КА, ERP): who trades, apart from the legal entity.
struct Partner: Sendable {
    var key: GUID
    var code: UInt32
    var description: String
    var fullName: String
    var kind: Organization.Kind
    var isDeleted: Bool

    /// The partner of a counterparty: branches have their head's, and in half of the cases partner
    /// and counterparty share one reference, as in bases that began small.
    static func key(of counterparty: Counterparty) -> GUID {
        let head = counterparty.head == .zero ? counterparty.key : counterparty.head
        return head.low & 1 == 0 ? head : GUID(seed: head.high, of: head.low)
    }
}
