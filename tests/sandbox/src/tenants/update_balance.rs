//! `POST /api/partner/tenant/update_balance`

use axum::{body::Bytes, extract::State};
use serde::Serialize;
use serde_json::{Number, Value};

use crate::{
    app::App,
    auth::PartnerId,
    body::{Body, Fields, utf16_len},
    envelope::{Answer, Code, done},
    store::{TopUp, Wallet},
};

const MIN_AMOUNT: i64 = 10_000;
const MIN_DESCRIPTION: usize = 50;

/// Not documented upstream.
#[derive(Serialize)]
struct Receipt<'a> {
    email: &'a str,
    amount: i64,
    wallet: Wallet,
    /// Of the wallet that was topped up, afterwards.
    balance: i64,
}

struct Order<'a> {
    email: &'a str,
    amount: i64,
    description: &'a str,
    wallet: Wallet,
}

pub async fn handle(State(app): State<App>, partner: PartnerId, bytes: Bytes) -> Answer {
    let fields = Body::read(&bytes).fields(Code::RequestBodyRequired, Code::RequestBodyRequired)?;
    let order = check(&fields)?;

    let at = app.now();
    let mut store = app.store();
    let tenant = store.by_email_of(partner, order.email).filter(|tenant| tenant.enabled).ok_or(Code::AccessDenied)?;
    let wallet = match order.wallet {
        Wallet::CallCharge => &mut tenant.balance,
        Wallet::Service => &mut tenant.service_balance,
    };
    let balance = wallet.checked_add(order.amount).ok_or(Code::RequestInvalid)?;
    *wallet = balance;
    tenant.top_ups.push(TopUp {
        amount: order.amount,
        wallet: order.wallet,
        description: order.description.to_owned(),
        at,
    });
    Ok(done(Receipt { email: &tenant.email, amount: order.amount, wallet: order.wallet, balance }))
}

fn check(fields: &Fields) -> Result<Order<'_>, Code> {
    let email = fields.required_text("email")?;
    let amount = match fields.get("amount") {
        Some(Value::Number(number)) => amount(number)?,
        _ => return Err(Code::RequestInvalid),
    };
    let description = fields
        .optional_text("description")?
        .filter(|text| !text.trim().is_empty())
        .ok_or(Code::DescriptionIsRequired)?;
    if utf16_len(description) < MIN_DESCRIPTION {
        return Err(Code::DescriptionTooShort);
    }
    let wallet = match fields.optional_text("wallet")? {
        None | Some("" | "NORMAL") => Wallet::CallCharge,
        Some("SPK") => Wallet::Service,
        Some(_) => return Err(Code::RequestInvalid),
    };
    Ok(Order { email, amount, description, wallet })
}

/// Whole VND: the currency has no minor unit.
fn amount(number: &Number) -> Result<i64, Code> {
    /// Up to here a floating-point number is exact.
    const EXACT: f64 = 9_007_199_254_740_992.0;

    if let Some(amount) = number.as_i64() {
        return if amount < MIN_AMOUNT { Err(Code::AmountTooSmall) } else { Ok(amount) };
    }
    match number.as_f64() {
        Some(amount) if amount < MIN_AMOUNT as f64 => Err(Code::AmountTooSmall),
        Some(amount) if amount.fract() == 0.0 && amount <= EXACT => Ok(amount as i64),
        _ => Err(Code::RequestInvalid),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_whole_numbers_from_10_000_up() {
        let read = |json: &str| match serde_json::from_str(json) {
            Ok(Value::Number(number)) => amount(&number),
            _ => panic!("{json} is not a number"),
        };
        assert_eq!(read("10000"), Ok(10_000));
        assert_eq!(read("10000.0"), Ok(10_000));
        assert_eq!(read("1e5"), Ok(100_000));
        assert_eq!(read("9223372036854775807"), Ok(i64::MAX));
        for small in ["9999", "9999.99", "0", "-0.0", "-50000", "-1e300"] {
            assert_eq!(read(small), Err(Code::AmountTooSmall), "{small}");
        }
        for bad in ["10000.5", "1e300", "9007199254740994.0", "9223372036854775808", "99999999999999999999999"] {
            assert_eq!(read(bad), Err(Code::RequestInvalid), "{bad}");
        }
    }
}
