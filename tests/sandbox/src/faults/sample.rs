//! Sample payloads, for faults that respond without executing the endpoint.

use serde_json::{Value, json};

use crate::faults::FaultEndpoint;

pub const ADD: &str = FaultEndpoint::Add.as_str();
pub const LIST: &str = FaultEndpoint::List.as_str();
pub const INFO: &str = FaultEndpoint::Info.as_str();
pub const ME: &str = FaultEndpoint::Me.as_str();
pub const AGENCY: &str = FaultEndpoint::Agency.as_str();
pub const PACKAGES: &str = FaultEndpoint::Packages.as_str();
pub const NUMBERS: &str = FaultEndpoint::Numbers.as_str();
const AUTH: &str = FaultEndpoint::Auth.as_str();
const TEMPLATES: &str = FaultEndpoint::Templates.as_str();
const UPDATE_BALANCE: &str = FaultEndpoint::UpdateBalance.as_str();
const UPGRADE: &str = FaultEndpoint::Upgrade.as_str();
const EXTEND: &str = FaultEndpoint::Extend.as_str();
const BUY: &str = FaultEndpoint::Buy.as_str();

/// The endpoints that give a list page by page.
pub const LISTS: [&str; 2] = [LIST, NUMBERS];

pub fn is_list(endpoint: &str) -> bool {
    LISTS.contains(&endpoint)
}

/// An item of a list; every page and index has a different one.
pub fn item(endpoint: &str, page: u64, index: u64) -> Value {
    if endpoint == NUMBERS { number(page, index) } else { tenant(page, index) }
}

/// 1 January 2024.
const SINCE: i64 = 1_704_067_200_000;
/// 1 January 2030.
const UNTIL: i64 = 1_893_456_000_000;

/// A valid payload of the endpoint.
pub fn payload(endpoint: &str) -> Value {
    match endpoint {
        AUTH => {
            json!({ "access_token": "sandbox-stand-in", "access_type": "bussiness", "token_type": "Bearer" })
        }
        ME => json!({
            "full_name": "Đại lý Giả Định",
            "email": "stand-in@example.com",
            "description": "",
            "enabled": true,
            "status": "activated",
            "paid_type": "prepaid",
            "nation": "vn",
            "currency": "VND",
            "language": "vi",
            "balance": 1_000_000,
        }),
        AGENCY => json!({
            "full_name": "Đại lý Giả Định",
            "email": "stand-in@example.com",
            "enabled": true,
            "status": "activated",
            "nation": "vn",
            "currency": "VND",
            "language": "vi",
        }),
        PACKAGES => json!([{
            "code_name": "omi_start",
            "service_name": "OMI Start",
            "staff_num": 10,
            "customer_num": 2_000,
            "note": "",
            "fee_setups": prices(500_000, 19.531),
            "fee_holds": prices(300_000, 11.719),
        }]),
        TEMPLATES => json!([{ "id": "stand_in", "name": "Giả Định" }]),
        ADD => json!({ "id": id(0, 0) }),
        LIST | NUMBERS => json!({
            "items": [item(endpoint, 0, 0)],
            "page_number": 1,
            "page_size": 50,
            "total_items": 1,
            "total_pages": 1,
            "has_next": false,
            "next_page": 1,
            "has_previous": false,
            "previous_page": 1,
        }),
        INFO => info(),
        UPDATE_BALANCE => {
            json!({ "email": email(0, 0), "amount": 10_000, "wallet": "NORMAL", "balance": 1_010_000 })
        }
        UPGRADE => purchase("upgrade", "code_name", "omi_start", 2_300_000),
        EXTEND => purchase("extend", "code_name", "omi_start", 1_800_000),
        BUY => purchase("buy", "number", "842400000000", 150_000),
        _ => json!({}),
    }
}

fn info() -> Value {
    let mut tenant = tenant(0, 0);
    if let Value::Object(fields) = &mut tenant {
        fields.remove("id");
        fields.remove("owner_name");
        fields.insert("domain_fusion".to_owned(), "giadinh".into());
        fields.insert("nation".to_owned(), "vn".into());
        fields.insert("language".to_owned(), "vi".into());
        fields.insert("api_key".to_owned(), "STANDIN0-STANDIN-STANDI-STAN".into());
    }
    tenant
}

fn purchase(kind: &str, field: &str, item: &str, price: u64) -> Value {
    json!({
        "email": email(0, 0),
        "kind": kind,
        field: item,
        "months": 6,
        "price": price,
        "note": "Giả định",
        "at": SINCE,
        "balance": 1_000_000,
    })
}

fn prices(vnd: u64, usd: f64) -> Value {
    json!([{ "currency": "VND", "price": vnd }, { "currency": "USD", "price": usd }])
}

fn number(page: u64, index: u64) -> Value {
    json!({
        "number": format!("8424{page:010}{index:06}"),
        "provider": "itel",
        "provider_type": "telecom",
        "number_type": "fixed",
        "nation": "vn",
        "created_date": SINCE,
        "last_updated_date": SINCE,
        "maintaining_prices": prices(25_000, 0.977),
        "call_pricing": [],
    })
}

fn tenant(page: u64, index: u64) -> Value {
    json!({
        "id": id(page, index),
        "full_name": format!("Công ty Giả Định {page}.{index}"),
        "owner_name": "Nguyễn Giả Định",
        "email": email(page, index),
        "phone": "0900000000",
        "description": "",
        "enabled": true,
        "status": "activated",
        "domain": "giadinh",
        "domain_expire": UNTIL,
        "effective_date": SINCE,
        "expire_date": UNTIL,
        "paid_type": "prepaid",
        "currency": "VND",
        "balance": 1_000_000,
        "public_numbers": [],
        "service_package": {
            "code_name": "trial",
            "service_name": "Trial",
            "staff_num": 5,
            "customer_num": 100,
            "expiry_date": UNTIL,
            "cashback": 0,
        },
    })
}

fn id(page: u64, index: u64) -> String {
    format!("{page:016x}{index:08x}")
}

fn email(page: u64, index: u64) -> String {
    format!("stand-in.{page}.{index}@example.com")
}
