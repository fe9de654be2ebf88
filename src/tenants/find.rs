//! Finding tenants by their e-mail address: `POST /api/partner/tenant/list`, and `GET /api/partner/tenant/info` for those whose
//! address a list leaves out.

use std::cell::RefCell;

use js_sys::{Array, JsString};

use super::get;
use super::list::{self, ListTenantsParams, Walk};
use super::model::{self, Entry};
use crate::call::Connection;
use crate::call::check::guarded;
use crate::error::{Fault, Kind};
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
pub async fn by_email(connection: &Connection, email: &str, options: &CallOptions) -> Result<Found, Fault> {
    let params = ListTenantsParams { keyword: email.into(), ..ListTenantsParams::default() };
    let walk = RefCell::new(Walk::from(params.page));
    // The browser knows the cases of all letters already.
    let wanted = JsString::from(email).to_lower_case();
    let mut found = Found::default();
    for _ in 0..MOST_PAGES {
        let page = list::next(connection, &walk, &params, options).await?;
        if page.is_undefined() {
            return Ok(found);
        }
        for Entry { item, id, email } in guarded(|| Ok(Entry::all(&page))).map_err(Kind::Protocol)? {
            let Some(id) = id else {
                continue;
            };
            let address = match email {
                Some(address) => Some(address),
                None => ask(connection, &id, options).await?,
            };
            match address {
                // A tenant that is created meanwhile moves the others on, so one may stand on two pages.
                Some(address) if address.to_lower_case() == wanted && !found.ids.contains(&id) => {
                    found.tenants.push(&item);
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
async fn ask(connection: &Connection, id: &str, options: &CallOptions) -> Result<Option<JsString>, Fault> {
    let Some(call) = get::by_id(id) else {
        return Ok(None);
    };
    let tenant = connection.run(call, options).await?.payload;
    Ok(guarded(|| Ok(model::email(&tenant))).map_err(Kind::Protocol)?)
}
