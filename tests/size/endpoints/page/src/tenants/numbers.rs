//! `GET /api/partner/public_number/list`

use serde::{Deserialize, Serialize};
use tsify::Tsify;
use wasm_bindgen::JsValue;

use super::list::digits;
use super::model::NumberPage;
use crate::call::request::append_query;
use crate::call::{Access, Call, Method};
use crate::input::{Arguments, Issues};

/// Which numbers to list.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(default)]
pub struct ListNumbersParams {
    /// From 1 on; 1 by default.
    #[tsify(optional, type = "number | undefined")]
    pub page: f64,
    /// Numbers per page: 1 or more; 50 by default.
    #[tsify(optional, type = "number | undefined")]
    pub size: f64,
}

const FIELDS: [&str; 2] = ["page", "size"];

pub fn call(params: &JsValue, issues: &mut Issues) -> Option<Call> {
    let mut args = Arguments::new(params, "params", &[&FIELDS], None, issues)?;
    let page = args.whole("page", 1).unwrap_or(1.0);
    let size = args.whole("size", 1).unwrap_or(50.0);
    let mut query = String::new();
    append_query(&mut query, "page", &digits(page));
    append_query(&mut query, "size", &digits(size));
    Some(Call {
        method: Method::Get,
        path: "/api/partner/public_number/list".into(),
        query,
        body: None,
        access: Access::Read,
        check: NumberPage::check,
    })
}
