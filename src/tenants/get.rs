//! `GET /api/partner/tenant/info`

use wasm_bindgen::JsValue;

use super::model::Tenant;
use crate::call::request::append_query;
use crate::call::{Access, Call, Method};
use crate::error::Rule;
use crate::input::{self, Issues, REQUEST_INVALID};

pub fn call(id: &JsValue, issues: &mut Issues) -> Option<Call> {
    by_id(&read_id(id, issues)?)
}

/// Nothing for an id that could leave its place.
pub fn by_id(id: &str) -> Option<Call> {
    let mut query = String::new();
    append_query(&mut query, "id", id);
    input::is_id(id).then_some(Call {
        method: Method::Get,
        path: "/api/partner/tenant/info".into(),
        query,
        body: None,
        access: Access::Read,
        check: Tenant::check,
    })
}

fn read_id(id: &JsValue, issues: &mut Issues) -> Option<String> {
    let rule = match id.as_string() {
        Some(id) if input::is_id(&id) => return Some(id),
        Some(id) if !id.is_empty() => Rule::Id,
        None if !id.is_undefined() && !id.is_null() => Rule::Type("string"),
        _ => Rule::Required,
    };
    issues.add("id", REQUEST_INVALID, rule);
    None
}
