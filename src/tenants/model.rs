//! What the server says about tenants, under its own names.
//!
//! Each struct is written once: it becomes the TypeScript type and the check of a response. A documented field may be
//! absent or null; one of the wrong type is a [`Mismatch`].

use js_sys::{Array, JsString};
use serde::{Deserialize, Serialize};
use tsify::Tsify;
use wasm_bindgen::prelude::*;

use crate::call::check;
use crate::error::Mismatch;

#[wasm_bindgen]
extern "C" {
    /// An object from the wire, by the fields that the contract names.
    type Wire;
}

/// One getter for each name on the wire.
macro_rules! wire_fields {
    ($($field:ident)*) => {
        #[wasm_bindgen]
        extern "C" {
            $(#[wasm_bindgen(method, getter, structural)]
            fn $field(this: &Wire) -> JsValue;)*
        }
    };
}

wire_fields! {
    api_key balance cashback code_name currency customer_num description domain domain_expire domain_fusion
    effective_date email enabled expire_date expiry_date full_name has_next has_previous id items language nation
    next_page number page_number page_size paid_type phone previous_page provider public_numbers service_name
    service_package staff_num status total_items total_pages
}

/// The struct with its TypeScript type, and `check`, which looks at every field of a value.
macro_rules! wire_struct {
    (
        $(#[$meta:meta])*
        $name:ident { $($(#[$field_meta:meta])* $field:ident : $type:ty = $typescript:literal, $check:expr;)* }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, Tsify)]
        pub struct $name {
            $(
                $(#[$field_meta])*
                #[serde(default, skip_serializing_if = "Option::is_none")]
                #[tsify(optional, type = $typescript)]
                pub $field: Option<$type>,
            )*
        }

        impl $name {
            /// Checks a value from the wire where it is.
            pub fn check(value: &JsValue) -> Result<(), Mismatch> {
                check::object(value)?;
                let wire: &Wire = value.unchecked_ref();
                $(($check)(&wire.$field()).map_err(|mismatch: Mismatch| mismatch.under(stringify!($field)))?;)*
                Ok(())
            }
        }
    };
}

wire_struct! {
    /// A business account. Fields that nobody documented are on the object as well.
    Tenant {
        /// The business's name.
        full_name: String = "string | null", check::text;
        /// The owner's e-mail address.
        email: String = "string | null", check::text;
        /// A text about the account.
        description: String = "string | null", check::text;
        /// Whether the account is in use; false once it was stopped.
        enabled: bool = "boolean | null", check::boolean;
        /// The domain of the web access.
        domain: String = "string | null", check::text;
        /// The domain of the switchboard.
        domain_fusion: String = "string | null", check::text;
        /// When the domain expires: epoch ms.
        domain_expire: f64 = "number | null", check::number;
        /// When the account was activated: epoch ms.
        effective_date: f64 = "number | null", check::number;
        /// When the account expires: epoch ms.
        expire_date: f64 = "number | null", check::number;
        /// The owner's phone number.
        phone: String = "string | null", check::text;
        /// `"activated"`, or something else while it is not.
        status: String = "\"activated\" | (string & {}) | null", check::text;
        /// Paid in advance or afterwards.
        paid_type: String = "\"prepaid\" | \"postpaid\" | (string & {}) | null", check::text;
        /// Country code.
        nation: String = "\"vn\" | (string & {}) | null", check::text;
        /// Currency code.
        currency: String = "\"VND\" | (string & {}) | null", check::text;
        /// Language code.
        language: String = "\"vi\" | (string & {}) | null", check::text;
        /// The call-charge wallet, in `currency` (VND has no minor unit).
        balance: f64 = "number | null", check::number;
        /// The tenant's own API key: a secret, keep it out of logs and pages.
        api_key: String = "string | null", check::text;
        /// Its hotlines.
        public_numbers: Vec<PublicNumber> = "PublicNumber[] | null",
            |value: &JsValue| check::optional_each(value, PublicNumber::check);
        /// Its package.
        service_package: ServicePackage = "ServicePackage | null",
            |value: &JsValue| check::optional(value, ServicePackage::check);
    }
}

wire_struct! {
    /// A hotline of a tenant.
    PublicNumber {
        /// The phone number.
        number: String = "string | null", check::text;
        /// The carrier.
        provider: String = "string | null", check::text;
        /// Epoch ms.
        expire_date: f64 = "number | null", check::number;
        /// The state of the number.
        status: String = "\"active\" | (string & {}) | null", check::text;
    }
}

wire_struct! {
    /// The package that a tenant has.
    ServicePackage {
        /// Which package: its code.
        code_name: String = "\"trial\" | \"omi_start\" | \"omi_business\" | \"omi_advance\" | \"omi_pro\" | \"customize\" | (string & {}) | null",
            check::text;
        /// Which package: its name for people.
        service_name: String = "string | null", check::text;
        /// How many members of staff.
        staff_num: f64 = "number | null", check::number;
        /// How many customers; 0 for any number.
        customer_num: f64 = "number | null", check::number;
        /// Epoch ms.
        expiry_date: f64 = "number | null", check::number;
        /// What is paid back when the tenant moves to a larger package, in the tenant's currency.
        cashback: f64 = "number | null", check::number;
    }
}

/// A tenant in a list. Only `id` is promised; the provider does not document which of the other fields are there.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, Tsify)]
#[tsify(hashmap_as_object)] // What is flattened becomes a `Map` otherwise.
pub struct TenantSummary {
    /// For `tenants.get`.
    pub id: String,
    #[serde(flatten)]
    pub tenant: Tenant,
}

impl TenantSummary {
    /// Checks a value from the wire where it is.
    pub fn check(value: &JsValue) -> Result<(), Mismatch> {
        Tenant::check(value)?;
        check_id(value)
    }
}

/// A page of tenants, as the server sent it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, Tsify)]
#[tsify(hashmap_as_object)] // What is flattened becomes a `Map` otherwise.
pub struct TenantPage {
    /// The tenants of this page.
    pub items: Vec<TenantSummary>,
    #[serde(flatten)]
    pub position: PagePosition,
}

wire_struct! {
    /// Where a page stands in its list.
    PagePosition {
        /// From 1 on.
        page_number: f64 = "number | null", check::number;
        /// How many tenants a page has at most.
        page_size: f64 = "number | null", check::number;
        /// How many tenants match, on all pages.
        total_items: f64 = "number | null", check::number;
        /// How many pages there are.
        total_pages: f64 = "number | null", check::number;
        /// Whether there is a page after this one.
        has_next: bool = "boolean | null", check::boolean;
        /// Whether there is a page before this one.
        has_previous: bool = "boolean | null", check::boolean;
        /// The number of the page after this one.
        next_page: f64 = "number | null", check::number;
        /// The number of the page before this one.
        previous_page: f64 = "number | null", check::number;
    }
}

impl TenantPage {
    /// Checks a value from the wire where it is.
    pub fn check(value: &JsValue) -> Result<(), Mismatch> {
        PagePosition::check(value)?;
        let wire: &Wire = value.unchecked_ref();
        check::each(&wire.items(), TenantSummary::check).map_err(|mismatch| mismatch.under("items"))
    }
}

/// What the server says of a new tenant.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Tsify)]
pub struct CreatedTenant {
    /// For `tenants.get` and `tenants.waitUntilActive`.
    pub id: String,
}

impl CreatedTenant {
    /// Checks a value from the wire where it is.
    pub fn check(value: &JsValue) -> Result<(), Mismatch> {
        check::object(value)?;
        check_id(value)
    }
}

fn check_id(value: &JsValue) -> Result<(), Mismatch> {
    check::promised_text(&value.unchecked_ref::<Wire>().id()).map_err(|mismatch| mismatch.under("id"))
}

/// The tenants of a checked page.
fn items(page: &JsValue) -> Array {
    page.unchecked_ref::<Wire>().items().unchecked_into()
}

/// A tenant of a page, and how it is known.
pub struct Entry {
    pub item: JsValue,
    pub id: Option<String>,
    pub email: Option<JsString>,
}

impl Entry {
    /// Those of a checked page.
    pub fn all(page: &JsValue) -> Vec<Entry> {
        items(page).iter().map(|item| Entry { id: id(&item), email: email(&item), item }).collect()
    }
}

fn id(item: &JsValue) -> Option<String> {
    item.unchecked_ref::<Wire>().id().as_string()
}

/// The e-mail address of a checked tenant.
pub fn email(tenant: &JsValue) -> Option<JsString> {
    tenant.unchecked_ref::<Wire>().email().dyn_into().ok()
}

/// The balance of a checked tenant: a number, or nothing.
pub fn balance(tenant: &JsValue) -> JsValue {
    tenant.unchecked_ref::<Wire>().balance()
}

/// The status of a checked tenant.
pub fn status(tenant: &JsValue) -> Option<String> {
    tenant.unchecked_ref::<Wire>().status().as_string()
}

/// What a walk through the list needs to know of a checked page.
pub struct PageFacts {
    /// The ids of its first and last item, how many there are, and how many on all pages.
    pub mark: String,
    pub is_empty: bool,
    pub page_number: Option<f64>,
    pub has_next: Option<bool>,
    pub next_page: Option<f64>,
    pub total_pages: Option<f64>,
}

impl PageFacts {
    pub fn of(page: &JsValue) -> Self {
        let wire: &Wire = page.unchecked_ref();
        let items = items(page);
        let count = items.length();
        let id = |index: u32| {
            let item = items.get(index);
            if item.is_object() { id(&item).unwrap_or_default() } else { String::new() }
        };
        // A tenant that is created meanwhile moves the others on: then a short page may come again, but the total has grown.
        let total = wire.total_items().as_f64().unwrap_or_default() as u64;
        let marks = [id(0), id(count.saturating_sub(1)), count.to_string(), total.to_string()];
        Self {
            mark: marks.join(" "),
            is_empty: count == 0,
            page_number: wire.page_number().as_f64(),
            has_next: wire.has_next().as_bool(),
            next_page: wire.next_page().as_f64(),
            total_pages: wire.total_pages().as_f64(),
        }
    }
}
