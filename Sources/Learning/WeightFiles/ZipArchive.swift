import Datasets
import Diagnostics

/// The members of a zip archive, stored or deflated, with zip64's large sizes: what NumPy's `savez` and
/// `savez_compressed` write (PKWARE's APPNOTE 6.3, sections 4.3 and 4.5.3).
struct ZipArchive {
    static let magic: [UInt8] = [0x50, 0x4b]

    /// Why an archive cannot be read, a predicate: "is cut or damaged: …".
    struct Failure: Error {
        let reason: String

        static func damaged(_ why: String) -> Failure {
            Failure(reason: "is a damaged archive: \(why). Copy it again")
        }
    }

    /// A member as the archive's directory has it.
    struct Member {
        let name: String
        fileprivate let method: UInt64
        fileprivate let isEncrypted: Bool
        fileprivate let checksum: UInt64
        fileprivate let packedCount: Int
        fileprivate let count: Int
        /// Where its own header begins.
        fileprivate let offset: Int
    }

    let members: [Member]
    private let reader: ByteReader

    /// Reads the directory, which stands at the archive's end.
    init(_ bytes: [UInt8]) throws(Failure) {
        reader = ByteReader(bytes: bytes[...])
        guard let end = Self.end(of: reader) else { throw .damaged("it has no directory, so it is cut") }
        guard let count = reader.count(at: end + 10, size: 2), let offset = reader.count(at: end + 16, size: 4) else {
            throw .damaged("its directory is cut")
        }
        var (members, place) = ([Member](), offset)
        // 0xffff and 0xffffffff stand for numbers that zip64's own record has.
        var (expected, isLarge) = (count, count == 0xffff || offset == 0xffff_ffff)
        if isLarge, let record = reader.count(at: end - 20 + 8, size: 8),
            reader.integer(at: record, size: 4) == 0x0606_4b50,
            let large = reader.count(at: record + 32, size: 8), let first = reader.count(at: record + 48, size: 8)
        {
            (expected, place, isLarge) = (large, first, false)
        }
        guard !isLarge else { throw .damaged("its zip64 directory is not there") }
        while members.count < expected {
            guard reader.integer(at: place, size: 4) == 0x0201_4b50,
                let nameCount = reader.count(at: place + 28, size: 2),
                let extraCount = reader.count(at: place + 30, size: 2),
                let commentCount = reader.count(at: place + 32, size: 2),
                let name = reader.slice(at: place + 46, count: nameCount),
                let extra = reader.slice(at: place + 46 + nameCount, count: extraCount),
                let member = Self.member(reader, at: place, name: name, extra: ByteReader(bytes: extra))
            else { throw .damaged("member \(members.count + 1) of its directory, at byte \(place), is none") }
            members.append(member)
            place += 46 + nameCount + extraCount + commentCount
        }
        self.members = members
    }

    /// The bytes of a member.
    func bytes(of member: Member) throws(Failure) -> [UInt8] {
        guard !member.isEncrypted else { throw Failure(reason: "has encrypted members: save it without a password") }
        let header = member.offset
        guard reader.integer(at: header, size: 4) == 0x0403_4b50,
            let nameCount = reader.count(at: header + 26, size: 2),
            let extraCount = reader.count(at: header + 28, size: 2),
            let packed = reader.slice(at: header + 30 + nameCount + extraCount, count: member.packedCount)
        else { throw .damaged("'\(member.name.shortened)' is not where its directory says, at byte \(header)") }
        let bytes: [UInt8]
        switch member.method {
        case 0:
            guard member.packedCount == member.count else {
                throw .damaged("'\(member.name.shortened)' is stored with two sizes")
            }
            bytes = Array(packed)
        case 8:
            // Deflate makes at most 1,032 bytes out of one.
            guard member.count / 1032 <= member.packedCount else {
                throw .damaged("'\(member.name.shortened)' says that it unpacks to \(member.count) bytes")
            }
            do {
                bytes = try ZipMember.unpacked(packed, count: member.count)
            } catch {
                throw .damaged("'\(member.name.shortened)' does not unpack: \(error.reason)")
            }
        default:
            throw Failure(
                reason: "has '\(member.name.shortened)' packed by method \(member.method), which is neither stored nor "
                    + "deflated: save it with numpy.savez or numpy.savez_compressed")
        }
        guard UInt64(ZipMember.checksum(of: bytes[...])) == member.checksum else {
            throw .damaged("'\(member.name.shortened)' does not have its checksum")
        }
        return bytes
    }

    /// Where the record at the end begins: 22 bytes, and a comment of at most 65,535 behind it.
    private static func end(of reader: ByteReader) -> Int? {
        var place = reader.bytes.count - 22
        let least = max(0, place - 0xffff)
        while place >= least {
            if reader.integer(at: place, size: 4) == 0x0605_4b50 { return place }
            place -= 1
        }
        return nil
    }

    private static func member(
        _ reader: ByteReader, at place: Int, name: ArraySlice<UInt8>, extra: ByteReader
    ) -> Member? {
        guard let flags = reader.integer(at: place + 8, size: 2), let method = reader.integer(at: place + 10, size: 2),
            let checksum = reader.integer(at: place + 16, size: 4), var packed = reader.count(at: place + 20, size: 4),
            var count = reader.count(at: place + 24, size: 4), var offset = reader.count(at: place + 42, size: 4)
        else { return nil }
        if packed == 0xffff_ffff || count == 0xffff_ffff || offset == 0xffff_ffff {
            guard var field = zip64(in: extra) else { return nil }
            // Those that are large, in this order.
            func large(_ number: inout Int) -> Bool {
                guard number == 0xffff_ffff else { return true }
                guard let found = extra.count(at: field, size: 8) else { return false }
                (number, field) = (found, field + 8)
                return true
            }
            guard large(&count), large(&packed), large(&offset) else { return nil }
        }
        return Member(
            name: String(decoding: name, as: UTF8.self), method: method, isEncrypted: flags & 1 == 1,
            checksum: checksum, packedCount: packed, count: count, offset: offset)
    }

    /// Where zip64's field of a member begins in its extra fields.
    private static func zip64(in extra: ByteReader) -> Int? {
        var place = 0
        while let kind = extra.integer(at: place, size: 2), let size = extra.count(at: place + 2, size: 2) {
            if kind == 1 { return place + 4 }
            place += 4 + size
        }
        return nil
    }
}
