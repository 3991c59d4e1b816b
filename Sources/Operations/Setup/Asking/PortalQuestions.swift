/// Asks where Bitrix24 is read from.
struct PortalQuestions {
    let questioner: Questioner

    private enum Way { case webhook, application, files }

    /// Asks until there is a source that can be right.
    func ask() throws -> SetupSource {
        questioner.head(.portalHeading)
        let words = questioner.words
        let way = try questioner.choose(
            .portalKind,
            among: [
                Questioner.Choice(
                    value: Way.webhook, name: "webhook", title: words[.portalAsWebhook]),
                Questioner.Choice(
                    value: .application, name: "application", title: words[.portalAsApplication]),
                Questioner.Choice(value: .files, name: "files", title: words[.portalAsFiles]),
            ])
        switch way {
        case .webhook:
            questioner.explain(.portalWebhookHint)
            return .webhook(
                try questioner.askAddress(
                    .portalWebhook, isSecret: true, check: AnswerCheck.webhook))
        case .application:
            questioner.explain(.portalApplicationHint)
            return .application(
                portal: try questioner.ask(.portalAddress, check: AnswerCheck.portal),
                clientID: try questioner.ask(.portalClientID, check: AnswerCheck.given),
                clientSecret: try questioner.ask(
                    .portalClientSecret, isSecret: true, check: AnswerCheck.given))
        case .files: return try questioner.files()
        }
    }
}
