public import Foundation
internal import Mustache

/// Asks what `sverka.yaml` needs and writes it, with the secrets in a file of their own.
public struct SetupWizard {
    private let console: any Console
    private let template: String

    /// Makes a wizard.
    ///
    /// - Parameters:
    ///   - console: Whom to ask.
    ///   - resources: Where `templates/config` lies.
    /// - Throws: ``ConfigurationError`` when the template is not there.
    public init(console: any Console, resources: ResourceFolders) throws {
        self.console = console
        template = try resources.text(of: "templates/config/sverka.yaml.mustache")
    }

    /// Asks the questions and writes `sverka.yaml` and `sverka.secrets` into a folder.
    ///
    /// - Parameters:
    ///   - folder: Where to write.
    ///   - overwrites: Whether files that are there are replaced; they are kept beside as `.bak`.
    /// - Returns: The configuration file.
    /// - Throws: ``ConfigurationError`` when a file is there already or the answers end early.
    public func run(in folder: URL, overwrites: Bool) throws -> URL {
        let configuration = folder.appending(path: "sverka.yaml")
        let secrets = folder.appending(path: "sverka.secrets")
        for file in [configuration, secrets]
        where FileManager.default.fileExists(atPath: file.path) && !overwrites {
            throw ConfigurationError(
                "\(file.path) is there already; --force replaces it and keeps the old one as .bak")
        }
        let answers = try askAll()
        guard let text = try? MustacheTemplate(string: template).render(answers.forTemplate) else {
            throw ConfigurationError("templates/config/sverka.yaml.mustache cannot be rendered")
        }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try write(answers.secretLines, to: secrets, mode: 0o600)
        try write(text, to: configuration, mode: 0o644)
        return configuration
    }

    private func askAll() throws -> SetupAnswers {
        console.say("Sverka compares 1C with Bitrix24 and never writes to either.")
        console.say("Press Enter to take the answer in brackets.\n")
        return SetupAnswers(
            company: try ask("Company name (for the reports)", usual: ""),
            timeZone: try ask("Time zone of the reports", usual: "Europe/Moscow"),
            language: try choose("Language of the reports", among: ["ru", "en"]),
            onecURL: try askAddress("Address of the 1C publication, e.g. https://srv/accounting"),
            onecUser: try ask("1C user (needs only reading rights)", usual: "odata.user"),
            onecPassword: try ask("Password of that user", usual: "", isSecret: true),
            onecMapping: try choose(
                "1C configuration: onec-bp30 (Бухгалтерия), onec-ut11 (УТ, КА, ERP)",
                among: ["onec-bp30", "onec-ut11"]),
            webhook: try askAddress(
                "Bitrix24 incoming webhook, e.g. https://portal.bitrix24.ru/rest/1/code/",
                isSecret: true),
            recipients: try ask("Who gets the nightly mail (addresses, comma between)", usual: ""),
            mail: try askMail())
    }

    private func askMail() throws -> SetupAnswers.Mail? {
        let host = try ask("Mail server (Enter: mails are only written as files)", usual: "")
        guard !host.isEmpty else { return nil }
        let security = try choose(
            "Protection of the connection", among: ["starttls", "tls", "none"])
        let user = try ask("User at the mail server (Enter: none)", usual: "")
        return SetupAnswers.Mail(
            host: host, port: try ask("Port", usual: security == "tls" ? "465" : "587"),
            security: security, user: user,
            password: user.isEmpty
                ? "" : try ask("Password of that user", usual: "", isSecret: true),
            from: try ask("Sender's address", usual: user))
    }

    private func ask(_ question: String, usual: String?, isSecret: Bool = false) throws -> String {
        guard let answer = console.ask(question, usual: usual, isSecret: isSecret) else {
            throw ConfigurationError("the input ended before all questions were answered")
        }
        return answer
    }

    private func askAddress(_ question: String, isSecret: Bool = false) throws -> String {
        while true {
            let answer = try ask(question, usual: nil, isSecret: isSecret)
            if answer.hasPrefix("http://") || answer.hasPrefix("https://") { return answer }
            console.say("  An address begins with https:// (or http:// inside your own network).")
        }
    }

    private func choose(_ question: String, among choices: [String]) throws -> String {
        while true {
            let answer = try ask(question, usual: choices[0])
            if choices.contains(answer) { return answer }
            console.say("  One of: \(choices.joined(separator: ", "))")
        }
    }

    private func write(_ text: String, to file: URL, mode: Int) throws {
        let manager = FileManager.default
        if manager.fileExists(atPath: file.path) {
            let backup = file.appendingPathExtension("bak")
            try? manager.removeItem(at: backup)
            try manager.moveItem(at: file, to: backup)
        }
        // Created with its mode, so that a secret is at no moment readable by others.
        guard
            manager.createFile(
                atPath: file.path, contents: Data(text.utf8), attributes: [.posixPermissions: mode])
        else { throw ConfigurationError("\(file.path) cannot be written") }
    }
}
