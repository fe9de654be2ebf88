//! Request bodies: what has no JSON is an error, and nothing is left out.

use std::collections::BTreeMap;

use omicall_partner::platform::serialize::to_json;
use serde::Serialize;
use wasm_bindgen_test::wasm_bindgen_test;

#[derive(Serialize)]
struct Body {
    count: u64,
    offset: i64,
    names: Vec<String>,
    nested: Nested,
    by_name: BTreeMap<String, Vec<bool>>,
    present: Option<f64>,
    absent: Option<f64>,
    flag: bool,
    letter: char,
    pair: (u8, String),
    unit: (),
    kind: Kind,
    kinds: Vec<Kind>,
}

#[derive(Serialize)]
struct Nested {
    text: &'static str,
    deeper: Vec<Option<Box<Nested>>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
enum Kind {
    NoFields,
    OneField(u32),
    NamedFields { amount: f64 },
}

#[wasm_bindgen_test]
fn a_body_is_complete() {
    let deeper = vec![Some(Box::new(Nested { text: "", deeper: vec![] })), None];
    let body = Body {
        count: 9_007_199_254_740_991,
        offset: -9_007_199_254_740_991,
        names: vec!["Nguyễn Văn Thử".into(), "\"\\\n".into()],
        nested: Nested { text: "😀", deeper },
        by_name: [("a".into(), vec![true, false]), ("b".into(), vec![])].into(),
        present: Some(-0.5),
        absent: None,
        flag: true,
        letter: 'ễ',
        pair: (255, "x".into()),
        unit: (),
        kind: Kind::NoFields,
        kinds: vec![Kind::OneField(u32::MAX), Kind::NamedFields { amount: 1e21 }],
    };
    let expected = concat!(
        r#"{"count":9007199254740991,"offset":-9007199254740991,"names":["Nguyễn Văn Thử","\"\\\n"],"#,
        r#""nested":{"text":"😀","deeper":[{"text":"","deeper":[]},null]},"by_name":{"a":[true,false],"b":[]},"#,
        r#""present":-0.5,"absent":null,"flag":true,"letter":"ễ","pair":[255,"x"],"unit":null,"#,
        r#""kind":"noFields","kinds":[{"oneField":4294967295},{"namedFields":{"amount":1e+21}}]}"#,
    );
    assert_eq!(to_json(&body), Ok(expected.into()));
}

#[derive(Serialize)]
struct Holder<T> {
    before: bool,
    value: T,
}

#[track_caller]
fn assert_error(value: impl Serialize) {
    let json = to_json(&Holder { before: true, value });
    assert!(json.is_err(), "{json:?}");
}

#[wasm_bindgen_test]
fn an_inexact_integer_is_an_error() {
    assert_error(9_007_199_254_740_993_u64);
    assert_error(u64::MAX);
    assert_error(i64::MIN);
    assert_error(vec![Some(u64::MAX)]);
    assert_error(u128::MAX);
}

#[wasm_bindgen_test]
fn a_map_without_string_keys_is_an_error() {
    assert_error(BTreeMap::from([(1_u32, "a")]));
    assert_error(BTreeMap::from([(true, "a")]));
    assert_error(BTreeMap::from([(vec!["a"], 1)]));
    assert_error(BTreeMap::from([(Some(1), 1)]));
}
