import CAllocator

/// What becomes of memory that is no longer needed, by glibc's `mallopt`.
public enum FreedMemory {
    /// Keeps it for what comes next, instead of giving it back to the system and asking for pages anew: passes over
    /// points make and drop arrays of a few MiB all the time, and clearing new pages takes as long as the work on them.
    ///
    /// Up to 1 GiB stays with the process. Arrays of more than 32 MiB are still given back, and so is a thread's heap
    /// of 64 MiB with nothing left in it.
    ///
    /// - Returns: whether the allocator does so; where it cannot, only time is lost.
    @discardableResult
    public static func keep() -> Bool {
        // 32 MiB is the most that glibc takes for the first.
        mallopt(M_MMAP_THRESHOLD, 32 << 20) == 1 && mallopt(M_TRIM_THRESHOLD, 1 << 30) == 1
    }
}
