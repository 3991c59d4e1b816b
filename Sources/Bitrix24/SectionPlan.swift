internal import Collection
internal import Records

/// Decides which sections of an entity a portal can give: an older one has older lists.
struct SectionPlan: Sendable {
    let client: PortalClient

    /// What is to be read, and what a person should know about it.
    struct Choice: Sendable {
        var sections: [EntityMapping] = []
        var remarks: [String] = []
        /// Methods and modules that the portal does not have.
        var absent: [String] = []

        /// Notes what a person should know, once.
        mutating func remark(_ remark: String) {
            if !remarks.contains(remark) { remarks.append(remark) }
        }
    }

    /// Why something else is read in place of a section.
    enum Obstacle: Sendable {
        /// The portal does not have this method, or the module of this scope.
        case unknown(String)
        /// No granted scope allows this method, which others of the section do without.
        case ungranted(String)
        /// The portal gives this list to administrators, and the owner of the access is none.
        case forAdministrators(String)
        /// The portal gives this list otherwise than asked, such as in another order.
        case unusable(String)
    }

    /// Chooses among sections and what is read in their place.
    ///
    /// - Throws: ``CollectionError`` when a scope is missing that an administrator can grant.
    func choice(of sections: [EntityMapping]) async throws -> Choice {
        let rights = try await scopes()
        let replaceable = sections.filter { $0.older != nil }
        let lack =
            replaceable.isEmpty
            ? MethodLack() : try await client.lack(of: Self.methods(of: replaceable))
        var choice = Choice()
        var lacking: [String] = []
        for section in sections {
            let refused = section.rights.filter { rights?.contains($0) == false }
            if let older = section.older,
                let obstacle = try await self.obstacle(
                    to: section, isReplaced: !older.isEmpty, refused: refused, lack)
            {
                let instead = try await self.choice(of: older)
                choice.sections += instead.sections
                choice.remark(
                    Self.remark(client.host, obstacle, to: section, instead: instead.sections))
                instead.remarks.forEach { choice.remark($0) }
                if case .unknown(let what) = obstacle { choice.absent.append(what) }
                choice.absent += instead.absent
            } else {
                lacking += refused.filter { !lacking.contains($0) }
                choice.sections.append(section)
            }
        }
        guard lacking.isEmpty else {
            throw CollectionError(
                .refused,
                "\(client.host) has not granted the scope \(lacking.joined(separator: ", ")). "
                    + "Nothing was read; what an earlier run stored is untouched. Tick it in the "
                    + "settings of the webhook or application.")
        }
        return choice
    }

    /// What keeps a section that has something older from being read as it stands.
    ///
    /// - Parameters:
    ///   - section: The section.
    ///   - isReplaced: Whether anything is read in its place. Where nothing is, a right that is missing
    ///     must not look as if there were no records.
    ///   - refused: The scopes of its own that are not granted, which are said by themselves.
    ///   - lack: The methods that the portal does not give.
    /// - Returns: The first obstacle; `nil` where there is none.
    /// - Throws: ``CollectionError`` when the portal does not answer.
    private func obstacle(
        to section: EntityMapping, isReplaced: Bool, refused: [String], _ lack: MethodLack
    ) async throws -> Obstacle? {
        let methods = Self.methods(of: [section])
        if let method = methods.first(where: lack.unknown.contains) { return .unknown(method) }
        guard refused.isEmpty else {
            return try await unknownScopes(among: refused).first.map(Obstacle.unknown)
        }
        guard isReplaced else { return nil }
        if let method = methods.first(where: lack.ungranted.contains) { return .ungranted(method) }
        // Not by the refusal itself: such a one may pass, and the rights of the owner are known.
        if let method = methods.first(where: { ListMethod($0).isForAdministrators }),
            try await client.isAdministrator() == false
        {
            return .forAdministrators(method)
        }
        return nil
    }

    /// What is said when something else is read in place of a section, or nothing at all.
    static func remark(
        _ host: String, _ obstacle: Obstacle, to section: EntityMapping, instead: [EntityMapping]
    ) -> String {
        let own = methods(of: [section])
        let others = methods(of: instead).filter { !own.contains($0) }
        let lists = (others.isEmpty ? instead.map(\.list) : others).joined(separator: ", ")
        let why =
            switch obstacle {
            case .unknown(let what): "\(host) has no \(what)"
            case .ungranted(let what): "\(host) has not granted \(what)"
            case .forAdministrators(let what): "\(host) gives administrators only \(what)"
            case .unusable(let what): "\(host) gives in another way than asked \(what)"
            }
        return lists.isEmpty
            ? why + ": what it gives was left out." : why + ": \(lists) was read instead."
    }

    /// The methods that sections need, each once.
    static func methods(of sections: [EntityMapping]) -> [String] {
        var methods: [String] = []
        for section in sections {
            for list in [section.list] + section.related.map(\.list) {
                let name = ListMethod(list).name
                if !methods.contains(name) { methods.append(name) }
            }
        }
        return methods
    }

    /// The scopes that are granted; `nil` when the portal does not tell.
    private func scopes() async throws -> Set<String>? {
        do {
            return Set(try await client.scopes(full: false))
        } catch is UnknownMethod {
            return nil
        }
    }

    /// Scopes that nobody can grant, since the portal lacks the module.
    private func unknownScopes(among scopes: [String]) async throws -> [String] {
        let all = Set(try await client.scopes(full: true))
        return scopes.filter { !all.contains($0) }
    }
}
