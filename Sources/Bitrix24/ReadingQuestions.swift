internal import Collection
internal import Records

/// What a reading asks before its first page and after its last, known beforehand and put into one
/// request each.
///
/// A question that is asked in another form later costs nothing but its answer: it is asked again.
enum ReadingQuestions {
    /// The owner's rights, the scopes, methods that an older portal lacks, fields, and the numbers
    /// of rows of the lists that are read from end to end.
    static func opening(_ sections: [EntityMapping], window: ReadingWindow?) -> [BatchCommand] {
        var commands = [ListRequest.profile.command, ListRequest.scopes.command]
        // What is read instead may have something older itself.
        let replaceable = sections.flatMap { [$0] + ($0.older ?? []) }.filter { $0.older != nil }
        for method in SectionPlan.methods(of: replaceable).prefix(50) {
            commands.append(BatchCommand.existence(of: method))
        }
        for section in sections {
            commands += countings(of: section, window).map(\.command)
            commands += DescribedFields.requests(of: section).map(\.command)
        }
        return commands
    }

    /// The numbers of rows again and, behind them, the owner's rights.
    static func closing(_ sections: [SectionReading]) -> [BatchCommand] {
        sections.flatMap(\.countings).map(\.command) + [ListRequest.profile.command]
    }

    private static func countings(
        of section: EntityMapping, _ window: ReadingWindow?
    ) -> [ListRequest] {
        let own = ListMethod(section.list)
        var requests: [ListRequest?] = [counting(own, by: own.idName, from: window?.leastNumber)]
        for list in section.related where list.by == nil {
            let method = ListMethod(list.list)
            // Others are asked for by their owners.
            guard method.paging == .cursor, let id = list.id else { continue }
            requests.append(counting(method, by: id, where: list.filter))
        }
        for lookup in section.lookups {
            let method = ListMethod(lookup.list)
            requests.append(counting(method, by: method.idName, where: lookup.filter))
        }
        return requests.compactMap { $0 }
    }

    /// The count of a list; `nil` for one that each catalogue gives by itself, since which there are
    /// is not known yet.
    private static func counting(
        _ method: ListMethod, by id: String, where filter: [RelatedList.Filter] = [],
        from least: Int64? = nil
    ) -> ListRequest? {
        guard method.catalogues == nil else { return nil }
        var request = ListRequest(method, select: [id])
        request.filter += filter.map { ($0.member, .text($0.value)) }
        if let least, method.paging == .cursor {
            request.filter.append((">=" + id, .text(String(least))))
        }
        return request.counting(by: id)
    }
}
