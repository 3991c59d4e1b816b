public import Foundation

/// Where definitions, words and templates are: a company's own folder first, ours after it.
public struct ReportResources: Sendable {
    /// The folder with `reports` and `templates`.
    public var builtin: URL
    /// A folder of the same shape whose files take precedence, one by one; `nil` for none.
    public var override: URL?

    /// Makes the places.
    ///
    /// - Parameters:
    ///   - builtin: The folder with `reports` and `templates`.
    ///   - override: A folder whose files take precedence.
    public init(builtin: URL, override: URL? = nil) {
        self.builtin = builtin
        self.override = override
    }

    /// The text of the first file of that path.
    func text(of path: String) throws(ReportError) -> String {
        guard let text = texts(of: path).last else { throw .resourceMissing(path: path) }
        return text
    }

    /// The texts of both files of that path, ours first.
    func texts(of path: String) -> [String] {
        [builtin, override].compactMap { folder in
            folder.flatMap { try? String(contentsOf: $0.appending(path: path), encoding: .utf8) }
        }
    }
}
