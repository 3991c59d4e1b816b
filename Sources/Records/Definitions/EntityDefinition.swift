/// A kind of thing that both sources keep, described by data: a file of `templates/entities/`.
///
/// Nothing in `RecordLinkage`, `Reconciliation` or `Reporting` knows what a counterparty is; they
/// know only what this says.
public struct EntityDefinition: Hashable, Sendable {
    /// The entity's name: `counterparty`.
    public var name: EntityName
    /// What people call one of them, by language code.
    public var title: LocalizedText
    /// The fields, in the order in which records keep their values.
    public var fields: [FieldDefinition]
    /// Header names by which the id column of a file is recognised, the first that is there counts.
    public var idHeaders: [String]
    /// Whether the two sides are linked and compared; otherwise records are only read and kept.
    public var isCompared: Bool
    /// How records that are the same thing are found.
    public var linkage: LinkageDefinition
    /// How linked records are compared and what a difference means.
    public var reconciliation: ReconciliationDefinition

    /// Makes a definition; files are read by `Definitions`, which also checks them.
    public init(
        name: EntityName, title: LocalizedText, fields: [FieldDefinition],
        idHeaders: [String] = ["id"], isCompared: Bool = true,
        linkage: LinkageDefinition, reconciliation: ReconciliationDefinition
    ) {
        self.name = name
        self.title = title
        self.fields = fields
        self.idHeaders = idHeaders
        self.isCompared = isCompared
        self.linkage = linkage
        self.reconciliation = reconciliation
    }

    /// The position of a field in ``fields`` and in every record's values.
    ///
    /// - Returns: `nil` when the entity has no such field.
    /// - Complexity: O(number of fields); look it up once, not per record.
    public func index(of field: FieldName) -> Int? {
        fields.firstIndex { $0.name == field }
    }
}

/// One field of an entity.
public struct FieldDefinition: Hashable, Sendable {
    /// The field's name: `tax_id`.
    public var name: FieldName
    /// What the text means, which decides how it is normalised and validated.
    public var type: FieldType
    /// Whether a record may have several values: phones.
    public var isMultiple: Bool
    /// Whether it is personal data: masked in logs, kept in marked columns, purged by retention.
    public var isPersonal: Bool
    /// Whether a record in which nothing else changed is taken for unchanged: who changed it last.
    ///
    /// The value is kept as it was when something else changed, and is never compared.
    public var isIncidental: Bool
    /// Whether several columns of a file are the parts of one text, in their order: a surname and a name, a
    /// city and a street.
    public var isJoined: Bool
    /// Whether the id column of a file may be its column as well: an article by which a table is keyed.
    public var mayBeID: Bool
    /// What people call it, by language code.
    public var title: LocalizedText
    /// Header names by which a column of a file is recognised as this field, compared without case.
    public var headers: [String]
    /// Whether a file without a column for it is not read.
    ///
    /// For sources that a mapping reads, the mapping says what they may not lack.
    public var isMandatory: Bool
    /// Header names by which the column with the currency of an amount is recognised.
    public var currencyHeaders: [String]
    /// Header names by which the columns are recognised that say of a line what, how much and for how
    /// much; in a list of objects their members' names.
    public var lineHeaders: [LinesMapping.Part: [String]]
    /// The file in which the lines of documents may stand apart from them; `nil` where they never do.
    public var lineFile: LineFile?
    /// The entity whose record's id the values are, so that people are shown what that is called, and
    /// values are compared by the links of that entity.
    public var refersTo: EntityName?

    /// Makes a field.
    public init(
        name: FieldName, type: FieldType, isMultiple: Bool = false, isPersonal: Bool = false,
        isIncidental: Bool = false, isJoined: Bool = false, mayBeID: Bool = false,
        title: LocalizedText,
        headers: [String] = [],
        isMandatory: Bool = false, currencyHeaders: [String] = [],
        lineHeaders: [LinesMapping.Part: [String]] = [:], lineFile: LineFile? = nil,
        refersTo: EntityName? = nil
    ) {
        self.name = name
        self.type = type
        self.isMultiple = isMultiple
        self.isPersonal = isPersonal
        self.isIncidental = isIncidental
        self.isJoined = isJoined
        self.mayBeID = mayBeID
        self.title = title
        self.headers = headers
        self.isMandatory = isMandatory
        self.currencyHeaders = currencyHeaders
        self.lineHeaders = lineHeaders
        self.lineFile = lineFile
        self.refersTo = refersTo
    }
}

/// A file with nothing but lines, each of which names its document.
public struct LineFile: Hashable, Sendable {
    /// What it is called, without its ending and a date or number: `order_lines`.
    public var name: String
    /// Header names by which the column with the document's id is recognised, the first that is there
    /// counts.
    public var documentHeaders: [String]

    /// Names a file.
    public init(name: String, documentHeaders: [String]) {
        self.name = name
        self.documentHeaders = documentHeaders
    }
}

/// What the values of a field mean.
public enum FieldType: String, Hashable, Sendable, Codable, CaseIterable {
    /// Free text.
    case text
    /// A code or id, compared exactly after trimming: an article, an id of the other system.
    case code
    /// The name of an organisation, sole proprietor or person, with its legal form.
    case organizationName = "organization_name"
    /// A person's name or a part of it.
    case personName = "person_name"
    /// ИНН, the Russian taxpayer number.
    case taxID = "tax_id"
    /// КПП, the code of the reason for tax registration.
    case kpp
    /// ОГРН or ОГРНИП, the number in the state register.
    case registrationNumber = "registration_number"
    /// A telephone number.
    case phone
    /// An e-mail address.
    case email
    /// A postal address.
    case address
    /// Lines of a document, each a ``DocumentLine``; `refersTo` says of which entity its products are.
    case line
    /// Yes or no.
    case boolean
    /// A whole number.
    case integer
    /// An exact decimal number.
    case quantity
    /// An amount of money.
    case money
    /// A day.
    case date
    /// A moment.
    case instant
}
