//! The parameters of calls, validated without a call. Sends nothing.

use serde::Serialize;
use wasm_bindgen::JsValue;

use crate::error::ValidationIssue;
use crate::numbers::buy::BuyNumberParams;
use crate::numbers::list::ListNumbersParams;
use crate::packages::extend::ExtendPackageParams;
use crate::packages::upgrade::UpgradePackageParams;
use crate::platform::serialize::to_js;
use crate::tenants::create::CreateTenantParams;
use crate::tenants::list::ListTenantsParams;
use crate::tenants::payment;
use crate::tenants::top_up::TopUpParams;
use crate::transport::Endpoint;
use crate::validation::Issues;
use crate::validation::params::{Params, field};

/// The result of a validation.
#[derive(Debug, Serialize)]
pub struct Validated {
    /// The parameters as the call sends them, without unknown ones; `undefined` where one is not valid.
    #[serde(with = "serde_wasm_bindgen::preserve")]
    value: JsValue,
    /// The issues that the call would have.
    issues: Vec<ValidationIssue>,
}

/// Validates parameters by the name of their schema.
pub fn validate(name: &str, params: &JsValue, mut issues: Issues) -> Validated {
    let value = match name {
        "createTenant" => read::<CreateTenantParams>(params, Some(CreateTenantParams::MISSING), &mut issues),
        "topUp" => read::<TopUpParams>(params, Some(payment::MISSING), &mut issues),
        "listTenants" => read::<ListTenantsParams>(params, None, &mut issues),
        "listNumbers" => read::<ListNumbersParams>(params, None, &mut issues),
        "upgradePackage" => read::<UpgradePackageParams>(params, Some(payment::MISSING), &mut issues),
        "extendPackage" => read::<ExtendPackageParams>(params, Some(payment::MISSING), &mut issues),
        "buyNumber" => read::<BuyNumberParams>(params, Some(payment::MISSING), &mut issues),
        _ => None,
    };
    Validated { value: value.unwrap_or_default(), issues: issues.list }
}

/// `missing` is the code of absent parameters; `None` where they may be absent.
fn read<P: Params + Serialize>(
    params: &JsValue,
    missing: Option<&'static str>,
    issues: &mut Issues,
) -> Option<JsValue> {
    let field = field!(params);
    let read = match missing {
        Some(missing) => P::read_required(params, field, missing, issues),
        None => P::read_optional(params, field, issues),
    };
    to_js(&read?).ok()
}
