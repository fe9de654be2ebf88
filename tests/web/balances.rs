//! Balances with cents: what JavaScript's numbers, which have no exact cents, say about a top-up.

use omicall_partner::tenants::balance::{has_risen, outcome};
use omicall_partner::tenants::reconcile::Outcome;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::random;

/// The number that JSON gives for so many cents.
fn money(cents: i64) -> f64 {
    let sign = if cents < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", cents.abs() / 100, cents.abs() % 100).parse().unwrap()
}

fn random_cents(limit: i64) -> i64 {
    (js_sys::Math::random() * limit as f64) as i64
}

#[wasm_bindgen_test]
fn a_top_up_is_found_between_balances_with_cents() {
    assert_eq!(outcome(4_166_549.61, 4_216_549.61, 50_000.0), Outcome::Applied);
    assert_eq!(outcome(4_166_549.61, 4_166_549.61, 50_000.0), Outcome::NotApplied);
    assert_eq!(outcome(4_166_549.61, 4_216_549.6, 50_000.0), Outcome::Inconclusive);
    assert_eq!(outcome(0.0, 1e21, 50_000.0), Outcome::Inconclusive);
    assert_eq!(outcome(f64::NAN, 50_000.0, 50_000.0), Outcome::Inconclusive);
}

#[wasm_bindgen_test]
fn no_balance_with_cents_is_misjudged() {
    // Above 2^46 đồng, which is 7.03e15 cents, a double no longer tells one cent from the next.
    for limit in [100_i64, 10_000_000, 1_000_000_000_000, 7_000_000_000_000_000] {
        for _ in 0..2_000 {
            let before = random_cents(limit) - limit / 10;
            let amount = 10_000 + random_cents(1_000_000);
            let times = random(4) as i64;
            // Other changes of less than the amount.
            let other = if random(2) == 0 { 0 } else { random_cents(199) - 99 };
            let after = before + times * amount * 100 + other;
            let expected = match (times, other) {
                (0, 0) => Outcome::NotApplied,
                (1, 0) => Outcome::Applied,
                (_, 0) => Outcome::AppliedMoreThanOnce,
                _ => Outcome::Inconclusive,
            };
            let (before, after, amount) = (money(before), money(after), amount as f64);
            assert_eq!(outcome(before, after, amount), expected, "{before} {after} {amount}");
            assert_eq!(has_risen(before, after), after > before, "{before} {after}");
        }
    }
}

#[wasm_bindgen_test]
fn a_small_balance_with_a_binary_tail_is_not_misjudged() {
    for (before, after, amount) in [
        (0.1 + 0.2, 500_000.3, 500_000.0),
        (0.1 + 0.2 - 0.3, 500_000.0, 500_000.0),
        (2.300_000_000_000_000_3, 100_002.3, 100_000.0),
        (99.990_000_000_000_01, 1_000_099.99, 1_000_000.0),
        (250.300_000_000_000_04, 10_000_250.3, 10_000_000.0),
        (1e-16, 9_000_000_000.0, 9_000_000_000.0),
    ] {
        assert_eq!(outcome(before, after, amount), Outcome::Applied, "{before} {after}");
        assert_eq!(outcome(before, before, amount), Outcome::NotApplied, "{before}");
        assert!(has_risen(before, after) && !has_risen(after, before), "{before} {after}");
    }
}

#[wasm_bindgen_test]
fn the_tail_of_a_sum_of_binary_fractions_does_not_count() {
    assert_eq!(outcome(0.3, 0.1 + 0.2, 10_000.0), Outcome::NotApplied);
    assert!(!has_risen(0.3, 0.1 + 0.2));
    for _ in 0..2_000 {
        let before = money(random_cents(1_000_000_000_000));
        // What a server that counts with such numbers says.
        let cents = f64::from(random(100) as u32) / 100.0;
        let after = before + cents + 50_000.0 - cents;
        assert_eq!(outcome(before, after, 50_000.0), Outcome::Applied, "{before} {after}");
    }
}
