//! `POST /api/partner/service_package/upgrade`

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

/// Any package with a list price may follow any other: the documentation names no order.
pub async fn handle(State(app): State<App>, partner: PartnerId, bytes: Bytes) -> HandlerResult {
    let fields = Body::parse(&bytes).fields(ErrorCode::RequestBodyRequired, ErrorCode::RequestBodyRequired)?;
    let order = Order::read(&fields, "month_num", ErrorCode::MonthNumTooSmall, MIN_NOTE)?;
    let package =
        packages::by_code_name(fields.required_text("code_name")?).ok_or(ErrorCode::ServicePackageNotFound)?;
    let fees = package.fees.ok_or(ErrorCode::ServicePackageWithoutPrice)?;

    let now = app.now();
    let mut store = app.store();
    let item = Item::Upgrade { code_name: package.code_name.into() };
    let (tenant, response) = order.pay(&mut store, partner, item, (fees.setup.0.into(), fees.monthly.0.into()), now)?;
    tenant.expire_date = order.end(now);
    tenant.service_package = package.until(tenant.expire_date, tenant.service_package.cashback);
    Ok(response)
}
