/// How linked records are compared and what a difference means: the `reconciliation` section.
public struct ReconciliationDefinition: Hashable, Sendable {
    /// Fields by which a person recognises a record; the first that has a value is the title.
    public var titleFields: [FieldName]
    /// The boolean field that says that a record is marked as deleted, if the entity has one.
    public var deletedField: FieldName?
    /// Fields that carry the id of the same thing in the other system.
    public var explicitIDs: [ExplicitIDRule]
    /// What contradicts an explicit link, if the entity has an identifier that can.
    public var identity: IdentityRule?
    /// How linked records are compared, in the order of the file.
    public var fieldRules: [FieldRule]
    /// Which values are checked for being possible at all.
    public var validityRules: [ValidityRule]
    /// What each kind of finding means; a kind that is absent has the defaults of ``KindRule``.
    public var kindRules: [Finding.Kind: KindRule]

    /// Makes a definition; without arguments one under which nothing is compared.
    public init(
        titleFields: [FieldName] = [], deletedField: FieldName? = nil,
        explicitIDs: [ExplicitIDRule] = [], identity: IdentityRule? = nil,
        fieldRules: [FieldRule] = [], validityRules: [ValidityRule] = [],
        kindRules: [Finding.Kind: KindRule] = [:]
    ) {
        self.titleFields = titleFields
        self.deletedField = deletedField
        self.explicitIDs = explicitIDs
        self.identity = identity
        self.fieldRules = fieldRules
        self.validityRules = validityRules
        self.kindRules = kindRules
    }

    /// What a kind of finding means, with defaults where the file is silent.
    public func rule(for kind: Finding.Kind) -> KindRule { kindRules[kind] ?? KindRule() }
}

/// What one kind of finding means to people.
public struct KindRule: Hashable, Sendable {
    /// How much it matters, unless a rule of a field says otherwise.
    public var severity: Finding.Severity
    /// Minutes that a person needs to mend one.
    public var minutesToFix: Int
    /// Money at stake in one, when it can be told.
    public var atStake: Money?
    /// Fields in which the other side must have a record's value at all for it to be missing there.
    ///
    /// Of a price type that the other side does not keep, no price is missing. Of `missing` only.
    public var within: [FieldName]
    /// Records that the other side is not expected to have, by values of a field: a draft.
    ///
    /// Numbers compare as numbers; the words of a field with ``FieldRule/equivalents`` by their
    /// meaning. Of `missing` only.
    public var exceptions: [FieldName: [String]]

    /// Makes a rule.
    public init(
        severity: Finding.Severity = .warning, minutesToFix: Int = 5, atStake: Money? = nil,
        within: [FieldName] = [], exceptions: [FieldName: [String]] = [:]
    ) {
        self.severity = severity
        self.minutesToFix = minutesToFix
        self.atStake = atStake
        self.within = within
        self.exceptions = exceptions
    }
}

/// A field that carries the id of the same thing in the other system.
public struct ExplicitIDRule: Hashable, Sendable {
    /// The field with the id.
    public var field: FieldName
    /// The sides on which it is one.
    public var sides: [Side]
    /// The field of the other side that it names; `nil` for the other side's id itself.
    public var target: FieldName?

    /// Makes a rule.
    public init(field: FieldName, sides: [Side] = Side.allCases, target: FieldName? = nil) {
        self.field = field
        self.sides = sides
        self.target = target
    }
}

/// The identifier that an explicit link must not contradict.
public struct IdentityRule: Hashable, Sendable {
    /// The field: two valid values that differ make an explicit link a conflict.
    public var field: FieldName
    /// Fields whose values count as further values of it.
    public var alternatives: [FieldName]

    /// Makes a rule.
    public init(field: FieldName, alternatives: [FieldName] = []) {
        self.field = field
        self.alternatives = alternatives
    }
}
