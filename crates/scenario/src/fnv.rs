//! FNV-1a, which tells one run of bytes from another; no protection from who wants to deceive.

/// FNV-1a of 32 bits (Fowler, Noll, Vo).
#[must_use]
pub fn fnv1a(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |sum, byte| {
        (sum ^ u32::from(*byte)).wrapping_mul(0x0100_0193)
    })
}
