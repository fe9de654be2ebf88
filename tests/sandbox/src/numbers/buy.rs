//! `POST /api/partner/public_number/buy`

use axum::{body::Bytes, extract::State};

use crate::{
    app::App,
    auth::PartnerId,
    body::Body,
    envelope::{ErrorCode, HandlerResult},
    purchase::Order,
    store::{Item, PublicNumber},
};

pub async fn handle(State(app): State<App>, partner: PartnerId, bytes: Bytes) -> HandlerResult {
    let fields = Body::parse(&bytes).fields(ErrorCode::RequestBodyRequired, ErrorCode::RequestBodyRequired)?;
    let order = Order::read(&fields, "number_count", ErrorCode::NumberCountTooSmall, 1)?;
    let number = fields.required_text("number")?;

    let now = app.now();
    let mut store = app.store();
    let index = store.numbers.iter().position(|offer| offer.number == number).ok_or(ErrorCode::PublicNumberNotFound)?;
    let offer = store.numbers[index].clone();
    let monthly = offer.monthly_price().ok_or(ErrorCode::PublicNumberWithoutPrice)?;
    let item = Item::Buy { number: offer.number.clone() };
    let (tenant, response) = order.pay(&mut store, partner, item, (0, monthly), now)?;
    tenant.public_numbers.push(PublicNumber {
        number: offer.number,
        provider: offer.provider,
        expire_date: order.end(now),
        status: "active".into(),
    });
    store.numbers.remove(index);
    Ok(response)
}
