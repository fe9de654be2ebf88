//@ before     "TenantSummary ...Tenant id:string!\n"
    /// A price in one currency.
    Price {
        /// Currency code.
        currency: String = "string | null", "string";
        /// In the currency.
        price: f64 = "number | null", "number";
    }

    /// A number that tenants can buy.
    ListedNumber {
        /// The phone number.
        number: String = "string | null", "string";
        /// The carrier.
        provider: String = "string | null", "string";
        /// The kind of carrier.
        provider_type: String = "string | null", "string";
        /// The kind of number.
        number_type: String = "\"fixed\" | \"mobile\" | \"1900\" | \"1800\" | (string & {}) | null", "string";
        /// Country code.
        nation: String = "string | null", "string";
        /// Epoch ms.
        created_date: f64 = "number | null", "number";
        /// Epoch ms.
        last_updated_date: f64 = "number | null", "number";
        /// What it costs.
        maintaining_prices: Vec<Price> = "Price[] | null", "Price[]";
    }

    "NumberPage ...PagePosition items:ListedNumber[]!\n"
//@ before /// What the server says of a new tenant.
/// A page of numbers, as the server sent it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, Tsify)]
#[tsify(hashmap_as_object)] // What is flattened becomes a `Map` otherwise.
pub struct NumberPage {
    /// The numbers of this page.
    pub items: Vec<ListedNumber>,
    #[serde(flatten)]
    pub position: PagePosition,
}

impl NumberPage {
    /// Checks a value from the wire where it is.
    pub fn check(value: &JsValue) -> Checked {
        check_as("NumberPage", value)
    }
}

