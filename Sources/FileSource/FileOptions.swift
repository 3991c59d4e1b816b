/// How a file of records is written, where that is not to be found out from the file itself.
public struct FileOptions: Hashable, Sendable {
    /// The letters of a file.
    public enum Encoding: String, Hashable, Sendable, CaseIterable {
        /// UTF-8, with or without a byte order mark.
        case utf8 = "utf-8"
        /// The Cyrillic code page of Windows.
        case windows1251 = "windows-1251"
    }

    /// The letters; `nil` finds out.
    public var encoding: Encoding?
    /// What separates the cells of a line; `nil` finds out among `,` `;` `|` and the tab.
    public var delimiter: Character?
    /// The header of the column with the ids; `nil` takes the first of ``idColumns`` that is there.
    public var idColumn: String?
    /// Headers under which ids are looked for, in this order, whatever the case of letters.
    public var idColumns: [String]

    /// Makes options.
    public init(
        encoding: Encoding? = nil, delimiter: Character? = nil, idColumn: String? = nil,
        idColumns: [String] = FileOptions.usualIDColumns
    ) {
        self.encoding = encoding
        self.delimiter = delimiter
        self.idColumn = idColumn
        self.idColumns = idColumns
    }

    /// Headers that ids have in exports of 1C, of Bitrix24 and of research sets.
    public static let usualIDColumns = [
        "Ref_Key", "Ссылка", "GUID", "UID", "УникальныйИдентификатор", "ID", "Ид", "rec_id",
        "record_id", "row_id", "Идентификатор", "external_id", "Код", "Code", "№",
    ]
}
