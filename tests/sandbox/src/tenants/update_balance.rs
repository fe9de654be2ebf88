//! `POST /api/partner/tenant/update_balance`

use axum::{body::Bytes, extract::State};
use serde::Serialize;

use crate::{
    app::App,
    auth::PartnerId,
    body::{Body, Fields},
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
    // The documentation does not say that a top-up is paid from the partner's balance, so it is not.
    let (tenant, _) = store.account(partner, request.email)?;
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
    // VND has no minor unit.
    let amount = fields.integer_from(MIN_AMOUNT, "amount", ErrorCode::AmountTooSmall)?;
    let description = fields.text_from(
        MIN_DESCRIPTION,
        "description",
        ErrorCode::DescriptionIsRequired,
        ErrorCode::DescriptionTooShort,
    )?;
    let wallet = match fields.optional_text("wallet")? {
        None | Some("" | "NORMAL") => Wallet::CallCharge,
        Some("SPK") => Wallet::Service,
        Some(_) => return Err(ErrorCode::RequestInvalid),
    };
    Ok(TopUpRequest { email, amount, description, wallet })
}
