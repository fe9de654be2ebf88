//! The initial tenants: plausible Vietnamese businesses, always the same for the same seed, except their dates, which are
//! relative to the day on which the sandbox starts.

pub mod packages;
mod words;

use std::{borrow::Cow, collections::HashMap};

use crate::{
    auth::MAIN_PARTNER,
    clock::{DAY, MONTH, SECOND},
    diacritics,
    random::SeededRng,
    seed::packages::{Package, TRIAL},
    store::{CallPricing, NATION, NumberOffer, PublicNumber, Store, Tenant, prices},
};

/// The period before today in which the tenants were created.
const TWO_YEARS: i64 = 730 * DAY;
const YEAR: i64 = 365 * DAY;
/// 31 December 2025. The ids contain a creation time that is relative to this day, not to today, so that they stay the same.
const DAY_OF_IDS: i64 = 1_767_139_200_000;

const SEED_STREAM: u64 = 0;
const RUNTIME_STREAM: u64 = 1;
const NUMBERS_STREAM: u64 = 2;

/// The main partner's balance, in VND. The other partners have no money.
const PARTNER_BALANCE: i64 = 250_000_000;

/// Three pages of the default size.
const NUMBERS: usize = 120;

/// A store with `count` tenants, all of the main partner. The dates are relative to the day of `now`, in UTC.
pub fn store(seed: u64, count: usize, now: i64) -> Store {
    let today = now - now.rem_euclid(DAY);
    let mut random = SeededRng::new(seed, SEED_STREAM);
    let mut store = Store::new(SeededRng::new(seed, RUNTIME_STREAM), count);
    let spacing = i64::try_from(count).map_or(TWO_YEARS, |count| TWO_YEARS / count.max(1));
    let mut slot_start = TWO_YEARS;
    for index in 0..count {
        // In the first half of its time slot, so that creation and activation dates are in the order of the list.
        let age = slot_start - random.between_signed(0, spacing / 2);
        store.add(tenant(&mut random, index, age, today));
        slot_start -= spacing;
    }
    let mut random = SeededRng::new(seed, NUMBERS_STREAM);
    store.numbers = (0..NUMBERS).map(|index| number_offer(&mut random, index, today)).collect();
    store.partner_balances = HashMap::from([(MAIN_PARTNER, PARTNER_BALANCE)]);
    store
}

/// The index of a number without a list price.
const UNPRICED: usize = 1;

fn number_offer(random: &mut SeededRng, index: usize, today: i64) -> NumberOffer {
    const CALL_PRICING: &[CallPricing] = &[
        CallPricing { to: Cow::Borrowed("mobile"), price: 880.0 },
        CallPricing { to: Cow::Borrowed("fixed"), price: 330.0 },
    ];

    let provider = random.pick(&words::PROVIDERS);
    let (number_type, prefix, length, price) = random.pick(&words::NUMBER_TYPES);
    let mut number = prefix.to_owned();
    // The index makes the number unique.
    number.push_str(&format!("{index:03}"));
    random.digits(length - number.len(), &mut number);
    let created_date = today - random.between_signed(MONTH, TWO_YEARS);
    NumberOffer {
        number,
        provider: provider.into(),
        provider_type: if number_type == "mobile" { "mobile" } else { "telecom" }.into(),
        number_type: number_type.into(),
        nation: NATION.into(),
        created_date,
        last_updated_date: created_date + random.between_signed(0, MONTH),
        maintaining_prices: (index != UNPRICED).then(|| prices(price)),
        call_pricing: CALL_PRICING.into(),
    }
}

/// The indexes of tenants with fixed properties, so that a small data set has one tenant of each sort; the others are
/// random.
const EXPIRED: usize = 1;
const EXPIRES_WITHIN_30_DAYS: usize = 2;
const EXPIRES_WITHIN_90_DAYS: usize = 3;
const LOW_BALANCE: usize = 4;
const DISABLED: usize = 6;
const NOT_ACTIVATED: usize = 7;
const POSTPAID: usize = 8;

/// `age` is the time from its creation to the start of today.
fn tenant(random: &mut SeededRng, index: usize, age: i64, today: i64) -> Tenant {
    let (surname, middle, given) =
        (random.pick(&words::SURNAMES), random.pick(&words::MIDDLE_NAMES), random.pick(&words::GIVEN_NAMES));
    let owner_name = [surname, middle, given].join(" ");
    let brand = random.pick(&words::BRANDS);
    let (trade, description) = random.pick(&words::TRADES);
    let full_name = if random.chance(12) {
        ["Hộ kinh doanh", trade, &owner_name].join(" ")
    } else {
        [random.pick(&words::COMPANY_FORMS), trade, brand].join(" ")
    };

    // The number at the end of the local part makes the address unique.
    let number = index + 1;
    let mut email = diacritics::slug(given);
    email.push('.');
    email.push_str(&diacritics::slug(surname));
    email.push_str(&number.to_string());
    email.push('@');
    let brand = diacritics::slug(brand);
    if random.chance(40) {
        email.push_str(random.pick(&words::MAIL_DOMAINS));
    } else {
        email.push_str(&brand);
        email.push_str(".example");
    }

    let random_package = random.pick(&packages::WEIGHTED);
    let package = packages::ALL.get(index).copied().unwrap_or(random_package);
    let not_activated = random.chance(6);
    let not_activated = index == NOT_ACTIVATED || (not_activated && index > NOT_ACTIVATED);
    let enabled = !random.chance(6);
    let enabled = index != DISABLED && (enabled || index < DISABLED);
    let postpaid = index == POSTPAID || random.chance(20);

    let activated = today - age + random.between_signed(3 * SECOND, 10 * SECOND);
    let expiry = |term| expiry(index, activated, term, today);
    let expires = expiry(term(random, package));
    let cashback = if package == TRIAL { 0 } else { money(random, 3_000_000) };
    let numbers = match (not_activated, package == TRIAL) {
        (true, _) => 0,
        (false, true) => random.below(2),
        (false, false) => random.between(1, 3),
    };

    Tenant {
        id: id(random, DAY_OF_IDS - age),
        partner: MAIN_PARTNER,
        full_name,
        owner_name,
        email,
        phone: mobile_number(random),
        description: description.to_owned(),
        enabled,
        activates_at: (!not_activated).then_some(activated),
        domain: format!("{brand}{number}"),
        domain_expire: expiry(YEAR),
        expire_date: expires,
        paid_type: if postpaid { "postpaid" } else { "prepaid" }.into(),
        balance: if not_activated { 0 } else { balance(random, index) },
        service_balance: if not_activated { 0 } else { money(random, 5_000_000) },
        api_key: api_key(random),
        public_numbers: (0..numbers).map(|_| hotline(random, expiry)).collect(),
        service_package: package.until(expires, cashback),
        top_ups: Vec::new(),
        purchases: Vec::new(),
    }
}

fn term(random: &mut SeededRng, package: Package) -> i64 {
    MONTH * if package == TRIAL { 6 } else { random.between_signed(6, 36) }
}

/// The end of what was bought for a term at `since`, and is bought again for the same term within this time after each end.
fn expiry(index: usize, since: i64, term: i64, today: i64) -> i64 {
    const RENEWED_WITHIN: i64 = 20 * DAY;

    match index {
        EXPIRED => today - 10 * DAY,
        EXPIRES_WITHIN_30_DAYS => today + 20 * DAY,
        EXPIRES_WITHIN_90_DAYS => today + 60 * DAY,
        _ => {
            let renewals = (today - RENEWED_WITHIN - since).max(0) / term;
            since + (renewals + 1) * term
        }
    }
}

/// Of the call-charge wallet. Every tenth is low: under 100,000 VND.
fn balance(random: &mut SeededRng, index: usize) -> i64 {
    let balance = money(random, 20_000_000);
    if index == LOW_BALANCE || balance % 10 == 0 { balance / 200 } else { balance }
}

fn money(random: &mut SeededRng, below: i64) -> i64 {
    random.between_signed(0, below - 1)
}

fn mobile_number(random: &mut SeededRng) -> String {
    let mut number = random.pick(&words::MOBILE_PREFIXES).to_owned();
    random.digits(8, &mut number);
    number
}

fn hotline(random: &mut SeededRng, expiry: impl Fn(i64) -> i64) -> PublicNumber {
    const LENGTH: usize = 12;

    let mut number = random.pick(&words::HOTLINE_PREFIXES).to_owned();
    random.digits(LENGTH - number.len(), &mut number);
    PublicNumber {
        number,
        provider: random.pick(&words::PROVIDERS).into(),
        expire_date: expiry(MONTH * random.between_signed(6, 24)),
        status: if random.chance(90) { "active" } else { "inactive" }.into(),
    }
}

/// An id like a MongoDB ObjectId: the creation time in seconds, then random digits, 24 hexadecimal digits in total.
pub fn id(random: &mut SeededRng, created: i64) -> String {
    let seconds = u32::try_from(created / SECOND).unwrap_or_default();
    format!("{seconds:08x}{:016x}", random.next_u64())
}

/// A key in the format of the provider's example: four groups of capital letters and digits.
pub fn api_key(random: &mut SeededRng) -> String {
    const ALPHABET: &[u8; 36] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    const GROUPS: [usize; 4] = [8, 7, 6, 4];

    let mut key = String::with_capacity(28);
    for (index, length) in GROUPS.into_iter().enumerate() {
        if index > 0 {
            key.push('-');
        }
        random.characters(ALPHABET, length, &mut key);
    }
    key
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use unicode_normalization::is_nfc;

    use super::*;

    /// In the evening of a day in September 2026.
    const NOW: i64 = 1_790_000_000_000;

    fn all(store: &Store) -> Vec<&Tenant> {
        store.search(MAIN_PARTNER, "")
    }

    #[test]
    fn a_seed_always_gives_the_same_tenants() {
        let (one, same, other) = (store(5, 200, NOW), store(5, 200, NOW), store(6, 200, NOW));
        assert_eq!(all(&one), all(&same));
        assert_ne!(all(&one), all(&other));
    }

    /// These values are fixed: a change means that the data of every seed has changed for its users.
    #[test]
    fn the_tenants_of_seed_1_never_change() {
        let store = store(1, 120, DAY_OF_IDS);
        let tenants = all(&store);
        let Some(first) = tenants.last() else { panic!("no tenants") };
        assert_eq!(first.email, "quynh.nguyen1@example.net");
        assert_eq!(first.full_name, "Công ty Cổ phần Mỹ phẩm Thành Công");
        assert_eq!(first.id, "65956ff9e7b4d67bdfc1bd77");
        assert_eq!(first.api_key, "S1M7TFQT-YLJX0G0-SG4CTQ-QYS6");
        assert_eq!(first.balance, 6_121_176);
        assert_eq!(first.activates_at, Some(1_704_292_354_423));
        // The last tenant depends on every random number before it.
        let Some(last) = tenants.first() else { panic!("no tenants") };
        assert_eq!(last.email, "tam.hoang120@example.org");
        assert_eq!(last.balance, 9_945_702);
    }

    /// Everything in a store, with all dates moved.
    fn moved(store: &Store, ms: i64) -> (Vec<Tenant>, Vec<NumberOffer>) {
        let mut tenants: Vec<Tenant> = store.tenants().cloned().collect();
        for tenant in &mut tenants {
            tenant.activates_at = tenant.activates_at.map(|at| at + ms);
            let numbers = tenant.public_numbers.iter_mut().map(|number| &mut number.expire_date);
            let package = &mut tenant.service_package.expiry_date;
            for date in numbers.chain([&mut tenant.domain_expire, &mut tenant.expire_date, package]) {
                *date += ms;
            }
        }
        let mut offers = store.numbers.clone();
        for offer in &mut offers {
            offer.created_date += ms;
            offer.last_updated_date += ms;
        }
        (tenants, offers)
    }

    #[test]
    fn only_the_dates_depend_on_the_day() {
        let midnight = NOW - NOW % DAY;
        let store_at = |now| store(3, 300, now);
        let first = moved(&store_at(midnight), 0);
        assert_eq!(moved(&store_at(midnight + DAY - 1), 0), first);
        assert_eq!(moved(&store_at(midnight + DAY), -DAY), first);
        assert_eq!(moved(&store_at(midnight + 1000 * DAY), -1000 * DAY), first);
        // Also before 1970.
        assert_eq!(moved(&store_at(0), midnight), first);
    }

    #[test]
    fn the_past_is_over_when_the_sandbox_starts() {
        for count in [1, 9, 120, 100_000] {
            let store = store(2, count, NOW);
            let today = NOW - NOW % DAY;
            let dates: Vec<i64> = store.tenants().filter_map(|tenant| tenant.activates_at).collect();
            let offers = store.numbers.iter().map(|offer| offer.last_updated_date);
            assert!(dates.iter().copied().chain(offers).all(|date| (today - TWO_YEARS..=today).contains(&date)));
            if count >= 120 {
                assert!(dates.last().is_some_and(|date| today - date < 8 * DAY));
            }
        }
    }

    /// How many percent of the dates have passed, and will have in 30 and in 90 days.
    fn passed(dates: impl Iterator<Item = i64>) -> [usize; 3] {
        let dates: Vec<i64> = dates.collect();
        [0, 30, 90].map(|days| {
            let passed = dates.iter().filter(|date| **date < NOW + days * DAY).count();
            passed * 100 / dates.len()
        })
    }

    #[test]
    fn most_packages_numbers_and_domains_are_running() {
        for seed in 0..5 {
            let store = store(seed, 2000, NOW);
            let numbers = store.tenants().flat_map(|tenant| &tenant.public_numbers);
            for [expired, within_30_days, within_90_days] in [
                passed(store.tenants().map(|tenant| tenant.service_package.expiry_date)),
                passed(store.tenants().map(|tenant| tenant.domain_expire)),
                passed(numbers.map(|number| number.expire_date)),
            ] {
                assert!((2..10).contains(&expired), "{expired}");
                assert!((expired + 3..25).contains(&within_30_days), "{within_30_days}");
                assert!((within_30_days + 6..45).contains(&within_90_days), "{within_90_days}");
            }
            let active: Vec<_> = store.tenants().filter(|tenant| tenant.activates_at.is_some()).collect();
            let low = active.iter().filter(|tenant| tenant.balance < 100_000).count();
            assert!((7..14).contains(&(low * 100 / active.len())), "{low}");
        }
    }

    #[test]
    fn tenants_are_plausible_and_unique() {
        let store = store(1, 3000, NOW);
        let tenants = all(&store);
        assert_eq!(tenants.len(), 3000);
        let mut seen = HashSet::new();
        for tenant in &tenants {
            for unique in [&tenant.id, &tenant.email, &tenant.api_key, &tenant.domain] {
                assert!(seen.insert(unique), "{unique} occurs twice");
            }
            assert!(is_nfc(&tenant.full_name) && is_nfc(&tenant.owner_name));
            assert!(is_nfc(&tenant.description));
            assert!(tenant.email.is_ascii());
            assert!(
                [".example", "@example.com", "@example.net", "@example.org"]
                    .iter()
                    .any(|end| tenant.email.ends_with(end)),
                "{} could be a real address",
                tenant.email
            );
            assert_eq!(tenant.id.len(), 24);
            assert_eq!(tenant.phone.len(), 10);
            assert!(["03", "05", "07", "08", "09"].iter().any(|start| tenant.phone.starts_with(start)));
            for hotline in &tenant.public_numbers {
                assert_eq!(hotline.number.len(), 12);
                assert!(hotline.number.starts_with("84"));
            }
            assert!(tenant.balance >= 0 && tenant.service_balance >= 0);
        }
        let ages: Vec<i64> = tenants.iter().filter_map(|t| t.activates_at).collect();
        assert!(ages.is_sorted_by(|newer, older| newer > older));
    }

    #[test]
    fn a_small_data_set_has_a_tenant_of_each_sort() {
        for seed in 0..20 {
            let store = store(seed, 9, NOW);
            let tenants = all(&store);
            let packages: HashSet<_> = tenants.iter().map(|tenant| &tenant.service_package.code_name).collect();
            assert_eq!(packages.len(), packages::ALL.len());
            assert!(tenants.iter().any(|tenant| !tenant.enabled));
            assert!(tenants.iter().any(|tenant| tenant.activates_at.is_none()));
            assert!(tenants.iter().any(|tenant| tenant.paid_type == "postpaid"));
            let expiries = |tenant: &Tenant| -> Vec<i64> {
                let numbers = tenant.public_numbers.iter().map(|number| number.expire_date);
                numbers.chain([tenant.service_package.expiry_date, tenant.domain_expire]).collect()
            };
            let day = NOW / DAY;
            for days in [-20..0, 0..30, 30..90] {
                assert!(tenants.iter().any(|tenant| {
                    let dates = expiries(tenant);
                    dates.len() > 2 && dates.iter().all(|date| days.contains(&(date / DAY - day)))
                }));
            }
            assert!(tenants.iter().any(|tenant| (1..100_000).contains(&tenant.balance)));
            // And ordinary ones.
            assert!(tenants.iter().any(|tenant| tenant.enabled && tenant.activates_at.is_some()));
        }
    }
}
