//! Finding tenants by their e-mail address: `POST /api/partner/tenant/list`, and `GET /api/partner/tenant/info` for tenants whose
//! address the list leaves out.

use js_sys::{Array, JsString};
use wasm_bindgen::JsValue;

use super::get;
use super::list::ListTenantsParams;
use super::params::Keyword;
use crate::config::CallOptions;
use crate::error::{ErrorKind, Result};
use crate::platform::guarded::field;
use crate::transport::Connection;
use crate::transport::pagination::{self, ListOptions, Walk};
use crate::validation::rules;

/// A server that gives more pages for one address does not search.
const MAX_PAGES: u32 = 20;

/// The tenants with one e-mail address, as the list shows them.
#[derive(Default)]
pub struct Found {
    pub tenants: Array,
    /// Their ids.
    pub ids: Vec<String>,
    /// Whether the address of some tenant is unknown: it may be the same.
    pub is_incomplete: bool,
}

/// Finds the tenants with exactly this e-mail address, ignoring case.
pub async fn by_email(connection: &Connection, email: &str, options: &CallOptions) -> Result<Found> {
    let keyword = Some(Keyword(email.to_owned()));
    let params = ListTenantsParams { keyword, ..ListTenantsParams::default() };
    let walk = Walk::new(Box::new(params), ListOptions { call: options.clone(), prefetch: None });
    let wanted = lower_case(email);
    let mut found = Found::default();
    for _ in 0..MAX_PAGES {
        let page = walk.next(connection).await?;
        if page.is_undefined() {
            return Ok(found);
        }
        let items = pagination::items(&page).map_err(|mismatch| ErrorKind::Protocol(mismatch.under("payload")))?;
        for tenant in items.iter() {
            let Some(id) = field(&tenant, "id").as_string() else {
                found.is_incomplete = true;
                continue;
            };
            let address = match field(&tenant, "email").as_string() {
                None => email_of(connection, &id, options).await?,
                address => address,
            };
            match address {
                // A tenant that is created meanwhile moves the others on, so one tenant may be on two pages.
                Some(address) if lower_case(&address) == wanted && !found.ids.contains(&id) => {
                    found.tenants.push(&tenant);
                    found.ids.push(id);
                }
                Some(_) => {}
                None => found.is_incomplete = true,
            }
        }
    }
    found.is_incomplete = true;
    Ok(found)
}

/// By the browser, which has the tables for all letters: Rust's would be part of the core.
fn lower_case(text: &str) -> String {
    JsString::from(text).to_lower_case().into()
}

async fn email_of(connection: &Connection, id: &str, options: &CallOptions) -> Result<Option<String>> {
    if !rules::is_id(id) {
        return Ok(None);
    }
    let tenant: JsValue = connection.execute(get::request(id), options).await?.payload;
    Ok(field(&tenant, "email").as_string())
}
