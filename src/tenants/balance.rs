//! What a tenant's balance says about a top-up: `GET /api/partner/tenant/info`.

use std::rc::Rc;

use js_sys::{Number, Promise};
use serde::Serialize;
use tsify::Tsify;

use super::{find, get};
use crate::config::CallOptions;
use crate::decimal::Decimal;
use crate::error::{ErrorKind, Mismatch, Result, Text};
use crate::platform::guarded::{field, type_name};
use crate::transport::{Connection, mutex};
use crate::validation::rules;

/// The endpoint that changes a balance.
pub const PATH: &str = "/api/partner/tenant/update_balance";
/// The same with its method, as errors name it.
pub const ENDPOINT: &str = "POST /api/partner/tenant/update_balance";

/// What the server's data says about a write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub enum Outcome {
    Applied,
    NotApplied,
    AppliedMoreThanOnce,
    Inconclusive,
}

/// The balance of a tenant at some moment.
#[derive(Debug, Clone)]
pub struct KnownBalance {
    pub tenant_id: String,
    pub balance: f64,
}

/// Runs work while no other work of this browser changes the balance of the tenant with this e-mail address: a second top-up would
/// blur what the balance says about the first one.
pub fn lock(connection: &Rc<Connection>, email: &str, options: CallOptions, work: mutex::Work) -> Promise {
    let lock = mutex::Lock {
        name: ["omicall-partner topUp ", &connection.config.base_url, " ", &email.to_ascii_lowercase()].concat(),
        endpoint: ENDPOINT,
        timeout: &Text {
            en: "Another top-up of this tenant is still running in another tab: wait until it is done, then try again.",
            vi: "Một lệnh nạp tiền khác cho doanh nghiệp này đang chạy ở tab khác: hãy chờ xong rồi thử lại.",
        },
    };
    mutex::run(lock, connection.clone(), options, work)
}

/// The balance of the tenant with this e-mail address; `None` where there is none.
pub async fn by_email(connection: &Connection, email: &str, options: &CallOptions) -> Result<Option<KnownBalance>> {
    let mut found = find::by_email(connection, email, options).await?;
    let ambiguous = |actual| {
        let mismatch = Mismatch::new("one tenant with this e-mail address", actual);
        Err(ErrorKind::Protocol(mismatch.under("payload.items")).into())
    };
    let tenant_id = match (found.ids.pop(), found.ids.is_empty()) {
        (Some(id), true) => id,
        (Some(_), false) => return ambiguous("several"),
        (None, _) if found.is_incomplete => return ambiguous("tenants without an address"),
        (None, _) => return Ok(None),
    };
    let balance = by_id(connection, &tenant_id, options).await?;
    Ok(Some(KnownBalance { tenant_id, balance }))
}

/// The balance of the tenant with this id.
pub async fn by_id(connection: &Connection, id: &str, options: &CallOptions) -> Result<f64> {
    if !rules::is_id(id) {
        let mismatch = Mismatch::new("letters, digits and - _ . :", "another character");
        return Err(ErrorKind::Protocol(mismatch.under("payload.items[0].id")).into());
    }
    let response = connection.execute(get::request(id), options).await?;
    let balance = field(&response.payload, "balance");
    balance.as_f64().ok_or_else(|| {
        let mismatch = Mismatch::new("number", type_name(&balance));
        response.into_error(mismatch.under("payload.balance"))
    })
}

/// What the difference says. Charged calls and top-ups by others change the balance too, so only a multiple of the amount
/// says anything.
pub fn outcome(before: f64, after: f64, amount: f64) -> Outcome {
    outcome_of(difference(before, after), amount)
}

/// Whether the balance after is the larger one.
pub fn has_risen(before: f64, after: f64) -> bool {
    difference(before, after).map_or(after > before, |difference| difference.digits > 0)
}

fn difference(before: f64, after: f64) -> Option<Decimal> {
    Decimal::parse(&decimal_text(after)?)?.minus(Decimal::parse(&decimal_text(before)?)?)
}

/// A number as JavaScript writes it. The server may add balances as binary fractions, whose sums have a tail such as that of
/// `0.30000000000000004`: digits after the 15th significant one count only as cents.
fn decimal_text(number: f64) -> Option<String> {
    const RELIABLE_DIGITS: usize = 15;
    const CENTS: usize = 2;
    let number = Number::from(number);
    let text = String::from(number.to_string_with_radix(10).ok()?);
    let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).count();
    let integer_digits = match text.split_once('.') {
        // Such as 5.551115123125783e-17.
        _ if text.split_once('e').is_some() => 1,
        Some((integer, _)) if digits(&text) > RELIABLE_DIGITS => digits(integer),
        _ => return Some(text),
    };
    let decimals = RELIABLE_DIGITS.saturating_sub(integer_digits).max(CENTS);
    let fixed = String::from(number.to_fixed(decimals as u8).ok()?);
    // Fewer digits, so that sums stay in range.
    let mut shortest = fixed.as_str();
    while let Some(shorter) = shortest.strip_suffix('0') {
        shortest = shorter;
    }
    Some(shortest.strip_suffix('.').unwrap_or(shortest).to_owned())
}

fn outcome_of(difference: Option<Decimal>, amount: f64) -> Outcome {
    // Validated: an integer that a double holds exactly.
    let amount = Decimal { digits: amount as i64, scale: 0 };
    let Some((risen, amount)) = difference.and_then(|risen| Some((risen.digits, amount.at(risen.scale)?))) else {
        return Outcome::Inconclusive;
    };
    match (risen.checked_div(amount), risen.checked_rem(amount)) {
        (Some(0), Some(0)) => Outcome::NotApplied,
        (Some(1), Some(0)) => Outcome::Applied,
        (Some(2..), Some(0)) => Outcome::AppliedMoreThanOnce,
        _ => Outcome::Inconclusive,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(before: &str, after: &str, amount: f64) -> Outcome {
        let difference = Decimal::parse(after).and_then(|after| after.minus(Decimal::parse(before)?));
        outcome_of(difference, amount)
    }

    #[test]
    fn only_multiples_of_the_amount_say_anything() {
        let cases = [
            ("500", Outcome::NotApplied),
            ("10500", Outcome::Applied),
            ("20500", Outcome::AppliedMoreThanOnce),
            ("110500", Outcome::AppliedMoreThanOnce),
            ("10499", Outcome::Inconclusive),
            ("10500.01", Outcome::Inconclusive),
            ("10850", Outcome::Inconclusive),
            ("150", Outcome::Inconclusive),
            ("-9500", Outcome::Inconclusive),
            ("1e21", Outcome::Inconclusive),
            ("9223372036854775807", Outcome::Inconclusive),
            ("NaN", Outcome::Inconclusive),
        ];
        for (after, expected) in cases {
            assert_eq!(outcome("500", after, 10_000.0), expected, "{after}");
        }
        assert_eq!(outcome("4166549.61", "4216549.61", 50_000.0), Outcome::Applied);
        assert_eq!(outcome("-0.5", "9999.50", 10_000.0), Outcome::Applied);
        assert_eq!(outcome("0.3", "0.30", 10_000.0), Outcome::NotApplied);
    }
}
