public import Foundation

/// A type that can be read from a field.
public protocol PostgresDecodable: Sendable {
    /// Whether fields of a PostgreSQL type can be read.
    ///
    /// - Parameter typeIdentifier: The type's object identifier in `pg_type`.
    /// - Returns: Whether they can.
    static func accepts(typeIdentifier: UInt32) -> Bool

    /// Reads PostgreSQL's text form; `nil` when it cannot be.
    ///
    /// - Parameter text: The bytes, valid during the call.
    /// - Returns: The value.
    static func decode(text: UnsafeBufferPointer<UInt8>) -> Self?
}

extension String: PostgresDecodable {
    /// Every type has a text form.
    ///
    /// - Parameter typeIdentifier: The type's object identifier.
    /// - Returns: Whether they can.
    public static func accepts(typeIdentifier: UInt32) -> Bool { true }

    /// The text itself.
    ///
    /// - Parameter text: The bytes.
    /// - Returns: The value.
    public static func decode(text: UnsafeBufferPointer<UInt8>) -> String? {
        String(decoding: text, as: UTF8.self)
    }
}

extension FixedWidthInteger where Self: PostgresDecodable {
    /// Whole-number types; not `numeric`, which may have a fraction.
    ///
    /// - Parameter typeIdentifier: The type's object identifier.
    /// - Returns: Whether they can.
    public static func accepts(typeIdentifier: UInt32) -> Bool {
        TypeIdentifier.integers.contains(typeIdentifier)
    }

    /// The number; `nil` when it does not fit.
    ///
    /// - Parameter text: The bytes.
    /// - Returns: The value.
    public static func decode(text: UnsafeBufferPointer<UInt8>) -> Self? {
        WholeNumber.parse(text).flatMap(Self.init(exactly:))
    }
}

extension Int: PostgresDecodable {}
extension Int64: PostgresDecodable {}
extension Int32: PostgresDecodable {}
extension Int16: PostgresDecodable {}

extension Bool: PostgresDecodable {
    /// `boolean`.
    ///
    /// - Parameter typeIdentifier: The type's object identifier.
    /// - Returns: Whether they can.
    public static func accepts(typeIdentifier: UInt32) -> Bool {
        typeIdentifier == TypeIdentifier.bool
    }

    /// `t` or `f`.
    ///
    /// - Parameter text: The bytes.
    /// - Returns: The value.
    public static func decode(text: UnsafeBufferPointer<UInt8>) -> Bool? {
        text.first == UInt8(ascii: "t")
    }
}

extension Double: PostgresDecodable {
    /// Floating-point and whole-number types; not `numeric`, which is read exactly as text.
    ///
    /// - Parameter typeIdentifier: The type's object identifier.
    /// - Returns: Whether they can.
    public static func accepts(typeIdentifier: UInt32) -> Bool {
        [TypeIdentifier.float4, TypeIdentifier.float8].contains(typeIdentifier)
            || TypeIdentifier.integers.contains(typeIdentifier)
    }

    /// The number.
    ///
    /// - Parameter text: The bytes.
    /// - Returns: The value.
    public static func decode(text: UnsafeBufferPointer<UInt8>) -> Double? {
        Double(String(decoding: text, as: UTF8.self))
    }
}

extension UUID: PostgresDecodable {
    /// `uuid`.
    ///
    /// - Parameter typeIdentifier: The type's object identifier.
    /// - Returns: Whether they can.
    public static func accepts(typeIdentifier: UInt32) -> Bool {
        typeIdentifier == TypeIdentifier.uuid
    }

    /// The identifier.
    ///
    /// - Parameter text: The bytes.
    /// - Returns: The value.
    public static func decode(text: UnsafeBufferPointer<UInt8>) -> UUID? {
        UUID(uuidString: String(decoding: text, as: UTF8.self))
    }
}

extension PostgresDate: PostgresDecodable {
    /// `date`.
    ///
    /// - Parameter typeIdentifier: The type's object identifier.
    /// - Returns: Whether they can.
    public static func accepts(typeIdentifier: UInt32) -> Bool {
        typeIdentifier == TypeIdentifier.date
    }

    /// The day, or an infinity.
    ///
    /// - Parameter text: The bytes.
    /// - Returns: The value.
    public static func decode(text: UnsafeBufferPointer<UInt8>) -> PostgresDate? {
        DateText.date(text)
    }
}
