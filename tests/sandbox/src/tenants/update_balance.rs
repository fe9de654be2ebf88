//! `POST /api/partner/tenant/update_balance`

use axum::{body::Bytes, extract::State};
use serde::Serialize;
use serde_json::{Number, Value};

use crate::{
    app::App,
    auth::PartnerId,
    body::{Body, Fields, utf16_len},
    envelope::{ErrorCode, HandlerResult, success},
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
    /// The balance of the wallet after the top-up.
    balance: i64,
}

struct TopUpRequest<'a> {
    email: &'a str,
    amount: i64,
    description: &'a str,
    wallet: Wallet,
}

pub async fn handle(State(app): State<App>, partner: PartnerId, bytes: Bytes) -> HandlerResult {
    let fields = Body::parse(&bytes).fields(ErrorCode::RequestBodyRequired, ErrorCode::RequestBodyRequired)?;
    let request = validate(&fields)?;

    let at = app.now();
    let mut store = app.store();
    let tenant =
        store.by_email_of(partner, request.email).filter(|tenant| tenant.enabled).ok_or(ErrorCode::AccessDenied)?;
    let wallet = match request.wallet {
        Wallet::CallCharge => &mut tenant.balance,
        Wallet::Service => &mut tenant.service_balance,
    };
    let balance = wallet.checked_add(request.amount).ok_or(ErrorCode::RequestInvalid)?;
    *wallet = balance;
    tenant.top_ups.push(TopUp {
        amount: request.amount,
        wallet: request.wallet,
        description: request.description.to_owned(),
        at,
    });
    Ok(success(Receipt { email: &tenant.email, amount: request.amount, wallet: request.wallet, balance }))
}

fn validate(fields: &Fields) -> Result<TopUpRequest<'_>, ErrorCode> {
    let email = fields.required_text("email")?;
    let amount = match fields.get("amount") {
        Some(Value::Number(number)) => amount(number)?,
        _ => return Err(ErrorCode::RequestInvalid),
    };
    let description = fields
        .optional_text("description")?
        .filter(|text| !text.trim().is_empty())
        .ok_or(ErrorCode::DescriptionIsRequired)?;
    if utf16_len(description) < MIN_DESCRIPTION {
        return Err(ErrorCode::DescriptionTooShort);
    }
    let wallet = match fields.optional_text("wallet")? {
        None | Some("" | "NORMAL") => Wallet::CallCharge,
        Some("SPK") => Wallet::Service,
        Some(_) => return Err(ErrorCode::RequestInvalid),
    };
    Ok(TopUpRequest { email, amount, description, wallet })
}

/// An integer amount: VND has no minor unit.
fn amount(number: &Number) -> Result<i64, ErrorCode> {
    /// 2^53: up to here a floating-point number represents every integer exactly.
    const EXACT: f64 = 9_007_199_254_740_992.0;

    if let Some(amount) = number.as_i64() {
        return if amount < MIN_AMOUNT { Err(ErrorCode::AmountTooSmall) } else { Ok(amount) };
    }
    match number.as_f64() {
        Some(amount) if amount < MIN_AMOUNT as f64 => Err(ErrorCode::AmountTooSmall),
        Some(amount) if amount.fract() == 0.0 && amount <= EXACT => Ok(amount as i64),
        _ => Err(ErrorCode::RequestInvalid),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_integers_of_at_least_10_000() {
        let read = |json: &str| match serde_json::from_str(json) {
            Ok(Value::Number(number)) => amount(&number),
            _ => panic!("{json} is not a number"),
        };
        assert_eq!(read("10000"), Ok(10_000));
        assert_eq!(read("10000.0"), Ok(10_000));
        assert_eq!(read("1e5"), Ok(100_000));
        assert_eq!(read("9223372036854775807"), Ok(i64::MAX));
        for small in ["9999", "9999.99", "0", "-0.0", "-50000", "-1e300"] {
            assert_eq!(read(small), Err(ErrorCode::AmountTooSmall), "{small}");
        }
        for bad in ["10000.5", "1e300", "9007199254740994.0", "9223372036854775808", "99999999999999999999999"] {
            assert_eq!(read(bad), Err(ErrorCode::RequestInvalid), "{bad}");
        }
    }
}
