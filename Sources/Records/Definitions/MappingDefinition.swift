/// How one kind of system names what entities consist of: a file of `templates/mappings/`.
public struct MappingDefinition: Hashable, Sendable {
    /// The kind of system, which decides the collector: `onec`, `bitrix24`.
    public var system: String
    /// What people call it, by language code.
    public var title: LocalizedText
    /// How the system says that it gives changes only; `nil` when it always gives the whole.
    public var changes: ChangesMark?
    /// Lists, and fields of lists as `list.field`, by which a system of just this kind is known.
    public var signs: [String] = []
    /// Its entities, in the order of the file; one that several lists give stands several times.
    public var entities: [EntityMapping]

    /// Makes a mapping; files are read by `Definitions`, which also checks them.
    public init(
        system: String, title: LocalizedText, changes: ChangesMark? = nil,
        entities: [EntityMapping]
    ) {
        self.system = system
        self.title = title
        self.changes = changes
        self.entities = entities
    }

    /// The mapping of an entity; `nil` when this kind of system does not keep it.
    ///
    /// Where several lists give its records, this is the first.
    public subscript(entity: EntityName) -> EntityMapping? {
        entities.first { $0.entity == entity }
    }

    /// The mappings of all lists that give records of an entity: deals, then invoices.
    public func sections(of entity: EntityName) -> [EntityMapping] {
        entities.filter { $0.entity == entity }
    }
}

/// How a system says that what it gives are changes since last time, from whose silence nothing
/// follows.
public enum ChangesMark: Hashable, Sendable {
    /// It gives nothing else.
    case always
    /// A member around the records reads like one of these texts, whatever the case of letters.
    case member(String, values: [String])
    /// The records stand inside an element of one of these names.
    case inside([String])
}

/// Where the records of one entity and their fields come from in one kind of system.
public struct EntityMapping: Hashable, Sendable {
    /// The entity.
    public var entity: EntityName
    /// Where its records are listed: an OData entity set, a list method.
    public var list: String
    /// Where the list's fields are described, when that is a place of its own.
    public var description: String?
    /// What gives a record's id.
    public var id: MappingExpression
    /// What is put before each id, so that the ids of several lists stay apart.
    public var idPrefix: String
    /// Where the records stand inside what is listed; `nil` when they are what is listed.
    public var rows: MappingRows?
    /// The rights that reading needs, in the system's words.
    public var rights: [String]
    /// The address of a record under the system's own; `{id}` stands for the id.
    public var webAddress: String?
    /// How the source marks that it gives changes only; `nil` when what the mapping says of all
    /// its entities holds.
    public var changes: ChangesMark?
    /// Where it is listed what is no longer there; `nil` when the source does not say.
    public var deletions: DeletionList?
    /// Further lists whose rows belong to the records, owners before what they own.
    public var related: [RelatedList]
    /// Small lists to read before the records, each after those that it uses.
    public var lookups: [LookupList]
    /// Members whose names differ from system to system, to be found before the records are read.
    public var properties: [MappingProperty] = []
    /// What a list that is computed is told, by the names of its parameters.
    public var arguments: [MappingArgument] = []
    /// How a list is read that has a way of its own; `nil` where the system knows one way only.
    public var paging: MappingPaging?
    /// What is added up over rows that get one id; `nil` where each row has an id of its own.
    public var sum: MappingSum?
    /// Records of which any of these holds are none of this entity's.
    public var skips: [MappingCondition]
    /// Texts that stand for no value in this system, such as the zero GUID.
    public var emptyValues: [String]
    /// Whether texts hold HTML entities (`&quot;`) that are to be decoded.
    public var decodesHTMLEntities: Bool
    /// The fields that are mapped.
    public var fields: [FieldMapping]
    /// What is read in its place from a system too old for its lists; nothing, when it is empty, and
    /// `nil` when such a system cannot be read.
    public var older: [EntityMapping]?

    /// Makes a mapping of one entity.
    public init(
        entity: EntityName, list: String, description: String? = nil, id: MappingExpression,
        idPrefix: String = "",
        rows: MappingRows? = nil, rights: [String] = [], webAddress: String? = nil,
        changes: ChangesMark? = nil, related: [RelatedList] = [],
        lookups: [LookupList] = [],
        skips: [MappingCondition] = [], emptyValues: [String] = [],
        decodesHTMLEntities: Bool = false, fields: [FieldMapping],
        older: [EntityMapping]? = nil
    ) {
        self.entity = entity
        self.list = list
        self.description = description
        self.id = id
        self.idPrefix = idPrefix
        self.rows = rows
        self.rights = rights
        self.webAddress = webAddress
        self.changes = changes
        self.related = related
        self.lookups = lookups
        self.skips = skips
        self.emptyValues = emptyValues
        self.decodesHTMLEntities = decodesHTMLEntities
        self.fields = fields
        self.older = older
    }
}

/// Where a source that gives changes lists the records that are no longer there.
public struct DeletionList: Hashable, Sendable {
    /// Where they are listed.
    public var list: String
    /// What gives the id of the record; nothing where a deletion is of another entity.
    public var id: MappingExpression

    /// Makes a list.
    public init(list: String, id: MappingExpression) {
        self.list = list
        self.id = id
    }
}

/// Records that stand as rows inside the objects of a list: the prices of an offer.
public struct MappingRows: Hashable, Sendable {
    /// Where the rows stand in an object; those of all places are taken, unless told otherwise.
    public var paths: [MappingPath]
    /// Whether only the first of the places counts at which there are rows.
    public var isFirstOnly: Bool
    /// The name under which a row's payload has the object around it, without its rows.
    public var around: String

    /// Makes rows.
    public init(paths: [MappingPath], isFirstOnly: Bool = false, around: String) {
        self.paths = paths
        self.isFirstOnly = isFirstOnly
        self.around = around
    }
}

/// A list whose rows belong to the records of another: the requisites of companies.
///
/// The rows of an owner become a list under ``name`` in its payload, where paths find them.
public struct RelatedList: Hashable, Sendable {
    /// The name under which the rows stand in their owner.
    public var name: String
    /// Where the rows are listed.
    public var list: String
    /// Where the list's fields are described, when that is a place of its own.
    public var description: String?
    /// The related list whose rows own these; `nil` when the records themselves do.
    public var parent: String?
    /// The member of a row that holds its own id; `nil` when rows have none.
    public var id: String?
    /// The member of a row that holds its owner's id.
    public var owner: String
    /// The member of a record that rows refer to by ``owner``; `nil` when it is the record's id.
    public var by: String?
    /// Members that rows must have with these texts, in order of name.
    public var filter: [Filter]
    /// The members by which an owner's rows are ordered, numbers as numbers.
    public var order: [String]

    /// A member and the text that it must have.
    public struct Filter: Hashable, Sendable {
        /// The member's name.
        public var member: String
        /// The text.
        public var value: String

        /// Makes a filter.
        public init(member: String, value: String) {
            self.member = member
            self.value = value
        }
    }

    /// Makes a related list.
    public init(
        name: String, list: String, description: String? = nil, parent: String? = nil,
        id: String? = nil, owner: String, by: String? = nil, filter: [Filter] = [],
        order: [String] = []
    ) {
        self.name = name
        self.list = list
        self.description = description
        self.parent = parent
        self.id = id
        self.owner = owner
        self.by = by
        self.filter = filter
        self.order = order
    }
}

/// Where one field comes from.
public struct FieldMapping: Hashable, Sendable {
    /// The field.
    public var name: FieldName
    /// What gives its value.
    public var expression: MappingExpression
    /// Whether reading is pointless when the source does not know the names it comes from.
    public var isMandatory: Bool

    /// Makes a field's mapping.
    public init(name: FieldName, expression: MappingExpression, isMandatory: Bool = false) {
        self.name = name
        self.expression = expression
        self.isMandatory = isMandatory
    }
}

/// What gives a field's values.
public indirect enum MappingExpression: Hashable, Sendable {
    /// Everything at a place of the payload.
    case path(MappingPath)
    /// Always the same text.
    case constant(String)
    /// The values of the first that has any.
    case firstOf([MappingExpression])
    /// The values of all, one after another.
    case allOf([MappingExpression])
    /// One text for each element at a place: its parts that are not empty, joined.
    ///
    /// An element gives nothing when its member `needs` is empty.
    case joined(
        each: MappingPath?, parts: [MappingPath], separator: String, needs: MappingPath?)
    /// How many values stand at these places together; nothing when the payload has none of the
    /// members with which they begin.
    case count([MappingPath])
    /// Each amount with its currency behind it, as letters of ISO 4217; one that is not known is
    /// ``CurrencyCode/unknown``, with a note. An amount that says its currency itself keeps it.
    case amount(MappingExpression, currency: MappingExpression)
    /// Lines of a document, one text each: see ``DocumentLine``.
    case lines(LinesMapping)
    /// One text of all parts, for ids that several things make up; nothing when one is empty.
    case key([MappingExpression], separator: String)
    /// The values of the first case whose conditions all hold.
    case cases([MappingCase])
    /// A part of each value: `GUID` of `GUID#GUID`.
    case part(MappingExpression, MappingPart)
    /// Each value replaced by the text that stands for it; unknown ones by `otherwise`.
    case translated(MappingExpression, [String: String], otherwise: String?)
    /// Each value replaced by what the lookup of this name says of it; one that is not in there
    /// stays, with a note.
    case lookedUp(MappingExpression, String)
    /// Only the values that pass.
    case restricted(MappingExpression, MappingRestriction)
}

/// Which part of a text is taken.
public enum MappingPart: Hashable, Sendable {
    /// What stands before the first of these marks; all of it when there is none.
    case before(String)
    /// What stands after the first of these marks; nothing when there is none.
    case after(String)
}

/// One case of several.
public struct MappingCase: Hashable, Sendable {
    /// What must hold, all of it; nothing means always.
    public var conditions: [MappingCondition]
    /// What gives the values then.
    public var value: MappingExpression

    /// Makes a case.
    public init(conditions: [MappingCondition], value: MappingExpression) {
        self.conditions = conditions
        self.value = value
    }
}

/// What values must be like to be taken.
public struct MappingRestriction: Hashable, Sendable {
    /// The form of a text.
    public enum Form: String, Hashable, Sendable, CaseIterable {
        /// Eight, four, four, four and twelve hexadecimal digits.
        case guid
    }

    /// The form that a value must have.
    public var form: Form?
    /// Texts that are no values here.
    public var excluded: [String]
    /// A place whose value is no value here: a reference of a record to itself.
    public var differsFrom: MappingPath?

    /// Makes a restriction.
    public init(form: Form? = nil, excluded: [String] = [], differsFrom: MappingPath? = nil) {
        self.form = form
        self.excluded = excluded
        self.differsFrom = differsFrom
    }
}

/// Something that holds for a payload or does not.
public struct MappingCondition: Hashable, Sendable {
    /// What is asked of the values at the place.
    public enum Question: Hashable, Sendable {
        /// One of them is one of these texts; booleans read `true` and `false`.
        case equals([String])
        /// None of them is one of these texts.
        case differs([String])
        /// There is one that is not empty, or there is none.
        case filled(Bool)
        /// One of them consists of this many digits, spaces aside.
        case digits(Int)
        /// One of them begins with one of these texts, whatever the case of letters.
        case startsWith([String])
    }

    /// The place.
    public var path: MappingPath
    /// Further places whose values are asked as well.
    public var furtherPaths: [MappingPath] = []
    /// The lookup that says what the values mean, when the question is about that.
    public var lookup: String?
    /// What is asked.
    public var question: Question
    /// The name by which what was left out is counted: `folder`.
    public var reason: String?
    /// Whether what is left out for it speaks against completeness.
    public var isDoubtful = false

    /// All places.
    public var paths: [MappingPath] { [path] + furtherPaths }

    /// Makes a condition.
    public init(
        path: MappingPath, lookup: String? = nil, question: Question, reason: String? = nil
    ) {
        self.path = path
        self.lookup = lookup
        self.question = question
        self.reason = reason
    }
}
