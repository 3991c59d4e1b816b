extension Questioner {
    /// Asks for a folder with a file for each entity.
    func files() throws -> SetupSource {
        explain(.folderFilesHint)
        return .files(folder: try ask(.folderPlace, check: AnswerCheck.folder))
    }

    /// Asks for an address and says when what is sent there can be read on the way.
    func askAddress(
        _ question: SetupText, isSecret: Bool = false,
        check: (String) throws(Complaint) -> String
    ) throws -> String {
        let address = try ask(question, isSecret: isSecret, check: check)
        let isOpen = address.lowercased().hasPrefix("http://")
        let isHere = ["http://127.0.0.1", "http://localhost"].contains(where: address.hasPrefix)
        if isOpen, !isHere { tell(.noteOpenConnection) }
        return address
    }
}
