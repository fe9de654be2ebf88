//! What a partner buys for a tenant: packages and numbers.

use serde_json::{Value, json};

use crate::support::*;

const EMAIL: &str = "Chu.Quan@quan-moi.example";
/// Exactly 10 UTF-16 units.
const NOTE: &str = "Hợp đồng 5";
const BALANCE: i64 = 250_000_000;
/// For a month. The balance is a multiple of it.
const NUMBER_PRICE: i64 = 25_000;
const MONTH: i64 = 30 * DAY;

const ENDPOINTS: [&str; 3] = [UPGRADE, EXTEND, BUY];

/// A sandbox with a token and the sample tenant, whose package is the trial.
struct Shop {
    app: TestApp,
    token: String,
    id: String,
}

impl Shop {
    async fn new() -> Self {
        let app = TestApp::new(&["--admin"]);
        let token = app.token(PARTNER_KEY).await;
        let id = app.add(&token).await;
        Self { app, token, id }
    }

    /// The same, with a tenant whose package has a price: OMI Start until six months from now.
    async fn with_package() -> Self {
        let shop = Self::new().await;
        shop.send(UPGRADE, &upgrade()).await.payload();
        shop
    }

    async fn send(&self, path: &str, body: &Value) -> Reply {
        self.app.post(path, &self.token, body).await
    }

    async fn balance(&self) -> i64 {
        self.app.get(ME, &self.token).await.payload()["balance"].as_i64().expect("money")
    }

    async fn info(&self) -> Value {
        self.app.info(&self.token, &self.id).await
    }

    async fn books(&self) -> Value {
        self.app.get(&format!("/sandbox/tenant?email={EMAIL}"), "").await.json()
    }

    async fn offers(&self) -> Vec<Value> {
        let page = self.app.get(&format!("{NUMBERS}?size=200"), &self.token).await.payload();
        page["items"].as_array().expect("items").clone()
    }

    /// A number that costs [`NUMBER_PRICE`].
    async fn number(&self) -> Value {
        let offers = self.offers().await;
        let offer = offers.iter().find(|offer| offer["maintaining_prices"][0]["price"] == NUMBER_PRICE);
        offer.expect("a number")["number"].clone()
    }

    /// A valid request of an endpoint.
    async fn order(&self, path: &str) -> Value {
        match path {
            UPGRADE => upgrade(),
            EXTEND => extend(),
            _ => buy(self.number().await),
        }
    }

    /// Everything that a purchase changes.
    async fn all(&self) -> (i64, Value, Value, Vec<Value>) {
        (self.balance().await, self.info().await, self.books().await, self.offers().await)
    }
}

fn upgrade() -> Value {
    json!({ "email": EMAIL, "code_name": "omi_start", "month_num": 6, "note": NOTE })
}

fn extend() -> Value {
    json!({ "email": EMAIL, "month_num": 6, "note": NOTE })
}

fn buy(number: Value) -> Value {
    json!({ "email": EMAIL, "number": number, "number_count": 6, "note": NOTE })
}

fn months_field(path: &str) -> &'static str {
    if path == BUY { "number_count" } else { "month_num" }
}

#[tokio::test]
async fn an_upgrade_costs_the_setup_and_each_month_and_starts_now() {
    let shop = Shop::new().await;
    let body = with(with(upgrade(), "code_name", json!("omi_pro")), "month_num", json!(7));
    let price = 5_000_000 + 7 * 3_000_000;
    let purchase = json!({
        "kind": "upgrade",
        "code_name": "omi_pro",
        "months": 7,
        "price": price,
        "note": NOTE,
        "at": NOW,
    });
    let receipt = with(with(purchase.clone(), "email", json!(EMAIL)), "balance", json!(BALANCE - price));
    assert_eq!(shop.send(UPGRADE, &body).await.payload(), receipt);

    assert_eq!(shop.balance().await, BALANCE - price);
    assert_eq!(
        shop.info().await["service_package"],
        json!({
            "code_name": "omi_pro",
            "service_name": "OMI Pro",
            "staff_num": 100,
            "customer_num": 0,
            "expiry_date": NOW + 7 * MONTH,
            "cashback": 0,
        })
    );
    let books = shop.books().await;
    assert_eq!(books["purchases"], json!([purchase]));
    // The wallets of the tenant are not the partner's money.
    assert_eq!((&books["balance"], &books["service_balance"], &books["top_ups"]), (&json!(0), &json!(0), &json!([])));
}

#[tokio::test]
async fn an_extension_starts_at_the_end_of_the_package_or_now() {
    let shop = Shop::with_package().await;
    let spent = 500_000 + 6 * 300_000;
    for (advance, months, expiry) in
        [(0, 6, NOW + 12 * MONTH), (11 * MONTH, 8, NOW + 20 * MONTH), (10 * MONTH, 6, NOW + 27 * MONTH)]
    {
        shop.app.advance(advance).await;
        // Tokens do not live that long.
        let token = shop.app.token(PARTNER_KEY).await;
        let receipt = shop.app.post(EXTEND, &token, &with(extend(), "month_num", json!(months))).await.payload();
        assert_eq!((&receipt["kind"], &receipt["price"]), (&json!("extend"), &json!(months * 300_000)));
        let package = &shop.app.info(&token, &shop.id).await["service_package"];
        assert_eq!((&package["code_name"], &package["expiry_date"]), (&json!("omi_start"), &json!(expiry)));
    }
    let token = shop.app.token(PARTNER_KEY).await;
    assert_eq!(shop.app.get(ME, &token).await.payload()["balance"], BALANCE - spent - 20 * 300_000);
    let books = shop.books().await;
    assert_eq!(books["purchases"].as_array().map(Vec::len), Some(4));
    assert_eq!(
        books["purchases"][1],
        json!({
            "kind": "extend",
            "code_name": "omi_start",
            "months": 6,
            "price": 1_800_000,
            "note": NOTE,
            "at": NOW,
        })
    );
}

#[tokio::test]
async fn the_tenant_expires_with_its_package() {
    let app = TestApp::new(&["--admin", "--activation-ms", "0..0"]);
    let token = app.token(PARTNER_KEY).await;
    let payload = app.post(ADD, &token, &create_params_with("isAutoActive", json!(true))).await.payload();
    let id = payload["id"].as_str().expect("an id");
    for (path, body, expiry) in [(UPGRADE, upgrade(), NOW + 6 * MONTH), (EXTEND, extend(), NOW + 12 * MONTH)] {
        app.post(path, &token, &body).await.payload();
        assert_eq!(app.info(&token, id).await["expire_date"], expiry, "{path}");
    }
}

#[tokio::test]
async fn a_number_is_no_longer_on_sale_once_it_is_bought() {
    let shop = Shop::new().await;
    let number = shop.number().await;
    let before = shop.offers().await;
    let price = 8 * NUMBER_PRICE;
    let purchase = json!({
        "kind": "buy",
        "number": number,
        "months": 8,
        "price": price,
        "note": NOTE,
        "at": NOW,
    });
    let receipt = with(with(purchase.clone(), "email", json!(EMAIL)), "balance", json!(BALANCE - price));
    let body = with(buy(number.clone()), "number_count", json!(8));
    assert_eq!(shop.send(BUY, &body).await.payload(), receipt);

    assert_eq!(shop.balance().await, BALANCE - price);
    let (bought, left): (Vec<_>, Vec<_>) = before.into_iter().partition(|offer| offer["number"] == number);
    assert_eq!(shop.offers().await, left);
    let numbers = json!([{
        "number": number,
        "provider": bought[0]["provider"],
        "expire_date": NOW + 8 * MONTH,
        "status": "active",
    }]);
    assert_eq!(shop.info().await["public_numbers"], numbers);
    assert_eq!(shop.books().await["purchases"], json!([purchase]));

    let all = shop.all().await;
    assert_eq!(shop.send(BUY, &body).await.error_code(), "public_number_not_found");
    assert_eq!(shop.all().await, all);
}

#[tokio::test]
async fn the_whole_balance_can_be_spent_and_no_more() {
    let shop = Shop::with_package().await;
    let balance = shop.balance().await;
    let number = shop.number().await;
    let all = shop.all().await;
    // The setup fee is part of the price.
    for (path, monthly, setup) in [(UPGRADE, 300_000, 500_000), (EXTEND, 300_000, 0), (BUY, NUMBER_PRICE, 0)] {
        for months in [(balance - setup) / monthly + 1, i64::MAX] {
            let body = with(shop.order(path).await, months_field(path), json!(months));
            assert_eq!(shop.send(path, &body).await.error_code(), "balance_not_enough", "{body}");
        }
    }
    assert_eq!(shop.all().await, all);

    let body = with(buy(number), "number_count", json!(balance / NUMBER_PRICE));
    let receipt = shop.send(BUY, &body).await.payload();
    assert_eq!((&receipt["price"], &receipt["balance"]), (&json!(balance), &json!(0)));
    assert_eq!(shop.balance().await, 0);
    assert_eq!(shop.send(EXTEND, &extend()).await.error_code(), "balance_not_enough");
}

#[tokio::test]
async fn the_setup_fee_is_charged_up_to_the_last_dong() {
    let shop = Shop::new().await;
    // Leaves exactly the price of OMI Start for six months, with its setup fee.
    let months = (BALANCE - 2_300_000) / NUMBER_PRICE;
    shop.send(BUY, &with(buy(shop.number().await), "number_count", json!(months))).await.payload();
    let seven = with(upgrade(), "month_num", json!(7));
    assert_eq!(shop.send(UPGRADE, &seven).await.error_code(), "balance_not_enough");
    assert_eq!(shop.send(UPGRADE, &upgrade()).await.payload()["balance"], 0);
}

#[tokio::test]
async fn a_top_up_does_not_take_from_the_balance_of_the_partner() {
    let shop = Shop::new().await;
    let description = "Nạp tiền theo hợp đồng số 15, đợt thanh toán thứ hai năm nay";
    let top_up = json!({ "email": EMAIL, "amount": BALANCE + 1, "description": description });
    shop.send(UPDATE_BALANCE, &top_up).await.payload();
    assert_eq!(shop.balance().await, BALANCE);
}

#[tokio::test]
async fn every_error_has_its_code_and_changes_nothing() {
    let shop = Shop::with_package().await;
    let offers = shop.offers().await;
    let unpriced = offers.iter().find(|offer| offer.get("maintaining_prices").is_none()).expect("one without a price");
    let all = shop.all().await;
    let short = NOTE.strip_suffix('5').expect("a 5");
    let check = async |path: &str, field: &str, value: Value, code: &str| {
        let body = with(shop.order(path).await, field, value);
        assert_eq!(shop.send(path, &body).await.error_code(), code, "{path} {body}");
    };
    for path in ENDPOINTS {
        for value in [Value::Null, json!(""), json!("  "), json!(7), json!([EMAIL])] {
            check(path, "email", value, "request_invalid").await;
        }
        check(path, "email", json!("khong-ai@quan-moi.example"), "access_denied").await;

        let months = months_field(path);
        for value in [Value::Null, json!("6"), json!(true), json!(6.5), json!(1e300), json!(u64::MAX)] {
            check(path, months, value, "request_invalid").await;
        }
        for value in [json!(5), json!(5.9), json!(0), json!(-6)] {
            check(path, months, value, &format!("{months}_gte_6")).await;
        }

        for value in [Value::Null, json!(""), json!(" ".repeat(20))] {
            check(path, "note", value, "note_is_required").await;
        }
        check(path, "note", json!(5), "request_invalid").await;
        for value in [short.to_owned(), "📞".repeat(4)].into_iter().filter(|_| path != BUY) {
            check(path, "note", json!(value), "note_is_too_short.gte_10_characters").await;
        }
    }
    for value in [Value::Null, json!(""), json!(" "), json!(1), json!(["omi_start"])] {
        check(UPGRADE, "code_name", value.clone(), "request_invalid").await;
        check(BUY, "number", value, "request_invalid").await;
    }
    for (code_name, code) in [
        ("omi_2027", "service_package_not_found"),
        ("OMI_START", "service_package_not_found"),
        ("trial", "service_package_without_price"),
        ("customize", "service_package_without_price"),
    ] {
        check(UPGRADE, "code_name", json!(code_name), code).await;
    }
    check(BUY, "number", json!("842400000"), "public_number_not_found").await;
    check(BUY, "number", unpriced["number"].clone(), "public_number_without_price").await;
    assert_eq!(shop.all().await, all);
}

#[tokio::test]
async fn a_package_without_a_price_cannot_be_extended() {
    let shop = Shop::new().await;
    let all = shop.all().await;
    assert_eq!(shop.send(EXTEND, &extend()).await.error_code(), "service_package_without_price");
    assert_eq!(shop.all().await, all);
}

#[tokio::test]
async fn limits_and_other_spellings_are_accepted() {
    for path in ENDPOINTS {
        let shop = Shop::with_package().await;
        let mut body = with(shop.order(path).await, "email", json!(EMAIL.to_uppercase()));
        assert_eq!(body["note"].as_str().map(|note| note.encode_utf16().count()), Some(10));
        body = with(body, months_field(path), json!(6.0));
        assert_eq!(shop.send(path, &body).await.payload()["months"], 6, "{path}");
        // Two UTF-16 units each.
        let shortest = if path == BUY { "x".to_owned() } else { "📞".repeat(5) };
        let body = with(shop.order(path).await, "note", json!(shortest));
        shop.send(path, &body).await.payload();
        assert_eq!(shop.books().await["purchases"].as_array().map(Vec::len), Some(3));
    }
}

#[tokio::test]
async fn the_body_must_be_json() {
    let shop = Shop::new().await;
    for path in ENDPOINTS {
        for bad in ["", "null", "month_num=6", "{"] {
            let reply = shop.app.post_raw(path, &shop.token, bad).await;
            assert_eq!(reply.error_code(), "request_body_required", "{path} {bad:?}");
        }
        for bad in ["[]", "{}", "\"6\""] {
            let reply = shop.app.post_raw(path, &shop.token, bad).await;
            assert_eq!(reply.error_code(), "request_invalid", "{path} {bad:?}");
        }
    }
}

#[tokio::test]
async fn disabled_tenants_and_tenants_of_other_partners_are_denied() {
    let shop = Shop::with_package().await;
    let all = shop.all().await;
    let page = shop.app.list(&shop.token, 1, 1000, "").await;
    let tenants = page["items"].as_array().expect("items");
    let disabled = tenants.iter().find(|item| item["enabled"] == false).expect("a disabled tenant");
    let other = shop.app.token(EMPTY_KEY).await;
    for path in ENDPOINTS {
        let order = shop.order(path).await;
        let body = with(order.clone(), "email", disabled["email"].clone());
        assert_eq!(shop.send(path, &body).await.error_code(), "access_denied", "{path}");
        assert_eq!(shop.app.post(path, &other, &order).await.error_code(), "access_denied", "{path}");
    }
    assert_eq!(shop.all().await, all);
}

#[tokio::test]
async fn each_partner_has_its_own_balance() {
    let app = TestApp::new(&["--admin"]);
    let (main, other) = (app.token(PARTNER_KEY).await, app.token(EMPTY_KEY).await);
    app.add(&other).await;
    assert_eq!(app.get(ME, &other).await.payload()["balance"], 0);
    assert_eq!(app.post(UPGRADE, &other, &upgrade()).await.error_code(), "balance_not_enough");

    let email = app.list(&main, 1, 1, "").await["items"][0]["email"].clone();
    app.post(UPGRADE, &main, &with(upgrade(), "email", email)).await.payload();
    assert_eq!(app.get(ME, &main).await.payload()["balance"], BALANCE - 2_300_000);
    assert_eq!(app.get(ME, &other).await.payload()["balance"], 0);
}

#[tokio::test]
async fn reset_restores_the_balance_and_the_numbers() {
    let mut shop = Shop::new().await;
    let offers = shop.offers().await;
    shop.send(UPGRADE, &upgrade()).await.payload();
    shop.send(BUY, &buy(shop.number().await)).await.payload();
    assert_eq!(shop.offers().await.len(), offers.len() - 1);

    shop.app.reset().await;
    shop.token = shop.app.token(PARTNER_KEY).await;
    assert_eq!((shop.balance().await, shop.offers().await), (BALANCE, offers));
}
