extension TradeBuilder {
    /// The records that an error concerns.
    struct Concerned {
        var left: [String] = []
        var right: [String] = []

        /// Records with references in 1C and numbers in the portal.
        init(_ left: [GUID], _ right: [Int64]) {
            self.left = left.map(\.text)
            self.right = right.map { String($0) }
        }

        /// A record of 1C that has no reference of its own, and records of the portal.
        init(_ left: String?, _ right: [Int64]) {
            self.left = left.map { [$0] } ?? []
            self.right = right.map { String($0) }
        }
    }

    /// Writes down an error.
    mutating func note(
        _ kind: PlantedError.Kind, _ entity: String, _ field: String? = nil,
        _ side: PlantedError.Side? = nil, _ records: Concerned, _ note: String,
        isRequired: Bool = true
    ) {
        plantedErrors.append(
            PlantedError(
                kind: kind, entity: entity, field: field, side: side, leftIDs: records.left,
                rightIDs: records.right, note: note, isRequired: isRequired))
    }

    /// Writes down that a record of the portal claims another one's record of 1C, with what may
    /// be said of the four in consequence.
    ///
    /// - Parameters:
    ///   - entity: Of which entity.
    ///   - claimed: 1C's record that two records of the portal claim.
    ///   - own: 1C's record that is left without a claim.
    ///   - right: The record of the portal that claims wrongly.
    ///   - partner: The one that claims rightly.
    ///   - fields: The fields that may differ between `claimed` and `right`.
    mutating func noteClaimedTwice(
        _ entity: String, claimed: GUID, own: GUID, by right: Int64, partner: Int64,
        fields: [String]
    ) {
        note(
            .conflict, entity, nil, .right, Concerned([claimed], [partner, right]), "claimed_twice")
        let consequence = "consequence"
        note(
            .conflict, entity, nil, .right, Concerned([claimed, own], [partner, right]),
            consequence, isRequired: false)
        for field in fields {
            note(
                .mismatch, entity, field, nil, Concerned([claimed], [right]), consequence,
                isRequired: false)
        }
        note(
            .missing, entity, nil, .right, Concerned([own, claimed], []), consequence,
            isRequired: false)
        note(
            .missing, entity, nil, .left, Concerned([], [right, partner]), consequence,
            isRequired: false)
        note(
            .duplicate, entity, nil, .right, Concerned([claimed], [partner, right]), consequence,
            isRequired: false)
    }

    /// Writes down what may be said of a price or balance of the portal whose product carries the
    /// link of another.
    mutating func noteMixedUp(
        _ entity: String, _ left: String, _ right: [Int64], fields: [String]
    ) {
        let consequence = "consequence"
        note(
            .duplicate, entity, nil, .right, Concerned(left, right), consequence,
            isRequired: false)
        note(
            .missing, entity, nil, .left, Concerned(nil, right), consequence, isRequired: false)
        for field in fields {
            note(
                .mismatch, entity, field, nil, Concerned(left, right), consequence,
                isRequired: false)
        }
    }

    /// Writes down that a link leads nowhere or to a record that is marked as deleted.
    mutating func noteBrokenLink(_ entity: String, to deleted: GUID?, own: GUID, from right: Int64)
    {
        if let deleted {
            note(
                .brokenLink, entity, nil, .right, Concerned([deleted], [right]),
                "points_to_deleted")
            note(
                .missing, entity, nil, .left, Concerned([deleted], [right]), "consequence",
                isRequired: false)
        } else {
            note(.brokenLink, entity, nil, .right, Concerned([], [right]), "points_nowhere")
            note(
                .missing, entity, nil, .left, Concerned([], [right]), "consequence",
                isRequired: false)
            note(
                .missing, entity, nil, .right, Concerned([own], []), "consequence",
                isRequired: false)
        }
    }
}
