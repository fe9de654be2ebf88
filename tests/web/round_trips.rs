//! Each type from which a TypeScript type is generated: its serialized values match that type, and deserializing them gives equal
//! values.

use std::fmt::Debug;

use js_sys::{JSON, Object, Reflect};
use omicall_partner::error::to_js::{Failure, Rejection};
use omicall_partner::error::{ErrorName, Language, ValidationIssue};
use omicall_partner::events::ClientEvent;
use omicall_partner::model::{
    AccessToken, Agency, CreatedTenant, NumberOffer, NumberPage, PackageOffer, PagePosition, Partner, Price,
    PublicNumber, ServicePackage, Tenant, TenantPage, TenantSummary,
};
use omicall_partner::numbers::buy::BuyNumberParams;
use omicall_partner::numbers::list::ListNumbersParams;
use omicall_partner::packages::extend::ExtendPackageParams;
use omicall_partner::packages::upgrade::UpgradePackageParams;
use omicall_partner::platform::serialize;
use omicall_partner::purchase::{ListedName, Note, PurchaseEvidence, PurchaseReceipt, ShortNote};
use omicall_partner::quote::{Months, Quote, QuotedPrice};
use omicall_partner::tenants::create::CreateTenantParams;
use omicall_partner::tenants::list::ListTenantsParams;
use omicall_partner::tenants::params::{Amount, Description, Email, Keyword, Name, Password, Phone, Wallet};
use omicall_partner::tenants::reconcile::{Evidence, Outcome, PurchaseState, Reconciliation};
use omicall_partner::tenants::top_up::{BalanceEvidence, TopUpParams, TopUpReceipt};
use omicall_partner::tenants::wait::ActivationProgress;
use omicall_partner::validation::types::PositiveInteger;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tsify::Tsify;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{evaluate, field, json};

mod values;

/// A type that JavaScript sees.
trait Exported: Tsify + Serialize + Debug + Sized {
    /// The declaration of the type that it extends.
    const BASE: &str = "";
    /// Fields that TypeScript may leave out, but the core always writes.
    const ALWAYS_WRITTEN: &[&str] = &[];
    /// With all optional fields, with none of them, and with unusual values.
    fn values() -> Vec<Self>;
}

/// One test for each type. The tests of the TypeScript types check that none is missing.
macro_rules! round_trips {
    ($($name:ident: $check:ident,)*) => {
        $(
            #[wasm_bindgen_test]
            #[allow(non_snake_case)]
            fn $name() {
                $check::<$name>();
            }
        )*
    };
}

round_trips! {
    AccessToken: written_and_read,
    ActivationProgress: written,
    Agency: written_and_read,
    BalanceEvidence: written,
    BuyNumberParams: written_and_read,
    ClientEvent: written,
    CreateTenantParams: written_and_read,
    CreatedTenant: written_and_read,
    ErrorName: written,
    Evidence: written,
    ExtendPackageParams: written_and_read,
    Failure: written,
    Language: written,
    ListNumbersParams: written_and_read,
    ListTenantsParams: written_and_read,
    NumberOffer: written_and_read,
    NumberPage: written_and_read,
    Outcome: written,
    PackageOffer: written_and_read,
    PagePosition: written_and_read,
    Partner: written_and_read,
    Price: written_and_read,
    PublicNumber: written_and_read,
    PurchaseEvidence: written,
    PurchaseReceipt: written,
    PurchaseState: written,
    Quote: written,
    QuotedPrice: written,
    Reconciliation: written,
    Rejection: written,
    ServicePackage: written_and_read,
    Tenant: written_and_read,
    TenantPage: written_and_read,
    TenantSummary: written_and_read,
    TopUpParams: written_and_read,
    TopUpReceipt: written,
    UpgradePackageParams: written_and_read,
    ValidationIssue: written,
}

/// A field as the generated TypeScript declares it.
struct Declared<'a> {
    name: &'a str,
    optional: bool,
    type_: &'a str,
}

/// The fields of an interface, or of the union member that has the same `type` as `value`.
fn declared<'a>(decl: &'a str, value: &JsValue) -> Vec<Declared<'a>> {
    let read = |line: &'a str| {
        let line = line.trim();
        let (name, type_) = line.strip_suffix(';').unwrap_or(line).split_once(": ")?;
        let is_field = !line.starts_with(['*', '/']);
        is_field.then(|| Declared { name: name.trim_end_matches('?'), optional: name.ends_with('?'), type_ })
    };
    if !decl.contains("export type ") {
        return decl.lines().filter_map(read).collect();
    }
    let tag = format!("type: {:?}", field(value, "type").as_string().unwrap());
    let member = decl.split(['{', '}']).find(|member| member.contains(&tag)).unwrap();
    member.split(';').filter_map(read).collect()
}

/// Whether a TypeScript type allows the value.
fn allows(type_: &str, value: &JsValue) -> bool {
    let type_ = match type_ {
        "Outcome" => Outcome::DECL,
        "ErrorName" => ErrorName::DECL,
        type_ => type_,
    };
    match value.as_string() {
        _ if type_ == "unknown" => true,
        _ if value.is_undefined() => false,
        _ if value.is_null() => type_.contains("null"),
        Some(text) => type_.contains("string") || type_.contains(&format!("{text:?}")),
        None if value.as_f64().is_some() => type_.contains("number"),
        None if value.as_bool().is_some() => type_.contains("boolean"),
        None if value.is_array() => type_.contains("[]"),
        None if value.is_function() => type_.starts_with('('),
        // The name of another type.
        None => type_.starts_with(char::is_uppercase) && !type_.contains("[]"),
    }
}

/// As the core serializes it; tsify serializes it in the same way.
fn to_js<T: Exported>(value: &T) -> JsValue {
    let js = serialize::to_js(value).unwrap();
    let by_tsify: JsValue = value.into_js().unwrap().unchecked_into();
    assert_eq!(JSON::stringify(&by_tsify).unwrap(), JSON::stringify(&js).unwrap());
    js
}

fn declaration<T: Exported>() -> String {
    [T::DECL, "\n", T::BASE].concat()
}

/// Serialized values match the TypeScript type.
fn written<T: Exported>() {
    let decl = declaration::<T>();
    let (mut has_all, mut has_only_required) = (false, false);
    for value in T::values() {
        let js = to_js(&value);
        if js.is_string() {
            assert!(allows(&decl, &js), "{value:?}");
            (has_all, has_only_required) = (true, true);
            continue;
        }
        let fields = declared(&decl, &js);
        let keys: Vec<_> = Reflect::own_keys(&js).unwrap().iter().filter_map(|key| key.as_string()).collect();
        for key in &keys {
            let known = fields.iter().find(|field| field.name == key);
            assert!(known.is_some_and(|known| allows(known.type_, &field(&js, key))), "{key} of {value:?}");
        }
        let has = |field: &Declared<'_>| keys.iter().any(|key| key == field.name);
        assert!(fields.iter().all(|field| field.optional || has(field)), "a field is missing: {value:?}");
        has_all |= fields.iter().all(has);
        let is_written = |field: &Declared<'_>| !field.optional || T::ALWAYS_WRITTEN.contains(&field.name);
        has_only_required |= fields.iter().all(|field| is_written(field) == has(field));
    }
    assert!(has_all, "no value has all fields: {decl}");
    assert!(has_only_required, "no value has the required fields only: {decl}");
}

/// The same, and deserializing the values gives equal values.
fn written_and_read<T: Exported + DeserializeOwned + PartialEq>() {
    written::<T>();
    let values = T::values();
    for value in &values {
        let read = T::from_js(to_js(value)).unwrap();
        assert_eq!(&read, value);
        // 0 and -0 are equal, but have different debug texts. Deserializing a flattened field loses the difference.
        assert!(!T::BASE.is_empty() || format!("{read:?}") == format!("{value:?}"), "{value:?}");
    }
    let first = values.first().unwrap();
    let js = to_js(first);
    let copy = || Object::assign(&Object::new(), js.unchecked_ref());
    let with = |name: &str, value: JsValue| {
        let copy = copy();
        Reflect::set(&copy, &name.into(), &value).unwrap();
        T::from_js(copy)
    };
    for Declared { name, optional, type_ } in declared(&declaration::<T>(), &js) {
        let without = copy();
        Reflect::delete_property(&without, &name.into()).unwrap();
        assert_eq!(T::from_js(without).is_ok(), optional, "{name} absent");
        assert!(with(name, evaluate("Symbol()")).is_err(), "{name} of no type");
        assert!(!type_.contains("null") || with(name, JsValue::NULL).is_ok(), "{name} null");
    }
    assert_eq!(&with("surprise", json("[1]")).unwrap(), first);
}

#[wasm_bindgen_test]
fn data_of_the_server_is_passed_on_as_the_same_object() {
    let payload = evaluate("({ a: [undefined, -0], [Symbol.iterator]: null })");
    let receipt = to_js(&TopUpReceipt { payload: payload.clone(), evidence: None });
    assert!(Object::is(&field(&receipt, "payload"), &payload));
    let tenants = json(r#"[{"id":"a"}]"#);
    let evidence = to_js(&Evidence { tenants: tenants.clone(), ..Evidence::default() });
    assert!(Object::is(&field(&evidence, "tenants"), &tenants));
}

#[wasm_bindgen_test]
fn a_lone_surrogate_is_not_preserved() {
    // So arguments with one are refused, and the objects of responses are not converted by serde.
    let tenant = Tenant::from_js(evaluate("({ full_name: '\\ud800!' })")).unwrap();
    assert_eq!(tenant.full_name.as_deref(), Some("\u{fffd}!"));
}
