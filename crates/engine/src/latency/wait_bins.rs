//! The bins that waits are sorted into, by their order of magnitude.

/// Bins per doubling of the waiting time; the shortest wait with a bin of its own is 2⁻¹² s.
const BINS_PER_OCTAVE: usize = 8;
const OCTAVES: usize = 32;
const LOWEST_EXPONENT: u64 = 1023 - 12;
pub(super) const WAIT_BINS: usize = OCTAVES * BINS_PER_OCTAVE;

/// Returns the bin of a wait: the exponent and the first three bits of the fraction of the floating-point number.
pub(super) fn wait_bin(wait_s: f64) -> usize {
    let eighths = (wait_s.max(0.0).to_bits() >> 49).saturating_sub(LOWEST_EXPONENT * 8);
    (eighths as usize).min(WAIT_BINS - 1)
}
