public import Foundation
public import Records

/// What is behind an alert.
public struct AlertDetails: Hashable, Sendable {
    /// What most of it comes of, the most first.
    public var causes: [Cause]
    /// Some of the things concerned.
    public var examples: [Example]

    /// Makes details.
    public init(causes: [Cause] = [], examples: [Example] = []) {
        self.causes = causes
        self.examples = examples
    }

    /// What a part of it comes of.
    public struct Cause: Hashable, Sendable {
        /// What it is called.
        public var title: LocalizedText
        /// The kind of finding, if it is one.
        public var kind: String?
        /// How many; `nil` where it is there once and no number is to be told.
        public var count: Int64?
        /// Money at stake; `nil` where nothing is known of any.
        public var money: Money?

        /// Makes a cause.
        public init(title: LocalizedText, kind: String? = nil, count: Int64?, money: Money?) {
            self.title = title
            self.kind = kind
            self.count = count
            self.money = money
        }
    }

    /// One of the things concerned; by id and number, without names.
    public struct Example: Hashable, Sendable {
        /// The entity.
        public var object: String
        /// What it is called, where the words do not know the entity.
        public var title: LocalizedText
        /// The ids.
        public var ids: [String]
        /// The finding's number; `nil` for an operation.
        public var number: Int64?
        /// The kind of the finding.
        public var kind: String
        /// What the kind of error is called; `nil` for a finding.
        public var error: LocalizedText?
        /// When the operation failed.
        public var at: Date?
        /// Money at stake.
        public var money: Money?
        /// Where it is opened in the system.
        public var link: String?

        /// Makes an example.
        public init(
            object: String, title: LocalizedText, ids: [String], number: Int64? = nil,
            kind: String = "", error: LocalizedText? = nil, at: Date? = nil, money: Money? = nil,
            link: String? = nil
        ) {
            self.object = object
            self.title = title
            self.ids = ids
            self.number = number
            self.kind = kind
            self.error = error
            self.at = at
            self.money = money
            self.link = link
        }
    }
}
