import Records
import Testing

@testable import Reconciliation

@Suite("What texts say")
struct MeaningTests {
    private func areSame(_ left: String, _ right: String, _ type: FieldType) -> Bool {
        Meaning(of: left, type: type).isSame(as: Meaning(of: right, type: type))
    }

    @Test("an article written otherwise is no difference")
    func codes() {
        #expect(areSame("SO-10240-80", "sо 10240 80", .code))
        #expect(!areSame("VI-10026-14", "ZX-60026-41", .code))
        #expect(areSame("—", " — ", .code))
        #expect(!areSame("—", "-", .code))
    }

    @Test("nor is a text in capitals, without ё or with other quotes and dashes")
    func texts() {
        #expect(
            areSame("Ботинки кожаные модель 8 «Кедр»", "БОТИНКИ КОЖАНЫЕ  МОДЕЛЬ 8 \"КЕДР\"", .text))
        #expect(areSame("Дюбель жёлтый 4,2х8", "Дюбель желтый 4,2х8", .text))
        #expect(!areSame("Вода 1,5 л", "Вода 15 л", .text))
        #expect(!areSame("Аптека № 5", "Аптека № 6", .text))
        #expect(!areSame("Болт", "Болт М8", .text))
    }
}
