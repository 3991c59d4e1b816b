internal import Collection
internal import Foundation

/// Reads an answer of a hand-written HTTP service.
enum ServiceAnswer {
    /// The JSON of an answer, also one in the encoding of Windows or with a byte order mark.
    ///
    /// - Throws: `RefusedAnswer` when it is no JSON, or when it says itself that it failed.
    static func document(
        in response: HTTPResponse, of path: String, at label: String
    ) throws(RefusedAnswer) -> JSONDocument {
        let document: JSONDocument
        do throws(JSONError) {
            document = try JSONDocument(parsing: utf8(response.body))
        } catch {
            let isPage = response.body.first { $0 > 0x20 } == UInt8(ascii: "<")
            let form = isPage ? "a page instead of JSON" : "broken JSON (\(error))"
            throw .transient(
                CollectionError(
                    .malformed,
                    "\(label) answered \(path) with \(form). Nothing of it was taken; run later."))
        }
        if document.root["success"]?.boolean == false {
            let said = document.root["error"]?.string ?? document.root["message"]?.string ?? ""
            throw .permanent(
                CollectionError(
                    .refused,
                    "\(label) answered \(path) that it failed"
                        + (said.isEmpty ? ". " : ": \(said.prefix(300)) ")
                        + "Ask who wrote the service."))
        }
        return document
    }

    /// The body in UTF-8; bytes that are not are taken for windows-1251, which old services write.
    private static func utf8(_ body: [UInt8]) -> [UInt8] {
        let body = body.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(body.dropFirst(3)) : body
        guard String(validating: body, as: UTF8.self) == nil,
            let text = String(bytes: body, encoding: .windowsCP1251)
        else { return body }
        return Array(text.utf8)
    }
}
