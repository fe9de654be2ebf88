//! Finding tenants by their e-mail address: `POST /api/partner/tenant/list`, and `GET /api/partner/tenant/info` for those whose
//! address a list leaves out.

use std::cell::RefCell;

use js_sys::Array;

use super::get;
use super::list::{self, ListTenantsParams, Walk};
use super::model;
use crate::call::Connection;
use crate::error::{Failed, Kind};
use crate::js::{self, field};
use crate::settings::CallOptions;

/// Of a list that was asked for one address: whoever gives more does not search.
const MOST_PAGES: u32 = 20;

/// The tenants with one e-mail address, as the lists show them.
#[derive(Default)]
pub struct Found {
    pub tenants: Array,
    /// Their ids.
    pub ids: Vec<String>,
    /// Whether some address stayed unknown: then one more tenant may have it.
    pub incomplete: bool,
}

/// Looks for tenants with exactly this e-mail address, whatever the case.
pub async fn by_email(connection: &Connection, email: &str, options: &CallOptions) -> Result<Found, Failed> {
    let params = ListTenantsParams { keyword: email.into(), ..ListTenantsParams::default() };
    let walk = RefCell::new(Walk::from(params.page));
    // The browser knows the cases of all letters already.
    let wanted = js::lower(email);
    let mut found = Found::default();
    for _ in 0..MOST_PAGES {
        let page = list::next(connection, &walk, &params, options).await?;
        if page.is_undefined() {
            return Ok(found);
        }
        let tenants = model::items(&page).map_err(|mismatch| Kind::Protocol(mismatch.under("payload")))?;
        for tenant in tenants.iter() {
            let Some(id) = field(&tenant, "id").as_string() else {
                found.incomplete = true;
                continue;
            };
            let address = match field(&tenant, "email").as_string() {
                None => ask(connection, &id, options).await?,
                address => address,
            };
            match address {
                // A tenant that is created meanwhile moves the others on, so one may stand on two pages.
                Some(address) if js::lower(&address) == wanted && !found.ids.contains(&id) => {
                    found.tenants.push(&tenant);
                    found.ids.push(id);
                }
                Some(_) => {}
                None => found.incomplete = true,
            }
        }
    }
    found.incomplete = true;
    Ok(found)
}

/// The e-mail address of a tenant whose list does not say it.
async fn ask(connection: &Connection, id: &str, options: &CallOptions) -> Result<Option<String>, Failed> {
    let Some(call) = get::by_id(id) else {
        return Ok(None);
    };
    let tenant = connection.run(call, options).await?.payload;
    Ok(field(&tenant, "email").as_string())
}
