//@ after wire_fields! {
    created_date last_updated_date maintaining_prices number_type price provider_type
//@ before /// What the server says of a new tenant.
wire_struct! {
    /// A number that tenants can buy.
    ListedNumber {
        /// The phone number.
        number: String = "string | null", check::text;
        /// The carrier.
        provider: String = "string | null", check::text;
        /// The kind of carrier.
        provider_type: String = "string | null", check::text;
        /// The kind of number.
        number_type: String = "\"fixed\" | \"mobile\" | \"1900\" | \"1800\" | (string & {}) | null", check::text;
        /// Country code.
        nation: String = "string | null", check::text;
        /// Epoch ms.
        created_date: f64 = "number | null", check::number;
        /// Epoch ms.
        last_updated_date: f64 = "number | null", check::number;
        /// What it costs.
        maintaining_prices: Vec<Price> = "Price[] | null",
            |value: &JsValue| check::optional_each(value, Price::check);
    }
}

wire_struct! {
    /// A price in one currency.
    Price {
        /// Currency code.
        currency: String = "string | null", check::text;
        /// In the currency.
        price: f64 = "number | null", check::number;
    }
}

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
    pub fn check(value: &JsValue) -> Result<(), Mismatch> {
        PagePosition::check(value)?;
        let wire: &Wire = value.unchecked_ref();
        check::each(&wire.items(), ListedNumber::check).map_err(|mismatch| mismatch.under("items"))
    }
}

