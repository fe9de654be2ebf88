//! `POST /api/partner/service_package/extend`

use axum::{body::Bytes, extract::State};

use crate::{
    app::App,
    auth::PartnerId,
    body::Body,
    envelope::{ErrorCode, HandlerResult},
    purchase::{MIN_NOTE, Order},
    seed::packages,
    store::Item,
};

pub async fn handle(State(app): State<App>, partner: PartnerId, bytes: Bytes) -> HandlerResult {
    let fields = Body::parse(&bytes).fields(ErrorCode::RequestBodyRequired, ErrorCode::RequestBodyRequired)?;
    let order = Order::read(&fields, "month_num", ErrorCode::MonthNumTooSmall, MIN_NOTE)?;

    let now = app.now();
    let mut store = app.store();
    let code_name = store.account(partner, order.email)?.0.service_package.code_name.clone();
    let fees = packages::by_code_name(&code_name)
        .and_then(|package| package.fees)
        .ok_or(ErrorCode::ServicePackageWithoutPrice)?;
    let (tenant, response) =
        order.pay(&mut store, partner, Item::Extend { code_name }, (0, fees.monthly.0.into()), now)?;
    tenant.expire_date = order.end(now.max(tenant.service_package.expiry_date));
    tenant.service_package.expiry_date = tenant.expire_date;
    Ok(response)
}
