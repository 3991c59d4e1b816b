/// What goes wrong with a contact.
enum ContactFate: TradeFate {
    case missingLeft, missingRight, duplicateLeft, duplicateRight
    case nameDiffers, phoneDiffers, emailDiffers, positionDiffers
    case linkToNowhere, linkToDeleted, linkClaimedTwice, partner
    case invalidPhone, companyDiffers

    static var arising: ContactFate { .phoneDiffers }

    func share(_ rates: ErrorRates) -> Double {
        switch self {
        case .missingLeft, .missingRight: rates.missing / 2
        case .duplicateLeft, .duplicateRight: rates.duplicate / 2
        case .nameDiffers, .phoneDiffers, .emailDiffers, .positionDiffers, .companyDiffers:
            rates.mismatch / 4
        case .linkToNowhere, .linkToDeleted: rates.brokenLink / 2
        case .linkClaimedTwice: rates.conflict / 2
        case .invalidPhone: rates.invalid
        case .partner: 0
        }
    }

    var needsPartner: Bool { self == .linkClaimedTwice }

    var canBeMended: Bool {
        switch self {
        case .nameDiffers, .phoneDiffers, .emailDiffers, .positionDiffers, .companyDiffers,
            .linkToNowhere, .invalidPhone:
            true
        default: false
        }
    }
}

/// What goes wrong with a product.
enum ProductFate: TradeFate {
    case missingRight, duplicateLeft, duplicateRight
    case nameDiffers, articleDiffers, barcodeDiffers, unitDiffers, vatDiffers
    case linkToNowhere, linkToDeleted, linkClaimedTwice, partner
    case invalidBarcode

    static var arising: ProductFate { .articleDiffers }

    func share(_ rates: ErrorRates) -> Double {
        switch self {
        case .missingRight: rates.missing / 2
        case .duplicateLeft, .duplicateRight: rates.duplicate / 2
        case .nameDiffers, .articleDiffers, .barcodeDiffers, .unitDiffers, .vatDiffers:
            rates.mismatch / 5
        case .linkToNowhere, .linkToDeleted: rates.brokenLink / 2
        case .linkClaimedTwice: rates.conflict / 2
        case .invalidBarcode: rates.invalid
        case .partner: 0
        }
    }

    var needsPartner: Bool { self == .linkClaimedTwice }

    var canBeMended: Bool { differsOnly && self != .nameDiffers }

    /// Whether the two records stay linked, so that prices and stock of the product are comparable.
    var differsOnly: Bool {
        switch self {
        case .nameDiffers, .articleDiffers, .barcodeDiffers, .unitDiffers, .vatDiffers,
            .invalidBarcode, .partner:
            true
        default: false
        }
    }
}

/// What goes wrong with a price.
enum PriceFate: TradeFate {
    case missingLeft, missingRight, duplicateRight, priceDiffers, invalidPrice, partner

    static var arising: PriceFate { .priceDiffers }

    func share(_ rates: ErrorRates) -> Double {
        switch self {
        case .missingLeft, .missingRight: rates.missing / 2
        case .duplicateRight: rates.duplicate / 2
        case .priceDiffers: rates.mismatch
        case .invalidPrice: rates.invalid
        case .partner: 0
        }
    }

    var needsPartner: Bool { false }
    var canBeMended: Bool { self == .priceDiffers || self == .invalidPrice }
}

/// What goes wrong with a balance of a warehouse.
enum StockFate: TradeFate {
    case missingLeft, missingRight, quantityDiffers, reservedDiffers, negative, partner

    static var arising: StockFate { .quantityDiffers }

    func share(_ rates: ErrorRates) -> Double {
        switch self {
        case .missingLeft, .missingRight: rates.missing / 2
        case .quantityDiffers, .reservedDiffers: rates.mismatch / 2
        case .negative: rates.invalid
        case .partner: 0
        }
    }

    var needsPartner: Bool { false }
    var canBeMended: Bool { self == .quantityDiffers || self == .reservedDiffers }
}

/// What goes wrong with an order.
enum OrderFate: TradeFate {
    case missingLeft, missingRight, duplicateLeft, duplicateRight
    case totalDiffers, statusDiffers, paidDiffers, dateDiffers
    case lineMissing, quantityDiffers, priceDiffers, vatDiffers
    case linkToNowhere, linkToDeleted, linkClaimedTwice, partner
    case invalidTotal, currencyDiffers

    static var arising: OrderFate { .statusDiffers }

    func share(_ rates: ErrorRates) -> Double {
        switch self {
        case .missingLeft, .missingRight: rates.missing / 2
        case .duplicateLeft, .duplicateRight: rates.duplicate / 2
        case .totalDiffers, .statusDiffers, .paidDiffers, .dateDiffers, .lineMissing,
            .quantityDiffers, .priceDiffers, .vatDiffers, .currencyDiffers:
            rates.mismatch / 8
        case .linkToNowhere, .linkToDeleted: rates.brokenLink / 2
        case .linkClaimedTwice: rates.conflict / 2
        case .invalidTotal: rates.invalid
        case .partner: 0
        }
    }

    var needsPartner: Bool { self == .linkClaimedTwice }

    var canBeMended: Bool {
        switch self {
        case .totalDiffers, .statusDiffers, .paidDiffers, .dateDiffers, .quantityDiffers,
            .priceDiffers, .vatDiffers, .currencyDiffers, .linkToNowhere, .invalidTotal:
            true
        default: false
        }
    }

    /// The state in which the order must be for it to show; `nil` for any.
    var neededState: OrderState? {
        switch self {
        case .totalDiffers, .dateDiffers, .lineMissing, .quantityDiffers, .priceDiffers,
            .vatDiffers, .currencyDiffers, .statusDiffers, .partner:
            nil
        case .paidDiffers: .closed
        default: .agreed
        }
    }
}

/// What goes wrong with an invoice.
enum InvoiceFate: TradeFate {
    case missingLeft, missingRight, duplicateRight, totalDiffers, statusDiffers, partner

    static var arising: InvoiceFate { .statusDiffers }

    func share(_ rates: ErrorRates) -> Double {
        // Six orders in ten have an invoice.
        switch self {
        case .missingLeft, .missingRight: rates.missing * 0.3
        case .duplicateRight: rates.duplicate * 0.3
        case .totalDiffers, .statusDiffers: rates.mismatch * 0.3
        case .partner: 0
        }
    }

    var needsPartner: Bool { false }
    var canBeMended: Bool { self == .totalDiffers || self == .statusDiffers }
}

/// What goes wrong with a payment.
enum PaymentFate: TradeFate {
    case missingLeft, missingRight, duplicateLeft, duplicateRight, amountDiffers, dateDiffers
    case linkToNowhere, linkToDeleted, linkClaimedTwice, partner, invalidAmount

    static var arising: PaymentFate { .amountDiffers }

    func share(_ rates: ErrorRates) -> Double {
        // There are eight payments for ten orders.
        switch self {
        case .missingLeft, .missingRight: rates.missing * 0.4
        case .duplicateLeft, .duplicateRight: rates.duplicate * 0.4
        case .amountDiffers, .dateDiffers: rates.mismatch * 0.4
        case .linkToNowhere, .linkToDeleted: rates.brokenLink * 0.4
        case .linkClaimedTwice: rates.conflict * 0.4
        case .invalidAmount: rates.invalid * 0.8
        case .partner: 0
        }
    }

    var needsPartner: Bool { self == .linkClaimedTwice }

    var canBeMended: Bool {
        switch self {
        case .amountDiffers, .dateDiffers, .linkToNowhere, .invalidAmount: true
        default: false
        }
    }
}
