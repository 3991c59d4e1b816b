internal import Bitrix24
internal import Collection
internal import Foundation
internal import Records

/// Lets Sverka into a portal as a local application, once.
///
/// An administrator opens ``address`` in a browser; the portal sends the browser on to the
/// application's own address with a code, which lives thirty seconds and is given to
/// ``install(code:)``.
public struct ApplicationAccess: Sendable {
    private let application: LocalApplication
    private let tokenFolder: URL?
    /// Comes back with the code, so that a stale address of the browser's history is told.
    private let state = String(UInt64.random(in: 0...UInt64.max), radix: 36)

    /// Takes the application of a source.
    ///
    /// - Parameters:
    ///   - configuration: The configuration.
    ///   - name: The source; `nil` for the only one with an application.
    ///   - resources: Where mappings lie.
    /// - Throws: ``ConfigurationError`` when there is no such source.
    public init(
        _ configuration: Configuration, source name: String?, resources: ResourceFolders
    ) throws {
        let named = configuration.sourcesByRole.map(\.source).filter {
            $0.application != nil && (name == nil || $0.name.rawValue == name)
        }
        guard let settings = named.first, named.count == 1 else {
            throw ConfigurationError(
                named.isEmpty
                    ? "no source \(name.map { "'\($0)' " } ?? "")has an 'application:' section"
                    : "several sources have an 'application:' section; name one with --source")
        }
        let factory = SourceFactory(
            timeZone: configuration.company.timeZone, resources: resources)
        do {
            guard let application = try factory.application(settings) else {
                throw ConfigurationError("source '\(settings.name)' has no 'application:' section")
            }
            self.application = application
            tokenFolder = settings.application?.tokenFile.deletingLastPathComponent()
        } catch let error as CollectionError {
            throw ConfigurationError("source '\(settings.name)': \(error.message)")
        }
    }

    /// What an administrator opens in a browser.
    public var address: String { application.authorizationAddress(state: state) }

    /// Takes the code, and keeps the tokens for it, encrypted.
    ///
    /// - Parameter answer: The code, or the whole address to which the browser was sent.
    /// - Throws: ``ConfigurationError`` when it is of another attempt or portal; `CollectionError` when
    ///   the code is no longer good or there is no answer.
    public func install(code answer: String) async throws {
        if let tokenFolder {
            try FileManager.default.createDirectory(
                at: tokenFolder, withIntermediateDirectories: true)
        }
        try await application.install(code: code(in: answer))
    }

    /// The code in what a person pasted.
    private func code(in answer: String) throws -> String {
        let answer = answer.trimmingCharacters(in: .whitespacesAndNewlines)
        guard answer.contains("://") else { return answer }
        let items = URLComponents(string: answer)?.queryItems ?? []
        func item(_ name: String) -> String? { items.first { $0.name == name }?.value }
        guard let code = item("code"), !code.isEmpty else {
            throw ConfigurationError(
                "there is no code in that address; nothing was changed. Confirm in the browser, and "
                    + "paste what then stands in its address bar: it has 'code=' in it")
        }
        if let state = item("state"), state != self.state {
            throw ConfigurationError(
                "that address is of an earlier attempt; nothing was changed. Run 'sverka authorize' "
                    + "again, and open the address that it prints")
        }
        if let domain = item("domain"), domain.lowercased() != application.host.lowercased() {
            throw ConfigurationError(
                "that address is of the portal \(domain), and the source's 'url' names "
                    + "\(application.host); nothing was changed. Open the address that is printed "
                    + "here, or mend 'url'")
        }
        return code
    }
}
