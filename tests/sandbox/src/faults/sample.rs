//! Sample payloads, for faults that respond without executing the endpoint.

use serde_json::{Value, json};

pub const ADD: &str = "POST /api/partner/tenant/add";
pub const LIST: &str = "POST /api/partner/tenant/list";
pub const INFO: &str = "GET /api/partner/tenant/info";

/// 1 January 2024.
const SINCE: i64 = 1_704_067_200_000;
/// 1 January 2030.
const UNTIL: i64 = 1_893_456_000_000;

/// A valid payload of the endpoint.
pub fn payload(endpoint: &str) -> Value {
    match endpoint {
        "GET /api/auth" => {
            json!({ "access_token": "sandbox-stand-in", "access_type": "bussiness", "token_type": "Bearer" })
        }
        "GET /api/partner/me" => json!({
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
        ADD => json!({ "id": id(0, 0) }),
        LIST => json!({
            "items": [tenant(0, 0)],
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
        "POST /api/partner/tenant/update_balance" => {
            json!({ "email": email(0, 0), "amount": 10_000, "wallet": "NORMAL", "balance": 1_010_000 })
        }
        _ => json!({}),
    }
}

fn info() -> Value {
    let mut tenant = tenant(0, 0);
    if let Value::Object(fields) = &mut tenant {
        fields.remove("id");
        fields.remove("owner_name");
        fields.insert("domain_fusion".to_owned(), "giadinh".into());
        fields.insert("domain_expire".to_owned(), UNTIL.into());
        fields.insert("nation".to_owned(), "vn".into());
        fields.insert("language".to_owned(), "vi".into());
        fields.insert("api_key".to_owned(), "STANDIN0-STANDIN-STANDI-STAN".into());
        fields.insert("public_numbers".to_owned(), json!([]));
    }
    tenant
}

/// An item of a list; every page and index has a different tenant.
pub fn tenant(page: u64, index: u64) -> Value {
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
        "effective_date": SINCE,
        "expire_date": UNTIL,
        "paid_type": "prepaid",
        "currency": "VND",
        "balance": 1_000_000,
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
