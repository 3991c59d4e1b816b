/// What goes wrong with an organisation between the two systems: one thing at most.
enum Fate: UInt8, CaseIterable, Sendable {
    case consistent, branch, partner, withoutTaxIDInCRM
    case missingLeft, missingRight, duplicateLeft, duplicateRight
    case taxIDDiffers, kppDiffers, nameDiffers, phoneDiffers, emailDiffers, addressDiffers
    case linkToNowhere, linkToDeleted, linkToOtherTaxpayer, linkClaimedTwice
    case invalidTaxIDLeft, invalidTaxIDRight, invalidTaxIDBoth, invalidKPP

    /// Whether it takes a Russian company to show it.
    var needsCompany: Bool {
        switch self {
        case .consistent, .missingLeft, .missingRight, .duplicateRight, .phoneDiffers,
            .emailDiffers:
            false
        default: true
        }
    }

    /// Whether a second organisation, otherwise untouched, plays a part.
    var needsPartner: Bool {
        switch self {
        case .branch, .linkToOtherTaxpayer, .linkClaimedTwice: true
        default: false
        }
    }

    /// Whether the company may carry the right reference to its 1C record.
    var mayHaveRightLink: Bool {
        switch self {
        case .missingLeft, .taxIDDiffers, .partner, .linkToNowhere, .linkToDeleted,
            .linkToOtherTaxpayer, .linkClaimedTwice:
            false
        default: true
        }
    }

    /// Share of the organisations that meet it.
    func share(_ rates: ErrorRates) -> Double {
        switch self {
        case .consistent, .partner: 0
        case .branch: rates.branches
        case .withoutTaxIDInCRM: rates.withoutTaxIDInCRM
        case .missingLeft, .missingRight: rates.missing / 2
        case .duplicateLeft, .duplicateRight: rates.duplicate / 2
        case .taxIDDiffers, .kppDiffers, .nameDiffers, .phoneDiffers, .emailDiffers,
            .addressDiffers:
            rates.mismatch / 6
        case .linkToNowhere, .linkToDeleted: rates.brokenLink / 2
        case .linkToOtherTaxpayer, .linkClaimedTwice: rates.conflict / 2
        case .invalidTaxIDLeft, .invalidTaxIDRight, .invalidTaxIDBoth, .invalidKPP:
            rates.invalid / 4
        }
    }
}

/// How much of each thing is planted, as shares of the organisations.
public struct ErrorRates: Hashable, Sendable {
    /// Records without a counterpart, half of them on each side.
    public var missing = 0.02
    /// Records kept twice, half of them on each side.
    public var duplicate = 0.02
    /// Pairs that differ in one field, spread evenly over tax id, КПП, name, phone, e-mail, address.
    public var mismatch = 0.024
    /// Explicit ids that lead nowhere or to a deleted record.
    public var brokenLink = 0.01
    /// Explicit ids that lead to another taxpayer, or that two companies claim.
    public var conflict = 0.01
    /// ИНН and КПП that cannot be right.
    public var invalid = 0.012
    /// Companies of the CRM without ИНН: not an error that must be found, but one that may be.
    public var withoutTaxIDInCRM = 0.05
    /// Branches: the same ИНН with another КПП, no error at all.
    public var branches = 0.04
    /// Share of the names with stray spaces, look-alike letters, typing errors and the like.
    public var dirt = 0.1

    /// The usual mix.
    public init() {}

    /// Two systems that agree, down to the dirt in their writing.
    public static let clean: ErrorRates = {
        var rates = ErrorRates()
        rates.missing = 0
        rates.duplicate = 0
        rates.mismatch = 0
        rates.brokenLink = 0
        rates.conflict = 0
        rates.invalid = 0
        rates.withoutTaxIDInCRM = 0
        return rates
    }()
}

/// Which organisation meets which fate.
///
/// At least one meets each kind that has a rate above zero.
struct FatePlan {
    private(set) var fates: [Fate]
    private(set) var partners: [Int: Int] = [:]
    /// Partners whose own company claims their 1C record too.
    private(set) var claimed: Set<Int> = []

    init(size: Int, seed: UInt64, rates: ErrorRates) {
        var random = RandomSource(seed: seed, stream: 0xFA7E)
        var order = Array(0..<size)
        random.shuffle(&order)
        fates = [Fate](repeating: .consistent, count: size)
        var next = 0
        for fate in Fate.allCases {
            let share = fate.share(rates)
            guard share > 0 else { continue }
            for _ in 0..<max(1, Int((share * Double(size)).rounded())) {
                guard next + (fate.needsPartner ? 2 : 1) <= size else { return }
                fates[order[next]] = fate
                if fate.needsPartner {
                    fates[order[next + 1]] = .partner
                    partners[order[next]] = order[next + 1]
                    if fate == .linkClaimedTwice { claimed.insert(order[next + 1]) }
                    next += 1
                }
                next += 1
            }
        }
    }
}
