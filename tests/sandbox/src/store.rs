//! The tenants, with lookup and search.

use std::{borrow::Cow, collections::HashMap};

use serde::{Deserialize, Serialize};
use serde_json::Number;
use tsify::Tsify;

use crate::{auth::PartnerId, diacritics, envelope::ErrorCode, random::SeededRng};

pub const NATION: &str = "vn";
pub const CURRENCY: &str = "VND";
pub const LANGUAGE: &str = "vi";

pub const ACTIVATED: &str = "activated";
/// The API documentation does not name this status.
pub const NOT_ACTIVATED: &str = "not_activated";

/// Most of these texts are constants; those of a restored sandbox are not.
pub type Text = Cow<'static, str>;

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Tenant {
    pub id: String,
    pub partner: PartnerId,
    pub full_name: String,
    pub owner_name: String,
    /// As it was sent. Addresses are unique, ignoring case.
    pub email: String,
    pub phone: String,
    pub description: String,
    pub enabled: bool,
    /// When it becomes active; `None` for one that has to be activated manually.
    pub activates_at: Option<i64>,
    /// Both `domain` and `domain_fusion` (web access and switchboard) have this value.
    pub domain: String,
    pub domain_expire: i64,
    pub expire_date: i64,
    pub paid_type: Text,
    /// The call-charge wallet, in VND, which has no minor unit.
    pub balance: i64,
    /// The service wallet, in VND, which has no minor unit.
    pub service_balance: i64,
    pub api_key: String,
    pub public_numbers: Vec<PublicNumber>,
    pub service_package: ServicePackage,
    pub top_ups: Vec<TopUp>,
    /// What the partner bought for it.
    pub purchases: Vec<Purchase>,
}

impl Tenant {
    /// The activation date if it has passed. It is compared with the clock at each read, so no timer is needed.
    pub fn active_since(&self, now: i64) -> Option<i64> {
        self.activates_at.filter(|at| *at <= now)
    }

    pub fn status(&self, now: i64) -> &'static str {
        match self.active_since(now) {
            Some(_) => ACTIVATED,
            None => NOT_ACTIVATED,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct PublicNumber {
    pub number: String,
    pub provider: Text,
    pub expire_date: i64,
    pub status: Text,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct ServicePackage {
    pub code_name: Text,
    pub service_name: Text,
    pub staff_num: u32,
    /// 0 means unlimited.
    pub customer_num: u32,
    pub expiry_date: i64,
    pub cashback: i64,
}

/// A number that can be bought.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct NumberOffer {
    pub number: String,
    pub provider: Text,
    pub provider_type: Text,
    pub number_type: Text,
    pub nation: Text,
    pub created_date: i64,
    pub last_updated_date: i64,
    /// For a month.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maintaining_prices: Option<[Price; 2]>,
    /// The documentation does not say what it looks like.
    pub call_pricing: Cow<'static, [CallPricing]>,
}

impl NumberOffer {
    /// In VND.
    pub fn monthly_price(&self) -> Option<i64> {
        let price = self.maintaining_prices.iter().flatten().find(|price| price.currency == CURRENCY)?;
        price.price.as_i64()
    }
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct CallPricing {
    pub to: Text,
    pub price: f64,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct Price {
    pub currency: Text,
    pub price: Number,
}

/// An amount of VND, and of thousandths of a USD.
pub type Amounts = (u32, u32);

/// Written with the digits of the list: 0.977 USD, 25000 VND.
pub fn prices((vnd, usd_thousandths): Amounts) -> [Price; 2] {
    let usd = Number::from_f64(f64::from(usd_thousandths) / 1000.0);
    [
        Price { currency: CURRENCY.into(), price: vnd.into() },
        Price { currency: "USD".into(), price: usd.unwrap_or_else(|| 0.into()) },
    ]
}

/// The call-charge wallet (`NORMAL`) or the service wallet (`SPK`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, Tsify)]
pub enum Wallet {
    #[serde(rename = "NORMAL")]
    CallCharge,
    #[serde(rename = "SPK")]
    Service,
}

/// A top-up that the sandbox executed.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Tsify)]
pub struct TopUp {
    /// In VND.
    pub amount: i64,
    /// The wallet that it went to.
    pub wallet: Wallet,
    /// As it was sent.
    pub description: String,
    /// Epoch milliseconds.
    pub at: i64,
}

/// What the partner bought for the tenant.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Tsify)]
#[tsify(type = "PurchasedItem & {
    /** Their number. */
    months: number;
    /** In VND. */
    price: number;
    /** As it was sent. */
    note: string;
    /** Epoch milliseconds. */
    at: number;
}")]
pub struct Purchase {
    #[serde(flatten)]
    pub item: Item,
    pub months: i64,
    /// In VND.
    pub price: i64,
    pub note: String,
    /// Epoch milliseconds.
    pub at: i64,
}

/// What was bought.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, Tsify)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[tsify(rename = "PurchasedItem")]
pub enum Item {
    Upgrade {
        #[tsify(type = "string")]
        code_name: Text,
    },
    Extend {
        #[tsify(type = "string")]
        code_name: Text,
    },
    Buy {
        number: String,
    },
}

/// All tenants of all partners, oldest first.
pub struct Store {
    entries: Vec<TenantEntry>,
    by_id: HashMap<String, usize>,
    by_email: HashMap<String, usize>,
    by_api_key: HashMap<String, usize>,
    /// The numbers that can be bought.
    pub numbers: Vec<NumberOffer>,
    /// In VND; a partner who is not in the map has no money.
    pub partner_balances: HashMap<PartnerId, i64>,
    /// Generates the values of added tenants. It is seeded too, so that test runs are reproducible.
    pub random: SeededRng,
}

struct TenantEntry {
    tenant: Tenant,
    /// Name and e-mail in their searchable form, one line each.
    search_text: String,
}

impl Store {
    pub fn new(random: SeededRng, capacity: usize) -> Self {
        Self {
            entries: Vec::with_capacity(capacity),
            by_id: HashMap::with_capacity(capacity),
            by_email: HashMap::with_capacity(capacity),
            by_api_key: HashMap::with_capacity(capacity),
            numbers: Vec::new(),
            partner_balances: HashMap::new(),
            random,
        }
    }

    pub fn len(&self) -> usize {
        self.entries.len()
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Adds a tenant as the newest one. The caller has checked that its id and e-mail are not in use.
    pub fn add(&mut self, tenant: Tenant) {
        let index = self.entries.len();
        let mut search_text = diacritics::searchable_text(&tenant.full_name);
        search_text.push('\n');
        search_text.push_str(&diacritics::searchable_text(&tenant.email));
        self.by_id.insert(tenant.id.clone(), index);
        self.by_email.insert(email_key(&tenant.email), index);
        self.by_api_key.insert(tenant.api_key.clone(), index);
        self.entries.push(TenantEntry { tenant, search_text });
    }

    pub fn has_email(&self, email: &str) -> bool {
        self.by_email.contains_key(&email_key(email))
    }

    pub fn has_id(&self, id: &str) -> bool {
        self.by_id.contains_key(id)
    }

    pub fn has_api_key(&self, key: &str) -> bool {
        self.by_api_key.contains_key(key)
    }

    /// A tenant of any partner.
    pub fn by_email(&self, email: &str) -> Option<&Tenant> {
        self.at(self.by_email.get(&email_key(email)))
    }

    /// A tenant that the partner may spend money on, and the partner's balance.
    pub fn account(&mut self, partner: PartnerId, email: &str) -> Result<(&mut Tenant, &mut i64), ErrorCode> {
        let tenant = self
            .by_email
            .get(&email_key(email))
            .and_then(|index| self.entries.get_mut(*index))
            .map(|entry| &mut entry.tenant)
            .filter(|tenant| tenant.partner == partner && tenant.enabled)
            .ok_or(ErrorCode::AccessDenied)?;
        Ok((tenant, self.partner_balances.entry(partner).or_default()))
    }

    pub fn by_id_of(&self, partner: PartnerId, id: &str) -> Option<&Tenant> {
        self.at(self.by_id.get(id)).filter(|tenant| tenant.partner == partner)
    }

    /// The tenants of a partner whose name or e-mail contains the keyword, newest first.
    pub fn search(&self, partner: PartnerId, keyword: &str) -> Vec<&Tenant> {
        let keyword = diacritics::search_keyword(keyword);
        self.entries
            .iter()
            .rev()
            .filter(|entry| {
                entry.tenant.partner == partner && (keyword.is_empty() || entry.search_text.contains(&keyword))
            })
            .map(|entry| &entry.tenant)
            .collect()
    }

    /// All tenants of all partners, oldest first.
    pub fn tenants(&self) -> impl Iterator<Item = &Tenant> {
        self.entries.iter().map(|entry| &entry.tenant)
    }

    fn at(&self, index: Option<&usize>) -> Option<&Tenant> {
        self.entries.get(*index?).map(|entry| &entry.tenant)
    }
}

pub fn email_key(email: &str) -> String {
    email.to_ascii_lowercase()
}
