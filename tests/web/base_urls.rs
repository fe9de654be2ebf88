//! Base URLs, read with the browser's URL parser.

use js_sys::JsString;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Url;

use crate::support::*;

const PATH: &str = "/api/x";

/// The base of the URL to which a client with this base URL sends its requests.
async fn base_of(base_url: &str) -> Result<String, JsValue> {
    let fetch =
        "async (url) => { globalThis.sentTo = url; return Response.json({ status_code: 9999, payload: null }); }";
    let options = object([("baseUrl", base_url.into()), ("token", "t".into()), ("fetch", evaluate(fetch))]);
    let client = connect(options)?;
    settle(client.request("GET".into(), PATH.into(), JsValue::UNDEFINED)).await.unwrap();
    let url: JsString = evaluate("globalThis.sentTo").dyn_into().unwrap();
    Ok(String::from(url).strip_suffix(PATH).unwrap().to_owned())
}

#[wasm_bindgen_test]
async fn accepted_base_urls() {
    let unchanged = [
        "https://public-v1-stg.omicall.com",
        "http://127.0.0.1:8787",
        "http://[::1]:1",
        "https://a.vn/omi/v1",
        "http://localhost:8787/x",
        "http://sandbox.localhost",
        "https://a.vn:8443/Omi/V1",
    ];
    for url in unchanged {
        assert_eq!(base_of(url).await.unwrap(), url);
    }
    let rewritten = [
        ("https://a.vn/", "https://a.vn"),
        ("https://a.vn//", "https://a.vn"),
        ("https://a.vn/omi/", "https://a.vn/omi"),
        ("HTTPS://a.vn", "https://a.vn"),
        ("https://API.Omicall.VN/Omi", "https://api.omicall.vn/Omi"),
        ("https://a.vn:443", "https://a.vn"),
        ("http://localhost:80/x", "http://localhost/x"),
        ("http://127.1:8787", "http://127.0.0.1:8787"),
        ("https://ví-dụ.vn", "https://xn--v-d-rma6749a.vn"),
    ];
    for (url, base) in rewritten {
        assert_eq!(base_of(url).await.unwrap(), base, "{url}");
    }
}

#[wasm_bindgen_test]
fn refused_base_urls() {
    const NOT_ABSOLUTE: &str = "must start with https:// (or http:// on this machine)";
    const INSECURE: &str = "must be https: http is for this machine only";
    const CREDENTIALS: &str = "must not contain a user name or a password";
    const QUERY_OR_FRAGMENT: &str = "must not contain a query or a fragment";
    const HOST: &str = "has no valid host";
    const PATH: &str = "has a path with an empty segment, .. or a character that is not allowed";
    let cases = [
        ("", "is required"),
        ("a.vn", NOT_ABSOLUTE),
        ("ftp://a.vn", NOT_ABSOLUTE),
        ("javascript://a", NOT_ABSOLUTE),
        ("http://a.vn", INSECURE),
        ("http://127.evil.vn", INSECURE),
        ("http://127.0.0.1.evil.vn", INSECURE),
        ("http://localhost.evil.vn", INSECURE),
        ("https://user:secret@a.vn", CREDENTIALS),
        ("https://user@a.vn", CREDENTIALS),
        ("https://a.vn?x=1", QUERY_OR_FRAGMENT),
        ("https://a.vn/#x", QUERY_OR_FRAGMENT),
        ("https://", HOST),
        ("https:///x", HOST),
        ("https://a.vn:99999", HOST),
        ("https://a.vn:+1", HOST),
        ("https://a\\b", HOST),
        ("https://a b", HOST),
        ("https://a%2fb", HOST),
        ("https://a..b", HOST),
        ("https://a.vn/x/../y", PATH),
        ("https://a.vn//x", PATH),
        ("https://a.vn/x y", PATH),
        ("https://a.vn/x\\y", PATH),
    ];
    let failed: Vec<String> = cases
        .into_iter()
        .filter_map(|(url, problem)| {
            let Err(error) = connect(object([("baseUrl", url.into()), ("token", "t".into())])) else {
                return Some(format!("{url}: accepted"));
            };
            assert_eq!(issues(&error), [("baseUrl".into(), "request_invalid".into())], "{url}");
            let message = text(&error, "message");
            (message != format!("The API address (baseUrl) {problem}.")).then(|| format!("{url}: {message}"))
        })
        .collect();
    assert_eq!(failed, [""; 0]);
}

/// A text of up to `limit` printable ASCII characters after `prefix`.
fn random_text(prefix: &str, limit: usize) -> String {
    let mut text = prefix.to_owned();
    text.extend((0..random(limit + 1)).map(|_| char::from(b' ' + random(95) as u8)));
    text
}

fn random_base_url() -> String {
    let scheme = pick(&["https", "http", "HTTPS", "ftp", "javascript"]);
    let separator = pick(&[":/", "://", "://", "://", ":///"]);
    let known =
        ["a.vn", "A.VN", "localhost", "127.0.0.1", "127.1", "0x7f.1", "10.0.0.1", "[::1]", "[::]", "xn--a", "ễ.vn"];
    let host = if random(4) == 0 { random_text("", 8) } else { pick(&known).to_owned() };
    let port = pick(&["", "", ":", ":80", ":0443", ":99999"]);
    let path: String = (0..random(3)).map(|_| random_text("/", 6)).collect();
    [scheme, separator, &host, port, &path].concat()
}

#[wasm_bindgen_test]
async fn requests_go_to_a_secure_origin_without_credentials() {
    let mut accepted = 0;
    for _ in 0..1000 {
        let base_url = random_base_url();
        let Ok(base) = base_of(&base_url).await else {
            continue;
        };
        accepted += 1;
        assert_eq!(base_of(&base).await.as_deref(), Ok(&*base), "{base_url:?}");
        assert!(!base.ends_with('/'), "{base_url:?}");
        let url = Url::new(&base).unwrap();
        assert_eq!([url.username(), url.password(), url.search(), url.hash()].concat(), "", "{base_url:?}");
        let host = url.hostname();
        let is_loopback = matches!(&*host, "localhost" | "127.0.0.1" | "[::1]") || host.ends_with(".localhost");
        assert!(url.protocol() == "https:" || is_loopback, "{base_url:?}");
        assert!(base_url.trim_end_matches('/').ends_with(url.pathname().trim_end_matches('/')), "{base_url:?}");
    }
    assert!(accepted > 50, "{accepted}");
}
