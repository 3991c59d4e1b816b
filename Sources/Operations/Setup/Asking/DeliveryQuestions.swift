/// Asks who gets the report, by which server, and at what hour it is made.
struct DeliveryQuestions {
    let questioner: Questioner

    /// Asks for recipients and the mail server.
    ///
    /// - Returns: The recipients, and the server; `nil` when mails are written as files only.
    func askMail() throws -> (recipients: [String], mail: SetupAnswers.Mail?) {
        questioner.head(.mailHeading)
        let recipients = try questioner.ask(.mailRecipients, usual: "") {
            (answer) throws(Complaint) in
            questioner.isNone(answer) ? [] : try AnswerCheck.mailboxes(answer)
        }
        questioner.explain(.mailHostHint)
        let host = try questioner.ask(.mailHost, usual: "") { (answer) throws(Complaint) in
            questioner.isNone(answer) ? "" : try AnswerCheck.server(answer)
        }
        guard !host.isEmpty else {
            if !recipients.isEmpty { questioner.tell(.noteNoMailServer) }
            return (recipients, nil)
        }
        let security = try askSecurity()
        let port = try questioner.ask(
            .mailPort, usual: security == .tls ? "465" : security == .startTLS ? "587" : "25",
            check: AnswerCheck.port)
        let user = try questioner.ask(.mailUser, usual: "") { (answer) throws(Complaint) in
            questioner.isNone(answer) ? "" : answer
        }
        let password =
            user.isEmpty ? "" : try questioner.ask(.mailPassword, usual: "", isSecret: true)
        let isMailbox = (try? AnswerCheck.mailbox(user)) != nil
        let from = try questioner.ask(
            .mailFrom, usual: isMailbox ? user : nil, check: AnswerCheck.mailbox)
        return (
            recipients,
            SetupAnswers.Mail(
                host: host, port: port, security: security, user: user, password: password,
                from: from)
        )
    }

    /// Asks when the nightly job runs.
    ///
    /// - Returns: The time; `nil` when somebody starts it in another way.
    func askSchedule() throws -> DayTime? {
        questioner.head(.scheduleHeading)
        questioner.tell(.scheduleHint)
        return try questioner.ask(.scheduleHour, usual: "03:00") { (answer) throws(Complaint) in
            questioner.isNone(answer) ? nil : try DayTime(answer)
        }
    }

    private func askSecurity() throws -> Configuration.Mail.Security {
        let titles: [Configuration.Mail.Security: SetupText] = [
            .startTLS: .mailStartTLS, .tls: .mailTLS, .none: .mailNone,
        ]
        return try questioner.choose(
            .mailSecurity,
            among: Configuration.Mail.Security.allCases.map { security in
                Questioner.Choice(
                    value: security, name: security.rawValue,
                    title: titles[security].map { questioner.words[$0] } ?? "")
            })
    }
}
