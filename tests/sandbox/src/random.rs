//! Two kinds of randomness: repeatable for data, from the system for tokens.

use rand_pcg::{
    Pcg64Mcg,
    rand_core::{Rng as _, SeedableRng as _},
};

/// Numbers that are the same for the same seed on every machine and in every release. The generator is a named, fixed
/// algorithm, and the few ways of drawing from it are here, since libraries change theirs between versions.
pub struct Repeatable(Pcg64Mcg);

impl Repeatable {
    /// `stream` keeps the uses of one seed apart.
    pub fn new(seed: u64, stream: u64) -> Self {
        let mixed = seed ^ stream.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        Self(Pcg64Mcg::seed_from_u64(mixed))
    }

    /// All 64 of them.
    pub fn bits(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// From 0 to `bound - 1`; 0 for a bound of 0.
    pub fn below(&mut self, bound: u64) -> u64 {
        // The high half of the product: even enough for sample data, and no division.
        ((u128::from(self.bits()) * u128::from(bound)) >> 64) as u64
    }

    /// Both ends included.
    pub fn between(&mut self, low: u64, high: u64) -> u64 {
        let width = high.saturating_sub(low).saturating_add(1);
        low.saturating_add(self.below(width))
    }

    /// The same for signed numbers: dates, delays, money.
    pub fn within(&mut self, low: i64, high: i64) -> i64 {
        let width = u64::try_from(high.saturating_sub(low)).unwrap_or_default();
        low.saturating_add_unsigned(self.between(0, width))
    }

    pub fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// One of the items of a list that is never empty, such as a constant table.
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
            // Sixteen bits a character: one draw serves four.
            if left == 0 {
                drawn = self.bits();
                left = 4;
            }
            let index = ((drawn & 0xFFFF) * N as u64) >> 16;
            into.push(char::from(alphabet[index as usize]));
            drawn >>= 16;
            left -= 1;
        }
    }
}

/// A secret nobody can guess, of characters that need no escaping in headers and URLs.
pub fn secret() -> Result<String, getrandom::Error> {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    let mut bytes = [0_u8; 43];
    getrandom::fill(&mut bytes)?;
    Ok(bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte & 63)])).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pinned: another value here means that every seeded data set has changed.
    #[test]
    fn the_stream_of_a_seed_never_changes() {
        let mut random = Repeatable::new(1, 0);
        assert_eq!([random.bits(), random.bits()], [15_803_641_690_485_367_939, 2_537_432_388_316_380_799]);
    }

    #[test]
    fn streams_of_one_seed_differ() {
        assert_ne!(Repeatable::new(1, 0).bits(), Repeatable::new(1, 1).bits());
    }

    #[test]
    fn stays_within_bounds_and_reaches_them() {
        let mut random = Repeatable::new(7, 0);
        let drawn: Vec<i64> = (0..1000).map(|_| random.within(200, 203)).collect();
        assert_eq!(drawn.iter().min(), Some(&200));
        assert_eq!(drawn.iter().max(), Some(&203));
        assert_eq!(random.within(5, 5), 5);
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
