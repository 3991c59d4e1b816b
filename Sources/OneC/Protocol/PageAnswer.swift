internal import Collection
internal import XMLStream

/// Thrown when an infobase cannot give JSON and has to be asked for Atom.
struct JSONRefused: Error {}

/// Reads the rows out of an answer, whatever its format.
struct PageAnswer: Sendable {
    let resource: ODataResource
    let label: String

    /// The rows of an answer whose status is good.
    ///
    /// - Throws: `RefusedAnswer` when it holds none.
    func rows(in response: HTTPResponse) throws -> [JSONValue] {
        if AtomFeed.isFeed(response.body) { return try atomRows(in: response.body) }
        let document: JSONDocument
        do throws(JSONError) {
            document = try JSONDocument(parsing: response.body)
        } catch {
            let isPage = response.body.first { $0 > 0x20 } == UInt8(ascii: "<")
            throw malformed(isPage ? "a page instead of JSON" : "broken JSON (\(error))")
        }
        guard !InfobaseFault.isHidden(in: document.root) else {
            throw InfobaseFault(status: 500, body: response.body)
                .answer(to: resource.label, at: label)
        }
        guard let value = document.root["value"], value.kind == .array else {
            throw RefusedAnswer.permanent(
                CollectionError(
                    .malformed,
                    "\(label) answered \(resource.label) with JSON that is no OData collection. "
                        + "Check that the address is 1C's standard OData interface."))
        }
        return Array(value.elements)
    }

    private func atomRows(in body: [UInt8]) throws -> [JSONValue] {
        do {
            return Array(try AtomFeed.entities(in: body, shape: resource.shape).root.elements)
        } catch let error as XMLError {
            throw malformed("broken Atom (\(error))")
        } catch let error as JSONError {
            throw malformed("Atom that cannot be kept (\(error))")
        }
    }

    private func malformed(_ form: String) -> RefusedAnswer {
        .transient(
            CollectionError(
                .malformed,
                "\(label) answered \(resource.label) with \(form). Nothing of it was taken; run "
                    + "later."))
    }
}
