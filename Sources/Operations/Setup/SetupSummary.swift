internal import Foundation

/// Says what was written and what is next.
struct SetupSummary {
    let questioner: Questioner
    let files: SetupFiles
    let resources: ResourceFolders

    private var words: SetupWords { questioner.words }

    /// Says it.
    ///
    /// - Parameters:
    ///   - answers: What was answered.
    ///   - hasNewKey: Whether the key for tokens was made; `nil` when none is needed.
    func tell(_ answers: SetupAnswers, hasNewKey: Bool?) {
        questioner.head(.doneHeading)
        questioner.tell(.doneConfiguration, ["file": files.configuration.path])
        questioner.tell(.doneSecrets, ["file": files.secrets.path])
        if let hasNewKey {
            questioner.tell(hasNewKey ? .doneKey : .doneKeyKept, ["file": files.key.path])
        }
        var steps: [(command: String, text: SetupText)] = []
        if answers.right.isAskedLater { steps.append(("authorize", .doneAuthorize)) }
        steps += [("check", .doneCheck), ("run nightly", .doneRun)]
        if answers.nightly != nil || answers.journal != nil { steps.append(("serve", .doneServe)) }
        questioner.show("\n\(words[.doneNext])")
        for (index, step) in steps.enumerated() {
            questioner.show(
                "\(index + 1). sverka \(step.command)\(configurationOption)\n   \(words[step.text])"
            )
        }
        guard steps.contains(where: { $0.text == .doneServe }),
            let unit = try? resources.file("templates/config/sverka.service")
        else { return }
        let written = [files.configuration, files.secrets] + (hasNewKey == nil ? [] : [files.key])
        let values = [
            "files": written.map { "'\($0.path)'" }.joined(separator: " "), "unit": unit.path,
        ]
        questioner.show("\n" + words.text(.doneService, values))
    }

    /// How a command is told the configuration; empty where it looks by itself.
    private var configurationOption: String {
        let found = try? ConfigurationFile.locate(nil).standardizedFileURL.path
        return found == files.configuration.path ? "" : " --config '\(files.configuration.path)'"
    }
}
