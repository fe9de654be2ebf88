//! `GET /api/partner/service_package_v2/template/list`

use serde::Serialize;

use crate::{
    auth::PartnerId,
    envelope::{HandlerResult, success},
};

#[derive(Serialize)]
struct Template {
    id: &'static str,
    name: &'static str,
}

/// The payload is not documented, so this one is invented.
pub async fn handle(_: PartnerId) -> HandlerResult {
    let template = |id, name| Template { id, name };
    Ok(success([
        template("call_center", "Tổng đài chăm sóc khách hàng"),
        template("telesales", "Bán hàng qua điện thoại"),
    ]))
}
