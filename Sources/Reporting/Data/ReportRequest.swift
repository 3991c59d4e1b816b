public import Foundation
public import Records

/// What a report is to be made for: the time it covers, the language, the names of things.
public struct ReportRequest: Sendable {
    /// What it covers.
    public var period: ReportPeriod
    /// What it is compared with, where the calendar does not say it: the runs before.
    public var earlier: [ReportComparison: ReportPeriod] = [:]
    /// The company's time zone.
    public var timeZone: TimeZone
    /// The language it is written in.
    public var language: ReportLanguage
    /// The company's name; empty for none.
    public var company: String
    /// What entities, fields and systems are called.
    public var names: ReportNames
    /// Parameters of the definition that are to have another value than their default.
    public var parameters: [String: String]
    /// When it is made: stands in the file, and equal requests give equal bytes.
    public var madeAt: Date

    /// Makes a request.
    public init(
        period: ReportPeriod, timeZone: TimeZone, language: ReportLanguage, company: String = "",
        names: ReportNames = ReportNames(), parameters: [String: String] = [:], madeAt: Date
    ) {
        self.period = period
        self.timeZone = timeZone
        self.language = language
        self.company = company
        self.names = names
        self.parameters = parameters
        self.madeAt = madeAt
    }
}

/// What people call things that tables hold by their key.
public struct ReportNames: Sendable {
    /// An entity's names: its own and those of its fields.
    public struct Entity: Sendable {
        /// Its name by language code.
        public var title: LocalizedText
        /// Its fields' names by language code.
        public var fields: [String: LocalizedText]
        /// Its fields' types, by which values are written.
        public var types: [String: FieldType]

        /// Makes names.
        public init(
            title: LocalizedText, fields: [String: LocalizedText], types: [String: FieldType] = [:]
        ) {
            self.title = title
            self.fields = fields
            self.types = types
        }
    }

    /// The entities by key.
    public var entities: [String: Entity]
    /// The names of the two systems.
    public var sides: [Side: String]
    /// The types of the integration's errors.
    public var errorTypes: ErrorTypes

    /// Makes names.
    public init(
        entities: [String: Entity] = [:], sides: [Side: String] = [:],
        errorTypes: ErrorTypes = ErrorTypes(types: [], rules: [])
    ) {
        self.entities = entities
        self.sides = sides
        self.errorTypes = errorTypes
    }

    /// Takes the names of entity definitions.
    public init(
        _ definitions: [EntityDefinition], sides: [Side: String],
        errorTypes: ErrorTypes = ErrorTypes(types: [], rules: [])
    ) {
        self.init(sides: sides, errorTypes: errorTypes)
        for definition in definitions {
            entities[definition.name.rawValue] = Entity(
                title: definition.title,
                fields: Dictionary(
                    definition.fields.map { ($0.name.rawValue, $0.title) }
                ) { first, _ in first },
                types: Dictionary(
                    definition.fields.map { ($0.name.rawValue, $0.type) }
                ) { first, _ in first })
        }
    }
}
