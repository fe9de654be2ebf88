//! What the server says, under its own names.
//!
//! A field is one line: its name, its Rust type and its documentation. Its TypeScript type and its check follow from that. A
//! documented field may be absent or null; a value of the wrong type is a [`Mismatch`].

use serde::{Deserialize, Serialize};
use tsify::Tsify;
use wasm_bindgen::JsValue;

use crate::platform::schema::{self, Mismatch};

/// The types that fields can have. A field of any other type does not compile.
trait FieldType {}
impl FieldType for String {}
impl FieldType for f64 {}
impl FieldType for bool {}
impl<T: FieldType> FieldType for Vec<T> {}
const fn is_field_type<T: FieldType>() {}

/// Defines the types of responses, and the text of their schemas. A type comes after those that it uses. `as` refines the
/// TypeScript type of a field.
macro_rules! response_types {
    ($(
        $(#[$meta:meta])*
        $name:ident
        $(requires { $($(#[$required_meta:meta])* $required:ident: $required_type:ident $(<$required_item:ident>)?;)* })?
        $(extends { $base:ident: $base_type:ident })?
        { $($(#[$field_meta:meta])* $field:ident: $type:ident $(<$item:ident>)? $(as $typescript:literal)?;)* }
    )*) => {
        $(
            $(#[$meta])*
            #[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, Tsify)]
            #[tsify(missing_as_null, hashmap_as_object)]
            pub struct $name {
                $($($(#[$required_meta])* pub $required: $required_type $(<$required_item>)?,)*)?
                $(
                    #[serde(flatten)]
                    pub $base: $base_type,
                )?
                $(
                    $(#[$field_meta])*
                    // By its full path: from `Option::is_none` tsify concludes that the field is never null.
                    #[serde(default, skip_serializing_if = "std::option::Option::is_none")]
                    $(#[tsify(type = $typescript)])?
                    pub $field: Option<$type $(<$item>)?>,
                )*
            }

            impl FieldType for $name {}

            const _: () = {
                $(is_field_type::<$type $(<$item>)?>();)*
                $($(is_field_type::<$required_type $(<$required_item>)?>();)*)?
            };

            impl $name {
                /// Checks a value of a response in place.
                pub fn check(value: &JsValue) -> Result<(), Box<Mismatch>> {
                    SCHEMAS.with(|schemas| schema::check(value, schemas, stringify!($name), false))
                }

                /// Checks an array of them.
                pub fn check_list(value: &JsValue) -> Result<(), Box<Mismatch>> {
                    SCHEMAS.with(|schemas| schema::check(value, schemas, stringify!($name), true))
                }
            }
        )*

        const SCHEMA_TEXT: &str = concat!($(
            stringify!($name),
            $($(" ", stringify!($required), ":", stringify!($required_type), $("<", stringify!($required_item), ">",)? "!",)*)?
            $(" ...", stringify!($base_type),)?
            $(" ", stringify!($field), ":", stringify!($type), $("<", stringify!($item), ">",)?)*
            "\n",
        )*);
    };
}

thread_local! {
    static SCHEMAS: JsValue = schema::parse(SCHEMA_TEXT);
}

response_types! {
    /// A hotline of a tenant.
    PublicNumber {
        /// The phone number.
        number: String;
        /// The carrier.
        provider: String;
        /// When the number expires: epoch ms.
        expire_date: f64;
        /// The state of the number.
        status: String as "\"active\" | (string & {}) | null";
    }

    /// The service package of a tenant.
    ServicePackage {
        /// The code of the package.
        code_name: String as "\"trial\" | \"omi_start\" | \"omi_business\" | \"omi_advance\" | \"omi_pro\" | \"customize\" | (string & {}) | null";
        /// The name of the package, for people.
        service_name: String;
        /// The number of staff accounts.
        staff_num: f64;
        /// The number of customers; 0 for any number.
        customer_num: f64;
        /// When the package expires: epoch ms.
        expiry_date: f64;
        /// What is paid back when the tenant upgrades to a larger package, in the tenant's currency.
        cashback: f64;
    }

    /// A business account. Undocumented fields are on the object as well.
    Tenant {
        /// The name of the business.
        full_name: String;
        /// The owner's e-mail address.
        email: String;
        /// A text about the account.
        description: String;
        /// Whether the account is in use; false after it was stopped.
        enabled: bool;
        /// The domain of the web access.
        domain: String;
        /// The domain of the switchboard.
        domain_fusion: String;
        /// When the domain expires: epoch ms.
        domain_expire: f64;
        /// When the account was activated: epoch ms.
        effective_date: f64;
        /// When the account expires: epoch ms.
        expire_date: f64;
        /// The owner's phone number.
        phone: String;
        /// `"activated"`, or another value before the activation.
        status: String as "\"activated\" | (string & {}) | null";
        /// Whether calls are paid in advance or afterwards.
        paid_type: String as "\"prepaid\" | \"postpaid\" | (string & {}) | null";
        /// Country code.
        nation: String as "\"vn\" | (string & {}) | null";
        /// Currency code.
        currency: String as "\"VND\" | (string & {}) | null";
        /// Language code.
        language: String as "\"vi\" | (string & {}) | null";
        /// The balance of the call-charge wallet, in `currency` (VND has no minor unit).
        balance: f64;
        /// The tenant's own API key: a secret, keep it out of logs and pages.
        api_key: String;
        /// Its hotlines.
        public_numbers: Vec<PublicNumber>;
        /// Its service package.
        service_package: ServicePackage;
    }

    /// The position of a page in its list.
    PagePosition {
        /// Counts from 1.
        page_number: f64;
        /// The maximum number of items on a page.
        page_size: f64;
        /// The number of matching items on all pages.
        total_items: f64;
        /// The number of pages.
        total_pages: f64;
        /// Whether there is a page after this one.
        has_next: bool;
        /// Whether there is a page before this one.
        has_previous: bool;
        /// The number of the next page.
        next_page: f64;
        /// The number of the previous page.
        previous_page: f64;
    }

    /// A tenant in a list. Only `id` is certain; the provider does not document which of the other fields are present.
    TenantSummary
    requires {
        /// For `tenants.get`.
        id: String;
    }
    extends { tenant: Tenant } {}

    /// A page of tenants, as the server sent it.
    TenantPage
    requires {
        /// The tenants of this page.
        items: Vec<TenantSummary>;
    }
    extends { position: PagePosition } {}

    /// A token, as {@link authenticate} gets it.
    AccessToken
    requires {
        /// The bearer token. It is valid for 24 hours.
        access_token: String;
    } {
        /// `"bussiness"`, in the provider's spelling: the token of a partner. `"normal"`: that of a tenant, which the endpoints of this package refuse.
        access_type: String as "\"bussiness\" | \"normal\" | (string & {}) | null";
        /// How the token is sent.
        token_type: String as "\"Bearer\" | (string & {}) | null";
    }

    /// The partner's own account. Undocumented fields are on the object as well.
    Partner {
        /// The name of the business.
        full_name: String;
        /// The partner's e-mail address.
        email: String;
        /// A text about the account.
        description: String;
        /// Whether the account is in use.
        enabled: bool;
        /// The state of the account.
        status: String as "\"activated\" | (string & {}) | null";
        /// Whether the account is paid in advance or afterwards.
        paid_type: String as "\"prepaid\" | \"postpaid\" | (string & {}) | null";
        /// Country code.
        nation: String as "\"vn\" | (string & {}) | null";
        /// Currency code.
        currency: String as "\"VND\" | (string & {}) | null";
        /// Language code.
        language: String as "\"vi\" | (string & {}) | null";
        /// The partner's own balance, in `currency` (VND has no minor unit).
        balance: f64;
    }

    /// The agency account of the partner. The server gives fewer fields than for {@link Partner}.
    Agency
    extends { partner: Partner } {}

    /// A price in one currency.
    Price {
        /// Currency code.
        currency: String as "\"VND\" | \"USD\" | (string & {}) | null";
        /// The amount, in `currency`. VND has no minor unit; other currencies can have fractions.
        price: f64;
    }

    /// A service package that a partner can sell. Undocumented fields are on the object as well.
    PackageOffer {
        /// The code of the package.
        code_name: String as "\"trial\" | \"omi_start\" | \"omi_business\" | \"omi_advance\" | \"omi_pro\" | \"customize\" | (string & {}) | null";
        /// The name of the package, for people.
        service_name: String;
        /// The number of staff accounts.
        staff_num: f64;
        /// The number of customers; 0 for any number.
        customer_num: f64;
        /// A text about the package.
        note: String;
        /// The setup fee, paid once, in each currency.
        fee_setups: Vec<Price>;
        /// The fee for a month, in each currency.
        fee_holds: Vec<Price>;
    }

    /// A phone number that a partner can buy for a tenant. Undocumented fields are on the object as well, such as `call_pricing`,
    /// whose structure is not documented.
    NumberOffer
    requires {
        /// The phone number.
        number: String;
    } {
        /// The carrier.
        provider: String;
        /// The sort of carrier.
        provider_type: String;
        /// The sort of number.
        number_type: String as "\"fixed\" | \"mobile\" | \"1900\" | \"1800\" | (string & {}) | null";
        /// Country code.
        nation: String as "\"vn\" | (string & {}) | null";
        /// When the number was added: epoch ms.
        created_date: f64;
        /// When the data of the number changed: epoch ms.
        last_updated_date: f64;
        /// The fee for a month, in each currency.
        maintaining_prices: Vec<Price>;
    }

    /// A page of numbers, as the server sent it.
    NumberPage
    requires {
        /// The numbers of this page.
        items: Vec<NumberOffer>;
    }
    extends { position: PagePosition } {}

    /// The server's response for a new tenant.
    CreatedTenant
    requires {
        /// For `tenants.get` and `tenants.waitUntilActive`.
        id: String;
    } {}
}
