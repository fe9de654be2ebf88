//! Random numbers: from a seed for data, from the operating system for tokens.

use rand_pcg::{
    Pcg64Mcg,
    rand_core::{Rng as _, SeedableRng as _},
};
use serde::{Deserialize, Serialize};

/// A random number generator that gives the same numbers for the same seed on every machine and in every release. The
/// algorithm is fixed, and the distributions are implemented here, because libraries change theirs between versions.
#[derive(Clone, Deserialize, Serialize)]
pub struct SeededRng(Pcg64Mcg);

impl SeededRng {
    /// Different values of `stream` give independent sequences for one seed.
    pub fn new(seed: u64, stream: u64) -> Self {
        let mixed = seed ^ stream.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        Self(Pcg64Mcg::seed_from_u64(mixed))
    }

    pub fn next_u64(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// From 0 to `bound - 1`; 0 for a bound of 0.
    pub fn below(&mut self, bound: u64) -> u64 {
        // The high half of the product: uniform enough for sample data, and needs no division.
        ((u128::from(self.next_u64()) * u128::from(bound)) >> 64) as u64
    }

    /// From `low` to `high`, both included.
    pub fn between(&mut self, low: u64, high: u64) -> u64 {
        let width = high.saturating_sub(low).saturating_add(1);
        low.saturating_add(self.below(width))
    }

    /// Like [`Self::between`], for signed numbers: dates, delays, money.
    pub fn between_signed(&mut self, low: i64, high: i64) -> i64 {
        let width = u64::try_from(high.saturating_sub(low)).unwrap_or_default();
        low.saturating_add_unsigned(self.between(0, width))
    }

    pub fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// One item of an array that is not empty.
    pub fn pick<T: Copy, const N: usize>(&mut self, items: &[T; N]) -> T {
        const { assert!(N > 0) };
        items[self.below(N as u64) as usize]
    }

    pub fn digits(&mut self, count: usize, into: &mut String) {
        const TEN: &[u8; 10] = b"0123456789";
        self.characters(TEN, count, into);
    }

    /// Appends `count` characters of an ASCII alphabet.
    pub fn characters<const N: usize>(&mut self, alphabet: &[u8; N], count: usize, into: &mut String) {
        let mut left = 0;
        let mut drawn = 0;
        for _ in 0..count {
            // A character needs 16 bits, so one number of 64 bits gives four characters.
            if left == 0 {
                drawn = self.next_u64();
                left = 4;
            }
            let index = ((drawn & 0xFFFF) * N as u64) >> 16;
            into.push(char::from(alphabet[index as usize]));
            drawn >>= 16;
            left -= 1;
        }
    }
}

/// An unguessable token, of characters that need no escaping in headers and URLs.
pub fn secret() -> Result<String, getrandom::Error> {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    let mut bytes = [0_u8; 43];
    getrandom::fill(&mut bytes)?;
    Ok(bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte & 63)])).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// These values are fixed: a change means that every seeded data set has changed.
    #[test]
    fn a_seed_always_gives_the_same_numbers() {
        let mut random = SeededRng::new(1, 0);
        assert_eq!([random.next_u64(), random.next_u64()], [15_803_641_690_485_367_939, 2_537_432_388_316_380_799]);
    }

    #[test]
    fn streams_of_one_seed_differ() {
        assert_ne!(SeededRng::new(1, 0).next_u64(), SeededRng::new(1, 1).next_u64());
    }

    #[test]
    fn stays_within_bounds_and_reaches_them() {
        let mut random = SeededRng::new(7, 0);
        let drawn: Vec<i64> = (0..1000).map(|_| random.between_signed(200, 203)).collect();
        assert_eq!(drawn.iter().min(), Some(&200));
        assert_eq!(drawn.iter().max(), Some(&203));
        assert_eq!(random.between_signed(5, 5), 5);
        assert_eq!(random.below(0), 0);
    }

    #[test]
    fn secrets_differ_and_need_no_escaping() -> Result<(), getrandom::Error> {
        let (one, other) = (secret()?, secret()?);
        assert_ne!(one, other);
        assert!(one.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)));
        Ok(())
    }
}
