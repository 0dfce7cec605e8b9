//! A number that tells one list of texts from another; the build writes it down, and loaded texts are held against it.

/// FNV-1a of 32 bits (Fowler, Noll, Vo).
pub fn fingerprint(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |sum, byte| {
        (sum ^ u32::from(*byte)).wrapping_mul(0x0100_0193)
    })
}
