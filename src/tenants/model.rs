//! What the server says about tenants, under its own names.
//!
//! Each struct is written once: it becomes the TypeScript type and the check of a response. A documented field may be
//! absent or null; one of the wrong type is a [`Mismatch`].

use js_sys::Array;
use serde::{Deserialize, Serialize};
use tsify::Tsify;
use wasm_bindgen::JsValue;

use crate::call::check::{self, Checked};
use crate::error::Mismatch;
use crate::js::{self, field};
use crate::text::{digits, join};

/// The structs with their TypeScript types, and `SHAPES`, by which their values are checked: a line for each, and then those
/// that are added at the end. The word after a field's types is what it must be there.
macro_rules! wire_structs {
    ($(
        $(#[$meta:meta])*
        $name:ident {
            $($(#[$field_meta:meta])* $field:ident : $type:ty = $typescript:literal, $shape:literal;)*
        }
    )* $($more:literal)*) => {
        $(
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
        )*

        const SHAPES: &str = concat!($(stringify!($name), $(" ", stringify!($field), ":", $shape,)* "\n",)* $($more,)*);
    };
}

wire_structs! {
    /// A hotline of a tenant.
    PublicNumber {
        /// The phone number.
        number: String = "string | null", "string";
        /// The carrier.
        provider: String = "string | null", "string";
        /// Epoch ms.
        expire_date: f64 = "number | null", "number";
        /// The state of the number.
        status: String = "\"active\" | (string & {}) | null", "string";
    }

    /// The package that a tenant has.
    ServicePackage {
        /// Which package: its code.
        code_name: String = "\"trial\" | \"omi_start\" | \"omi_business\" | \"omi_advance\" | \"omi_pro\" | \"customize\" | (string & {}) | null", "string";
        /// Which package: its name for people.
        service_name: String = "string | null", "string";
        /// How many members of staff.
        staff_num: f64 = "number | null", "number";
        /// How many customers; 0 for any number.
        customer_num: f64 = "number | null", "number";
        /// Epoch ms.
        expiry_date: f64 = "number | null", "number";
        /// What is paid back when the tenant moves to a larger package, in the tenant's currency.
        cashback: f64 = "number | null", "number";
    }

    /// A business account. Fields that nobody documented are on the object as well.
    Tenant {
        /// The business's name.
        full_name: String = "string | null", "string";
        /// The owner's e-mail address.
        email: String = "string | null", "string";
        /// A text about the account.
        description: String = "string | null", "string";
        /// Whether the account is in use; false once it was stopped.
        enabled: bool = "boolean | null", "boolean";
        /// The domain of the web access.
        domain: String = "string | null", "string";
        /// The domain of the switchboard.
        domain_fusion: String = "string | null", "string";
        /// When the domain expires: epoch ms.
        domain_expire: f64 = "number | null", "number";
        /// When the account was activated: epoch ms.
        effective_date: f64 = "number | null", "number";
        /// When the account expires: epoch ms.
        expire_date: f64 = "number | null", "number";
        /// The owner's phone number.
        phone: String = "string | null", "string";
        /// `"activated"`, or something else while it is not.
        status: String = "\"activated\" | (string & {}) | null", "string";
        /// Paid in advance or afterwards.
        paid_type: String = "\"prepaid\" | \"postpaid\" | (string & {}) | null", "string";
        /// Country code.
        nation: String = "\"vn\" | (string & {}) | null", "string";
        /// Currency code.
        currency: String = "\"VND\" | (string & {}) | null", "string";
        /// Language code.
        language: String = "\"vi\" | (string & {}) | null", "string";
        /// The call-charge wallet, in `currency` (VND has no minor unit).
        balance: f64 = "number | null", "number";
        /// The tenant's own API key: a secret, keep it out of logs and pages.
        api_key: String = "string | null", "string";
        /// Its hotlines.
        public_numbers: Vec<PublicNumber> = "PublicNumber[] | null", "PublicNumber[]";
        /// Its package.
        service_package: ServicePackage = "ServicePackage | null", "ServicePackage";
    }

    /// Where a page stands in its list.
    PagePosition {
        /// From 1 on.
        page_number: f64 = "number | null", "number";
        /// How many tenants a page has at most.
        page_size: f64 = "number | null", "number";
        /// How many tenants match, on all pages.
        total_items: f64 = "number | null", "number";
        /// How many pages there are.
        total_pages: f64 = "number | null", "number";
        /// Whether there is a page after this one.
        has_next: bool = "boolean | null", "boolean";
        /// Whether there is a page before this one.
        has_previous: bool = "boolean | null", "boolean";
        /// The number of the page after this one.
        next_page: f64 = "number | null", "number";
        /// The number of the page before this one.
        previous_page: f64 = "number | null", "number";
    }


    "TenantSummary ...Tenant id:string!\n"
    "TenantPage ...PagePosition items:TenantSummary[]!\n"
    "CreatedTenant id:string!"
}

thread_local! {
    static KNOWN: JsValue = js::shapes(SHAPES);
}

fn check_as(name: &str, value: &JsValue) -> Checked {
    KNOWN.with(|shapes| check::shape(value, shapes, name))
}

impl Tenant {
    /// Checks a value from the wire where it is.
    pub fn check(value: &JsValue) -> Checked {
        check_as("Tenant", value)
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
    pub fn check(value: &JsValue) -> Checked {
        check_as("TenantSummary", value)
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

impl TenantPage {
    /// Checks a value from the wire where it is.
    pub fn check(value: &JsValue) -> Checked {
        check_as("TenantPage", value)
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
    pub fn check(value: &JsValue) -> Checked {
        check_as("CreatedTenant", value)
    }
}

/// The tenants of a checked page. What the browser parsed is there; what an injected `fetch` brought may throw.
pub fn items(page: &JsValue) -> Result<Array, Box<Mismatch>> {
    js::list(page, "items").ok_or_else(|| Mismatch::throws().under("items"))
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
    pub fn of(page: &JsValue) -> Result<Self, Box<Mismatch>> {
        let items = items(page)?;
        let count = items.length();
        let id = |index: u32| field(&items.get(index), "id").as_string().unwrap_or_default();
        let found = js::fields(page, "total_items page_number has_next next_page total_pages");
        let found = found.ok_or_else(Mismatch::throws)?;
        let number = |index| found.get(index).as_f64();
        // A tenant that is created meanwhile moves the others on: then a short page may come again, but the total has grown.
        let total = number(0).unwrap_or_default() as u64;
        let (first, last) = (id(0), id(count.saturating_sub(1)));
        Ok(Self {
            mark: join(&[&first, " ", &last, " ", &digits(count.into()), " ", &digits(total)]),
            is_empty: count == 0,
            page_number: number(1),
            has_next: found.get(2).as_bool(),
            next_page: number(3),
            total_pages: number(4),
        })
    }
}
