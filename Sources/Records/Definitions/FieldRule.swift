/// How one field of linked records is compared and what a difference means.
public struct FieldRule: Hashable, Sendable {
    /// The field.
    public var field: FieldName
    /// How much a difference matters.
    public var severity: Finding.Severity
    /// The side that is right when the two differ; `nil` when neither is.
    public var authoritative: Side?
    /// How far numbers and amounts may lie apart, inclusive.
    public var tolerance: Tolerance
    /// What a value on the left side only means; `nil` when it means nothing.
    public var onlyLeft: Finding.Severity?
    /// What a value on the right side only means; `nil` when it means nothing.
    public var onlyRight: Finding.Severity?
    /// Fields whose values count as further values of this one, on both sides.
    ///
    /// Of a text with strokes, such as ИНН/КПП, each part counts.
    public var alternatives: [FieldName]
    /// Texts that mean the same, by meaning: each system has its own words for the state of an order.
    public var equivalents: [String: [String]]
    /// Fields whose mismatch explains a mismatch here, so that only theirs is reported.
    public var explainedBy: [FieldName]
    /// Money at stake; `nil` for that of the kind.
    public var atStake: Money?

    /// Makes a rule.
    public init(
        field: FieldName, severity: Finding.Severity = .warning, authoritative: Side? = nil,
        tolerance: Tolerance = .none, onlyLeft: Finding.Severity? = nil,
        onlyRight: Finding.Severity? = nil, alternatives: [FieldName] = [],
        equivalents: [String: [String]] = [:], explainedBy: [FieldName] = [], atStake: Money? = nil
    ) {
        self.field = field
        self.severity = severity
        self.authoritative = authoritative
        self.tolerance = tolerance
        self.onlyLeft = onlyLeft
        self.onlyRight = onlyRight
        self.alternatives = alternatives
        self.equivalents = equivalents
        self.explainedBy = explainedBy
        self.atStake = atStake
    }
}

/// How far two numbers may lie apart and still be the same.
public enum Tolerance: Hashable, Sendable {
    /// Not at all.
    case none
    /// By an exact amount, in the unit of the field: major units for money, days for dates,
    /// seconds for moments.
    case absolute(Quantity)
    /// By a share of the greater magnitude, in hundredths of a percent.
    case basisPoints(Int)
}

/// Which values of a field are possible at all.
public struct ValidityRule: Hashable, Sendable {
    /// The field; its type says what is checked.
    public var field: FieldName
    /// How much an impossible value matters.
    public var severity: Finding.Severity
    /// Texts that people type for "none": such a value counts as empty when records are compared.
    public var junk: [String]
    /// How much such a text matters; `nil` when it does not.
    public var junkSeverity: Finding.Severity?
    /// Records that are not checked, by values of a field: foreign ones have other numbers.
    public var exceptions: [FieldName: [String]]
    /// What a number must not fall below; `nil` when every number is possible.
    public var bound: LowerBound?
    /// What a text must be, beyond what its type says; `nil` when nothing.
    public var form: Form?

    /// Where possible numbers begin; amounts in major units.
    public enum LowerBound: Hashable, Sendable {
        /// Above this number.
        case above(Quantity)
        /// At this number.
        case atLeast(Quantity)
    }

    /// A form that texts of a field have.
    public enum Form: String, Hashable, Sendable, CaseIterable {
        /// A number of goods under the rules of GS1: 8, 12, 13 or 14 digits of which the last is the
        /// check digit. Other texts are codes of the house, and possible.
        case gs1
    }

    /// Makes a rule.
    public init(
        field: FieldName, severity: Finding.Severity = .warning, junk: [String] = [],
        junkSeverity: Finding.Severity? = nil, exceptions: [FieldName: [String]] = [:],
        bound: LowerBound? = nil, form: Form? = nil
    ) {
        self.bound = bound
        self.form = form
        self.field = field
        self.severity = severity
        self.junk = junk
        self.junkSeverity = junkSeverity
        self.exceptions = exceptions
    }
}
