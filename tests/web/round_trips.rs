//! Every type that has a TypeScript type generated from it: what serde makes of its values is what that type says, and what
//! can be read back is the same again.

use std::fmt::Debug;

use js_sys::{JSON, Object, Reflect};
use omicall_partner::objects;
use omicall_partner::settings::ClientEvent;
use omicall_partner::tenants::balance::Outcome;
use omicall_partner::tenants::create::CreateTenantParams;
use omicall_partner::tenants::list::ListTenantsParams;
use omicall_partner::tenants::model::{
    CreatedTenant, PagePosition, PublicNumber, ServicePackage, Tenant, TenantPage, TenantSummary,
};
use omicall_partner::tenants::reconcile::{Evidence, Reconciliation};
use omicall_partner::tenants::top_up::{BalanceEvidence, TopUpParams, TopUpReceipt};
use omicall_partner::tenants::wait::ActivationProgress;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tsify::Tsify;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{evaluate, field, json};

mod values;

/// A type that JavaScript sees.
trait Seen: Tsify + Serialize + Debug + Sized {
    /// The type that it extends.
    const BASE: &str = "";
    /// Whether what may be absent has got its default by the time it is written.
    const COMPLETE: bool = false;
    /// Whether the core only checks it.
    const FROM_SERVER: bool = false;
    /// With everything on them, with as little as there may be, and odd ones.
    fn values() -> Vec<Self>;
    /// What the core itself makes of it.
    fn core(&self) -> JsValue {
        objects::to_js(self)
    }
}

/// One test for each type. The tests of the TypeScript types see to it that none is missing.
macro_rules! round_trips {
    ($($name:ident: $way:ident,)*) => {
        $(
            #[wasm_bindgen_test]
            #[allow(non_snake_case)]
            fn $name() {
                $way::<$name>();
            }
        )*
    };
}

round_trips! {
    ActivationProgress: written,
    BalanceEvidence: written,
    ClientEvent: written,
    CreateTenantParams: written_and_read,
    CreatedTenant: written_and_read,
    Evidence: written,
    ListTenantsParams: written_and_read,
    Outcome: written,
    PagePosition: written_and_read,
    PublicNumber: written_and_read,
    Reconciliation: written,
    ServicePackage: written_and_read,
    Tenant: written_and_read,
    TenantPage: written_and_read,
    TenantSummary: written_and_read,
    TopUpParams: written_and_read,
    TopUpReceipt: written,
}

/// A field as the generated TypeScript declares it.
struct Declared<'a> {
    name: &'a str,
    optional: bool,
    type_: &'a str,
}

/// The fields of an interface, or of the member of a union that `value` is.
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
    let type_ = if type_ == "Outcome" { Outcome::DECL } else { type_ };
    match value.as_string() {
        _ if type_ == "unknown" => true,
        _ if value.is_undefined() => false,
        _ if value.is_null() => type_.contains("null"),
        Some(text) => type_.contains("string") || type_.contains(&format!("{text:?}")),
        None if value.as_f64().is_some() => type_.contains("number"),
        None if value.as_bool().is_some() => type_.contains("boolean"),
        None if value.is_array() => type_.contains("[]"),
        // The name of another type.
        None => type_.starts_with(char::is_uppercase) && !type_.contains("[]"),
    }
}

/// As JavaScript gets it: by `Tsify`, and the same by what the core calls. What the server sends never passes through it.
fn to_js<T: Seen>(value: &T) -> JsValue {
    let js: JsValue = value.into_js().unwrap().unchecked_into();
    if !T::SERIALIZATION_CONFIG.hashmap_as_object && !T::FROM_SERVER {
        assert_eq!(JSON::stringify(&value.core()).unwrap(), JSON::stringify(&js).unwrap());
    }
    js
}

fn declaration<T: Seen>() -> String {
    [T::DECL, "\n", T::BASE].concat()
}

/// What is written is what the type says.
fn written<T: Seen>() {
    let decl = declaration::<T>();
    let (mut most, mut least) = (false, T::COMPLETE);
    for value in T::values() {
        let js = to_js(&value);
        if js.is_string() {
            assert!(allows(&decl, &js), "{value:?}");
            (most, least) = (true, true);
            continue;
        }
        let fields = declared(&decl, &js);
        let keys: Vec<_> = Reflect::own_keys(&js).unwrap().iter().filter_map(|key| key.as_string()).collect();
        for key in &keys {
            let known = fields.iter().find(|field| field.name == key);
            assert!(known.is_some_and(|known| allows(known.type_, &field(&js, key))), "{key} of {value:?}");
        }
        let has = |field: &Declared<'_>| keys.iter().any(|key| key == field.name);
        assert!(fields.iter().all(|field| field.optional || has(field)), "something is missing: {value:?}");
        most |= fields.iter().all(has);
        least |= fields.iter().all(|field| !field.optional || !has(field));
    }
    assert!(most && least, "no value has every field, or none has only those that must be: {decl}");
}

/// What is written can be read.
fn written_and_read<T: Seen + DeserializeOwned + PartialEq>() {
    written::<T>();
    let values = T::values();
    for value in &values {
        let read = T::from_js(to_js(value)).unwrap();
        assert_eq!(&read, value);
        // -0 and 0 are equal, but they are not told alike. What is flattened has lost the difference.
        assert!(!T::BASE.is_empty() || format!("{read:?}") == format!("{value:?}"), "{value:?}");
    }
    let whole = values.first().unwrap();
    let js = to_js(whole);
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
    assert_eq!(&with("surprise", json("[1]")).unwrap(), whole);
}

#[wasm_bindgen_test]
fn what_the_server_said_is_handed_on_untouched() {
    let payload = evaluate("({ a: [undefined, -0], [Symbol.iterator]: null })");
    let receipt = to_js(&TopUpReceipt { payload: payload.clone(), evidence: None });
    assert!(Object::is(&field(&receipt, "payload"), &payload));
    let tenants = json(r#"[{"id":"a"}]"#);
    let evidence = to_js(&Evidence { tenants: tenants.clone(), ..Evidence::default() });
    assert!(Object::is(&field(&evidence, "tenants"), &tenants));
}

#[wasm_bindgen_test]
fn half_a_character_does_not_survive() {
    // That is why arguments with one are refused, and why the objects of answers never pass through serde.
    let tenant = Tenant::from_js(evaluate("({ full_name: '\\ud800!' })")).unwrap();
    assert_eq!(tenant.full_name.as_deref(), Some("\u{fffd}!"));
}
