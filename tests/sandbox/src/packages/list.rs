//! `GET /api/partner/service_package/list`

use serde::Serialize;

use crate::{
    auth::PartnerId,
    envelope::{HandlerResult, success},
    seed::packages::{ALL, Package},
    store::{Price, prices},
};

#[derive(Serialize)]
struct Item {
    code_name: &'static str,
    service_name: &'static str,
    staff_num: u32,
    customer_num: u32,
    note: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    fee_setups: Option<[Price; 2]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fee_holds: Option<[Price; 2]>,
}

impl Item {
    fn new(package: &Package) -> Self {
        Self {
            code_name: package.code_name,
            service_name: package.service_name,
            staff_num: package.staff_num,
            customer_num: package.customer_num,
            note: package.note,
            fee_setups: package.fees.map(|fees| prices(fees.setup)),
            fee_holds: package.fees.map(|fees| prices(fees.monthly)),
        }
    }
}

/// All partners see the same packages.
pub async fn handle(_: PartnerId) -> HandlerResult {
    Ok(success(ALL.iter().map(Item::new).collect::<Vec<_>>()))
}
