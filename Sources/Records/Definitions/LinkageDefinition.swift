/// How records that are the same thing are found: the `linkage` section of an entity file.
///
/// Every part may be left out; what is missing follows from the types of the fields, see
/// ``completed(for:)``.
public struct LinkageDefinition: Hashable, Sendable {
    /// Fields in which one record names the other's id.
    public var explicitLinks: [ExplicitLink]
    /// Fields that together decide that two records are the same thing.
    public var rules: [KeyRule]
    /// Fields that together decide that two records are not the same thing.
    public var distinctions: [Distinction]
    /// What is compared, and how; `nil` follows from the fields.
    public var comparisons: [ComparisonDefinition]?
    /// Which pairs are looked at; `nil` follows from the comparisons.
    public var blocking: [BlockingRule]?
    /// How many counterparts a record may have.
    public var assignment: AssignmentPolicy
    /// When a link is sure, and when a person should look.
    public var zones: DecisionZones

    /// Makes a definition; an empty one leaves all to the types of the fields.
    public init(
        explicitLinks: [ExplicitLink] = [], rules: [KeyRule] = [],
        distinctions: [Distinction] = [], comparisons: [ComparisonDefinition]? = nil,
        blocking: [BlockingRule]? = nil, assignment: AssignmentPolicy = .oneToOne,
        zones: DecisionZones = DecisionZones()
    ) {
        self.assignment = assignment
        self.zones = zones
        self.explicitLinks = explicitLinks
        self.rules = rules
        self.distinctions = distinctions
        self.comparisons = comparisons
        self.blocking = blocking
    }
}

/// Equality of a value on the left and a value on the right that is a link by itself.
public struct ExplicitLink: Hashable, Sendable {
    /// One side's value.
    public enum Operand: Hashable, Sendable {
        /// The record's id.
        case id
        /// A field that holds the other record's id.
        case field(FieldName)
    }

    /// The left record's value.
    public var left: Operand
    /// The right record's value.
    public var right: Operand

    /// Makes a link of two values.
    public init(left: Operand, right: Operand) {
        self.left = left
        self.right = right
    }

    /// The field that holds the id, as reasons name it.
    public var fieldName: String {
        switch (left, right) {
        case (_, .field(let name)): name.rawValue
        case (.field(let name), _): name.rawValue
        default: "id"
        }
    }
}

/// Key fields whose agreement decides.
public struct KeyRule: Hashable, Sendable {
    /// The rule's name in reasons: `tax_id+kpp`.
    public var name: String
    /// Fields that both records have, valid and equal.
    public var same: [FieldName]
    /// Fields that must not differ where both records have them.
    public var compatible: [FieldName]
    /// Whether the rule holds only where at most one record a side has these values.
    public var isUnique: Bool
    /// The least match weight, in bits, of all other evidence; below it the rule does not hold.
    public var leastOtherEvidence: Double?

    /// Makes a rule.
    public init(
        name: String, same: [FieldName], compatible: [FieldName] = [], isUnique: Bool = false,
        leastOtherEvidence: Double? = nil
    ) {
        self.name = name
        self.same = same
        self.compatible = compatible
        self.isUnique = isUnique
        self.leastOtherEvidence = leastOtherEvidence
    }
}

/// Two records are different things when some fields agree and others do not: one ИНН, two КПП.
public struct Distinction: Hashable, Sendable {
    /// Fields that both records have, valid and equal.
    public var same: [FieldName]
    /// Fields that both records have, valid, and of which at least one differs.
    public var different: [FieldName]
    /// How many comparisons of other fields must speak for the pair, and none against it, so that it
    /// does not hold; `nil`: it always does.
    ///
    /// Only between two sides of which each has one such record: there is no branch to tell apart,
    /// one of the values is wrong.
    public var overruledBy: Int?

    /// Makes a distinction.
    public init(same: [FieldName], different: [FieldName], overruledBy: Int? = nil) {
        self.same = same
        self.different = different
        self.overruledBy = overruledBy
    }
}

/// What is compared between two records, and how.
public struct ComparisonDefinition: Hashable, Sendable {
    /// The comparison's name in reasons and in the model.
    public var name: String
    /// The fields; each value of one record is compared with each of the other's, the best counts.
    public var fields: [FieldName]
    /// How values are compared.
    public var method: ComparisonMethod
    /// Least similarity of each level but the last, falling, 0 to 1; empty takes the method's own.
    public var thresholds: [Double]
    /// Whether agreement on a rare value counts more than on a frequent one.
    public var usesTermFrequency: Bool
    /// A field whose agreement already implies this one's: it is then not counted again.
    public var impliedBy: FieldName?

    /// Makes a comparison.
    public init(
        name: String, fields: [FieldName], method: ComparisonMethod, thresholds: [Double] = [],
        usesTermFrequency: Bool = true, impliedBy: FieldName? = nil
    ) {
        self.name = name
        self.fields = fields
        self.method = method
        self.thresholds = thresholds
        self.usesTermFrequency = usesTermFrequency
        self.impliedBy = impliedBy
    }
}

/// How two values are compared.
public enum ComparisonMethod: String, Hashable, Sendable, Codable, CaseIterable {
    /// Names of organisations and persons, taken apart.
    case name
    /// The legal form within a name.
    case legalForm = "legal_form"
    /// Names of persons, in any order of the parts, with initials. Of several fields the first is the
    /// whole name where it has two words; else all are read as one, as its parts.
    case personName = "person_name"
    /// Free text by its words, rare ones counting more, with typing errors.
    case tokens = "token_tfidf"
    /// Free text by pieces of its words: typing errors, endings and articles written together or
    /// apart change little. Several fields are read as one text.
    case similarText = "similar_text"
    /// A short text as a whole, by Jaro–Winkler similarity.
    case jaroWinkler = "jaro_winkler"
    /// A short text as a whole, by typing errors.
    case damerauLevenshtein = "damerau_levenshtein"
    /// Equal or not.
    case exact
    /// A number or code: equal, one typing error, different.
    case digits
    /// Several values a record, of which one in common is enough: phones, e-mails.
    case overlap
    /// Postal addresses, taken apart.
    case address
    /// Places named in addresses and, in brackets or beside the name, in names.
    case place
    /// Numbers, by their relative difference.
    case numeric
    /// The numbers within a text: sizes with their units, articles, pack units. «Кабель 3 м» is not
    /// «Кабель 5 м», whatever else the two have in common.
    case numbers
    /// Days: equal; a typing error, day and month swapped or the next day; within a week; within a
    /// month; the same day of another year; different.
    case date
}

/// Records that agree on all keys of a rule become candidate pairs.
public struct BlockingRule: Hashable, Sendable {
    /// The keys.
    public var keys: [BlockingKey]
    /// Blocks of more records are left out; `nil` takes a limit that suits the keys.
    public var largestBlock: Int?

    /// Makes a rule.
    public init(_ keys: [BlockingKey], largestBlock: Int? = nil) {
        self.keys = keys
        self.largestBlock = largestBlock
    }

    /// The rule as statistics name it: `name:prefix+address:city`.
    public var name: String { keys.map(\.name).joined(separator: "+") }
}

/// What of a field's value records must have in common.
public struct BlockingKey: Hashable, Sendable {
    /// How a key is made of a value.
    public enum Transform: String, Hashable, Sendable, CaseIterable {
        /// The whole normalised value.
        case whole
        /// The value with one typing error anywhere.
        case oneError = "one_error"
        /// Each word that is not frequent, as it sounds: `Карона` meets `Корона`.
        case rareWord = "rare_word"
        /// Each pair of words, as they sound.
        case wordPair = "word_pair"
        /// The first letters, spaces left out.
        case prefix
        /// The last letters, spaces left out.
        case suffix
        /// Surname, as it sounds, with the first initial, or the first word with the second's initial.
        case initials
        /// The city of an address.
        case city
        /// The year of a date.
        case year
        /// Each number within a text: a size, an article. Beside another key, of which there are many in
        /// all sizes.
        case numbers
        /// The texts that are most similar, found by the pieces of their words.
        case similar
    }

    /// The field.
    public var field: FieldName
    /// How the key is made.
    public var transform: Transform

    /// Makes a key.
    public init(_ field: FieldName, _ transform: Transform = .whole) {
        self.field = field
        self.transform = transform
    }

    /// The key as definition files write it: `tax_id`, `name:rare_word`.
    public var name: String {
        transform == .whole ? field.rawValue : "\(field.rawValue):\(transform.rawValue)"
    }
}
