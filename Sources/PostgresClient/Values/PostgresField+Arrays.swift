/// Arrays of one dimension.
extension PostgresField {
    /// The elements of an array in their text form.
    ///
    /// - Throws: ``PostgresError`` of kind `decodingFailed` when the array holds NULL.
    public var textArray: [String] {
        get throws { try withoutNull(decode(ArrayOf<String>.self).elements) }
    }

    /// As ``textArray``; `nil` for SQL NULL.
    public var optionalTextArray: [String]? {
        get throws {
            try decodeIfPresent(ArrayOf<String>.self).map { try withoutNull($0.elements) }
        }
    }

    /// The elements of an array in their text form; `nil` for NULL among them.
    public var textArrayWithNulls: [String?] {
        get throws { try decode(ArrayOf<String>.self).elements }
    }

    /// The elements of an array of whole numbers.
    ///
    /// - Throws: ``PostgresError`` of kind `decodingFailed` when the array holds NULL.
    public var int64Array: [Int64] {
        get throws { try withoutNull(decode(WholeNumberArray.self).elements) }
    }

    /// As ``int64Array``; `nil` for SQL NULL.
    public var optionalInt64Array: [Int64]? {
        get throws {
            try decodeIfPresent(WholeNumberArray.self).map { try withoutNull($0.elements) }
        }
    }

    private func withoutNull<Element>(_ elements: [Element?]) throws -> [Element] {
        try elements.map { element in
            guard let element else {
                throw PostgresError(
                    .decodingFailed(column: label), statement: row.result.statement,
                    message: "column \(label) holds an array with a NULL element")
            }
            return element
        }
    }
}
