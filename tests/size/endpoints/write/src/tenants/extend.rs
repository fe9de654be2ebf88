//! `POST /api/partner/service_package/extend`

use serde::{Deserialize, Serialize};
use tsify::Tsify;
use wasm_bindgen::JsValue;

use crate::call::request::json_body;
use crate::call::{Access, Call, Method, check};
use crate::error::{Rule, Ticket};
use crate::input::{Arguments, Issues, REQUEST_INVALID, utf16_len};

/// A longer use of a tenant's package.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Tsify)]
pub struct ExtendPackageParams {
    /// The owner's e-mail address.
    pub email: String,
    /// For how many months: 6 at least.
    pub month_num: f64,
    /// What it is for: 10 characters at least.
    pub note: String,
}

const FIELDS: [&str; 3] = ["email", "month_num", "note"];
const FEWEST_MONTHS: u32 = 6;
/// In UTF-16 units.
const SHORTEST_NOTE: u32 = 10;

impl ExtendPackageParams {
    fn read(params: &JsValue, issues: &mut Issues) -> Option<Self> {
        let mut args = Arguments::new(params, "params", &[&FIELDS], Some("request_body_required"), issues)?;
        let email = args.email("email");
        let months = read_months(&mut args);
        let note = read_note(&mut args);
        Some(Self { email: email?, month_num: months?, note: note? })
    }
}

fn read_months(args: &mut Arguments<'_>) -> Option<f64> {
    if args.value("month_num").is_undefined() {
        args.issues.add("month_num", REQUEST_INVALID, Rule::Required);
        return None;
    }
    args.whole("month_num", FEWEST_MONTHS)
}

fn read_note(args: &mut Arguments<'_>) -> Option<String> {
    let note = args.text("note", REQUEST_INVALID)?;
    if utf16_len(&note) >= SHORTEST_NOTE as usize {
        return Some(note);
    }
    args.issues.add("note", REQUEST_INVALID, Rule::AtLeastUnits(SHORTEST_NOTE));
    None
}

pub fn call(params: &JsValue, issues: &mut Issues) -> Option<Call> {
    let params = ExtendPackageParams::read(params, issues)?;
    Some(Call {
        method: Method::Post,
        path: "/api/partner/service_package/extend".into(),
        query: String::new(),
        body: json_body(&params),
        access: Access::Write { operation: "tenants.extendPackage", ticket: Ticket::None },
        check: check::anything,
    })
}
