//! `POST /api/partner/tenant/add`

use serde::{Deserialize, Serialize};
use tsify::Tsify;
use wasm_bindgen::JsValue;

use super::model::CreatedTenant;
use crate::call::request::json_body;
use crate::call::{Access, Call, Method};
use crate::error::Ticket;
use crate::input::{Arguments, Issues};

/// What a new tenant needs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct CreateTenantParams {
    /// The owner's e-mail address; no two tenants share one.
    pub email: String,
    /// At least 8 characters with an upper-case letter, a lower-case letter, a digit and a special character.
    pub password: String,
    /// The business's name: fewer than 255 characters.
    pub full_name: String,
    /// The owner's name: fewer than 255 characters.
    pub owner_name: String,
    /// The owner's phone number; its form is left to the server.
    pub phone: String,
    /// Whether the tenant is activated at once; that takes about 3 to 10 s.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[tsify(optional, type = "boolean | undefined")]
    pub is_auto_active: Option<bool>,
}

const FIELDS: [&str; 6] = ["email", "password", "fullName", "ownerName", "phone", "isAutoActive"];

impl CreateTenantParams {
    fn read(params: &JsValue, issues: &mut Issues) -> Option<Self> {
        let mut args = Arguments::new(params, "params", &[&FIELDS], Some("body_request_is_required"), issues)?;
        let email = args.email("email");
        let password = args.password("password");
        let full_name = args.name("fullName");
        let owner_name = args.name("ownerName");
        let phone = args.text("phone", crate::input::REQUEST_INVALID);
        let is_auto_active = args.boolean("isAutoActive");
        Some(Self {
            email: email?,
            password: password?,
            full_name: full_name?,
            owner_name: owner_name?,
            phone: phone?,
            is_auto_active,
        })
    }
}

pub fn call(params: &JsValue, issues: &mut Issues) -> Option<Call> {
    let params = CreateTenantParams::read(params, issues)?;
    Some(Call {
        method: Method::Post,
        path: "/api/partner/tenant/add".into(),
        query: String::new(),
        body: json_body(&params),
        access: Access::Write { operation: "tenants.create", ticket: Ticket::Tenant { email: params.email } },
        check: CreatedTenant::check,
    })
}
