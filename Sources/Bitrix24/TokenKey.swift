public import Collection
internal import Crypto
public import Foundation

/// The key under which an application's tokens are kept: 32 bytes.
///
/// `openssl rand -hex 32 > key; chmod 600 key` makes one.
public struct TokenKey: Sendable {
    let key: SymmetricKey

    /// Reads a key as people write it: 64 hexadecimal digits, or 32 bytes in Base64.
    ///
    /// - Parameters:
    ///   - text: The key.
    ///   - place: Where it stands, for the message.
    /// - Throws: ``CollectionError`` without the key.
    public init(_ text: String, place: String) throws(CollectionError) {
        let trimmed = TextCleaning.trimmed(text)
        guard let bytes = Self.hexadecimal(trimmed) ?? Data(base64Encoded: trimmed),
            bytes.count == 32
        else {
            throw CollectionError(
                .misconfigured,
                "The key in \(place) is not 64 hexadecimal digits or 32 bytes in Base64. Make one "
                    + "with 'openssl rand -hex 32'; tokens under another key cannot be read again.")
        }
        key = SymmetricKey(data: bytes)
    }

    /// Reads a key from a file that nobody but its owner may read.
    ///
    /// - Throws: ``CollectionError`` when it cannot be read, others may, or it holds no key.
    public init(file: URL) throws(CollectionError) {
        var status = stat()
        guard stat(file.path, &status) == 0,
            let text = try? String(contentsOf: file, encoding: .utf8)
        else {
            throw CollectionError(
                .misconfigured,
                "The key file \(file.path) cannot be read. Make it with 'openssl rand -hex 32' for "
                    + "the user that runs Sverka.")
        }
        guard status.st_mode & 0o077 == 0 else {
            throw CollectionError(
                .misconfigured,
                "Others than its owner may read the key file \(file.path). Run "
                    + "'chmod 600 \(file.path)'; if somebody may have read it, make a new key, remove "
                    + "the token file and run 'sverka authorize'.")
        }
        try self.init(text, place: file.path)
    }

    private static func hexadecimal(_ text: String) -> Data? {
        guard text.utf8.count == 64 else { return nil }
        var bytes = Data(capacity: 32)
        var rest = text[...]
        while !rest.isEmpty {
            guard let byte = UInt8(rest.prefix(2), radix: 16) else { return nil }
            bytes.append(byte)
            rest = rest.dropFirst(2)
        }
        return bytes
    }
}
