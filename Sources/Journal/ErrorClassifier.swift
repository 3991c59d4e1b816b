public import Records

/// What a message of the journal is taken for.
public struct ClassifiedError: Hashable, Sendable {
    /// The name of its kind, ``ErrorTypes/unknown`` where no rule fits.
    public let type: String
    /// The message with what differs from case to case taken out, the code where there is none.
    ///
    /// Numbers, ids, quoted texts and names of persons are gone; at most 240 bytes.
    public let shape: String
}

/// Says of which kind an error of the integration's journal is.
///
/// Rules look at the *shape* of a message, so that one decision serves all messages of a shape: a
/// journal has millions of lines and dozens of shapes. Where no rule fits the shape, the rules look
/// at the words that the shape leaves out, since some integrations put whole messages in quotes.
///
/// A value with a memory: classifying changes it. What it answers does not depend on what it has
/// seen before.
public struct ErrorClassifier: Sendable {
    private let rules: CompiledErrorRules
    private var shape: ErrorShape
    private var fullText: ErrorShape
    private var byShape = ShapeMemory<ClassifiedError>()
    private var byFullText = ShapeMemory<Int?>()

    /// Prepares the rules.
    ///
    /// - Parameter types: The kinds and their rules.
    public init(_ types: ErrorTypes) {
        rules = CompiledErrorRules(types)
        shape = ErrorShape(keeping: rules.numbers)
        fullText = ErrorShape(keeping: rules.numbers, leavesNames: true)
    }

    /// Classifies an error.
    ///
    /// - Parameters:
    ///   - code: The error code; empty where there is none.
    ///   - message: What was said; only the first 4096 bytes are looked at.
    /// - Returns: Its kind and shape.
    public mutating func classify(code: String, message: String) -> ClassifiedError {
        var (code, message) = (code, message)
        return code.withUTF8 { code in
            message.withUTF8 { message in classify(code: code, message: message) }
        }
    }

    /// Classifies an error whose texts are UTF-8 bytes; bytes that are not are kept as they are.
    ///
    /// - Parameters:
    ///   - code: The error code; empty where there is none.
    ///   - message: What was said; only the first 4096 bytes are looked at.
    /// - Returns: Its kind and shape.
    /// - Complexity: O(length), without allocation for a shape that was seen before.
    public mutating func classify(
        code: UnsafeBufferPointer<UInt8>, message: UnsafeBufferPointer<UInt8>
    ) -> ClassifiedError {
        shape.read(message, after: code)
        if let known = byShape[shape.bytes] { return known }
        var rule = rules.fitting(code: shape.code, text: shape.text)
        var isWhole = true
        if rule == nil, shape.hasNames {
            rule = ruleOfFullText(code: code, message: message)
            isWhole = false
        }
        let answer = ClassifiedError(
            type: rule.map { rules.typeNames[$0] } ?? ErrorTypes.unknown, shape: shape.written)
        // What the names decided holds for these names only.
        if isWhole { byShape.remember(shape.bytes, answer) }
        return answer
    }

    private mutating func ruleOfFullText(
        code: UnsafeBufferPointer<UInt8>, message: UnsafeBufferPointer<UInt8>
    ) -> Int? {
        fullText.read(message, after: code)
        if let known = byFullText[fullText.bytes] { return known }
        let rule = rules.fitting(code: fullText.code, text: fullText.text)
        byFullText.remember(fullText.bytes, rule)
        return rule
    }
}
