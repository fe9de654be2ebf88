//! Finding tenants by their e-mail address: `POST /api/partner/tenant/list`, and `GET /api/partner/tenant/info` for those whose
//! address a list leaves out.

use std::cell::RefCell;

use js_sys::{Array, JsString};
use wasm_bindgen::JsValue;

use super::list::{self, ListTenantsParams, Walk};
use super::{get, model};
use crate::call::Connection;
use crate::error::Fault;
use crate::settings::CallOptions;

/// The tenants with one e-mail address, as the lists show them.
pub struct Found {
    pub tenants: Array,
    /// False when some address stayed unknown: then one more tenant may have it.
    pub complete: bool,
}

/// Looks for tenants with exactly this e-mail address, whatever the case.
pub async fn by_email(connection: &Connection, email: &str, options: &CallOptions) -> Result<Found, Fault> {
    let params = ListTenantsParams { page: 1.0, size: 50.0, keyword: email.into() };
    let walk = RefCell::new(Walk::from(params.page));
    // The browser knows the cases of all letters already.
    let wanted = JsString::from(email).to_lower_case();
    let mut found = Found { tenants: Array::new(), complete: true };
    loop {
        let page = list::next(connection, &walk, &params, options).await?;
        if page.is_undefined() {
            return Ok(found);
        }
        for item in model::items(&page).iter() {
            match address(connection, &item, options).await? {
                // A tenant that is created meanwhile moves the others on, so one may stand on two pages.
                Some(address) if address.to_lower_case() == wanted => {
                    let id = model::id(&item);
                    if !found.tenants.iter().any(|known| model::id(&known) == id) {
                        found.tenants.push(&item);
                    }
                }
                Some(_) => {}
                None => found.complete = false,
            }
        }
    }
}

async fn address(connection: &Connection, item: &JsValue, options: &CallOptions) -> Result<Option<JsString>, Fault> {
    if let Some(address) = model::email(item) {
        return Ok(Some(address));
    }
    let call = model::id(item).and_then(|id| get::by_id(&id));
    Ok(match call {
        Some(call) => model::email(&connection.run(call, options).await?.payload),
        None => None,
    })
}
