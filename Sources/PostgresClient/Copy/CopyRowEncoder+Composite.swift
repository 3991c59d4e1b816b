/// Types of more than one part.
extension CopyRowEncoder {
    /// A `numeric`.
    ///
    /// - Parameter text: Decimal text such as `-12.50`, `NaN` or `Infinity`; another text makes the
    ///   row fail.
    public mutating func numeric(_ text: String) {
        guard let number = BinaryNumeric(text) else {
            failure = failure ?? refusal("is not a decimal number")
            return null()
        }
        begin(byteCount: Int32(8 + 2 * number.digits.count))
        append(Int16(number.digits.count))
        append(number.weight)
        append(number.sign)
        append(number.scale)
        for digit in number.digits { append(digit) }
    }

    /// A `numeric`.
    ///
    /// - Parameter text: Decimal text; `nil` is NULL.
    public mutating func numeric(_ text: String?) {
        if let text { numeric(text) } else { null() }
    }

    /// A `text[]`.
    ///
    /// - Parameter texts: The elements; `nil` among them is NULL.
    public mutating func textArray(_ texts: [String?]) {
        appendField { encoder in
            encoder.appendArrayHeader(
                count: texts.count, hasNull: texts.contains { $0 == nil }, element: 25)
            for text in texts {
                if let text {
                    encoder.appendSized { $0.appendText(text) }
                } else {
                    encoder.append(Int32(-1))
                }
            }
        }
    }

    /// A `text[]`.
    ///
    /// - Parameter texts: The elements.
    public mutating func textArray(_ texts: [String]) {
        appendField { encoder in
            encoder.appendArrayHeader(count: texts.count, hasNull: false, element: 25)
            for text in texts { encoder.appendSized { $0.appendText(text) } }
        }
    }

    /// A `bigint[]`.
    ///
    /// - Parameter numbers: The elements.
    public mutating func int64Array(_ numbers: [Int64]) {
        appendField { encoder in
            encoder.appendArrayHeader(
                count: numbers.count, hasNull: false, element: TypeIdentifier.int8)
            for number in numbers {
                encoder.append(Int32(8))
                encoder.append(number)
            }
        }
    }

    private mutating func appendArrayHeader(count: Int, hasNull: Bool, element: UInt32) {
        append(Int32(count == 0 ? 0 : 1))  // dimensions
        append(Int32(hasNull ? 1 : 0))
        append(element)
        guard count > 0 else { return }
        append(Int32(count))
        append(Int32(1))  // the lower bound
    }
}
