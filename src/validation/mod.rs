//! Reading what a caller passed in: every argument is read, every issue is collected, no value is guessed.

pub mod params;
pub mod rules;
pub mod types;

use js_sys::JsString;
use wasm_bindgen::{JsCast, JsValue};

use crate::error::{Language, Text, ValidationIssue};
use crate::platform::guarded;
use crate::platform::schema::Check;
use rules::Hidden;

/// What people call the hidden characters that they meet: the names by which documentation on the web is found.
const NAMES: &[(char, &str)] = &[
    ('\t', "tab"),
    ('\n', "line feed"),
    ('\r', "carriage return"),
    ('\u{a0}', "no-break space"),
    ('\u{ad}', "soft hyphen"),
    ('\u{200b}', "zero-width space"),
    ('\u{200c}', "zero-width non-joiner"),
    ('\u{200d}', "zero-width joiner"),
    ('\u{200e}', "left-to-right mark"),
    ('\u{200f}', "right-to-left mark"),
    ('\u{202a}', "left-to-right embedding"),
    ('\u{202b}', "right-to-left embedding"),
    ('\u{202c}', "pop directional formatting"),
    ('\u{202d}', "left-to-right override"),
    ('\u{202e}', "right-to-left override"),
    ('\u{2060}', "word joiner"),
    ('\u{2066}', "left-to-right isolate"),
    ('\u{2067}', "right-to-left isolate"),
    ('\u{2068}', "first strong isolate"),
    ('\u{2069}', "pop directional isolate"),
    ('\u{fe0f}', "variation selector-16"),
    ('\u{feff}', "zero-width no-break space, byte order mark"),
];

/// The server's code for a required value that is missing or not valid.
pub const REQUEST_INVALID: &str = "request_invalid";

/// A parameter: its name in JavaScript and, where people see it, what they call it.
#[derive(Debug)]
pub struct Field {
    pub name: &'static str,
    pub label: Option<&'static Text>,
}

/// The issues of one call's arguments.
#[derive(Debug, Clone)]
pub struct Issues {
    pub language: Language,
    pub list: Vec<ValidationIssue>,
}

impl Issues {
    pub fn new(language: Language) -> Self {
        Self { language, list: Vec::new() }
    }

    /// Adds an issue; label and predicate make its sentence.
    pub fn add(&mut self, field: &Field, code: &'static str, predicate: &str) {
        let label = field.label.map_or(field.name, |label| self.language.pick(label));
        self.push(field.name, label, code, predicate);
    }

    /// The same for a name that the caller made up.
    pub fn add_named(&mut self, name: &str, code: &'static str, predicate: &str) {
        self.push(name, name, code, predicate);
    }

    fn push(&mut self, name: &str, label: &str, code: &'static str, predicate: &str) {
        self.add_message(name, code, [label, " ", predicate, "."].concat());
    }

    /// The same with a whole sentence.
    pub fn add_message(&mut self, name: &str, code: &'static str, message: String) {
        self.list.push(ValidationIssue { field: name.into(), code, message });
    }
}

/// Reads one argument and reports its issue.
pub struct FieldReader<'a> {
    pub field: &'static Field,
    pub value: JsValue,
    pub issues: &'a mut Issues,
}

impl<'a> FieldReader<'a> {
    /// Reads an argument that is not a field of an object.
    pub fn of_argument(field: &'static Field, value: &JsValue, issues: &'a mut Issues) -> Self {
        Self { field, value: value.clone(), issues }
    }

    pub fn language(&self) -> Language {
        self.issues.language
    }

    /// Reports an issue; there is no value then.
    #[inline(always)]
    pub fn issue<T>(&mut self, code: &'static str, predicate: &str) -> Option<T> {
        self.issues.add(self.field, code, predicate);
        None
    }

    #[inline(always)]
    pub fn invalid<T>(&mut self, text: &Text) -> Option<T> {
        self.issue(REQUEST_INVALID, self.language().pick(text))
    }

    #[inline(always)]
    pub fn missing<T>(&mut self, code: &'static str) -> Option<T> {
        self.issue(code, self.language().pick(&Text { en: "is required", vi: "không được để trống" }))
    }

    /// Whether a number was not entered: `""`, or NaN, which `valueAsNumber` of an empty field is.
    pub fn is_empty_number(&self) -> bool {
        let value = &self.value;
        value.is_undefined()
            || value.is_null()
            || value.as_f64().is_some_and(f64::is_nan)
            || value.as_string().is_some_and(|text| rules::is_blank(&text))
    }

    /// The text as the caller wrote it: normalising moves characters, and replaces some white space by other.
    pub fn original(&self) -> String {
        self.value.as_string().unwrap_or_default()
    }

    /// Reports a number that was not entered.
    #[inline(always)]
    pub fn not_entered<T>(&mut self, code: &'static str) -> Option<T> {
        self.add_not_entered(code);
        None
    }

    fn add_not_entered(&mut self, code: &'static str) {
        let language = self.language();
        let mut label = self.field.label.map_or(self.field.name, |label| language.pick(label)).to_owned();
        // Only ASCII: the tables of the other letters add 13 kB to the core.
        if let Some(first) = label.get_mut(..1) {
            first.make_ascii_lowercase();
        }
        let verb = language.pick(&Text { en: "Enter ", vi: "Hãy nhập " });
        self.issues.add_message(self.field.name, code, [verb, &label, "."].concat());
    }

    /// Names the character that a person cannot see, and its place.
    #[inline(always)]
    pub fn hidden<T>(&mut self, code: &'static str, hidden: Hidden) -> Option<T> {
        self.add_hidden(code, hidden);
        None
    }

    fn add_hidden(&mut self, code: &'static str, hidden: Hidden) {
        let Hidden { character, position } = hidden;
        let name = NAMES.iter().find(|(known, _)| *known == character).map(|(_, name)| [" (", name, ")"].concat());
        let (point, name) = (u32::from(character), name.unwrap_or_default());
        let predicate = match (self.language(), character) {
            (Language::En, ' ') => format!("contains a space at position {position}, counted from 1: remove it"),
            (Language::Vi, ' ') => format!("chứa khoảng trắng ở vị trí thứ {position}: hãy xóa khoảng trắng đó"),
            (Language::En, _) => {
                format!(
                    "contains the invisible character U+{point:04X}{name} at position {position}, counted from 1: type the text again"
                )
            }
            (Language::Vi, _) => format!("chứa ký tự vô hình U+{point:04X}{name} ở vị trí thứ {position}: hãy gõ lại"),
        };
        self.issues.add(self.field, code, &predicate);
    }

    #[inline(always)]
    pub fn wrong_type<T>(&mut self, expected: &str) -> Option<T> {
        self.add_with_value(&Text { en: "must be of type ", vi: "phải có kiểu " }, expected);
        None
    }

    #[inline(always)]
    pub fn not_one_of<T>(&mut self, values: &str) -> Option<T> {
        self.add_with_value(&Text { en: "must be one of ", vi: "phải là một trong " }, values);
        None
    }

    fn add_with_value(&mut self, text: &Text, value: &str) {
        let predicate = [self.language().pick(text), value].concat();
        self.issues.add(self.field, REQUEST_INVALID, &predicate);
    }

    /// A value that the server gave earlier; an issue names the place in it.
    pub fn checked(&mut self, check: Check) -> Option<JsValue> {
        if self.value.is_undefined() || self.value.is_null() {
            return self.missing(REQUEST_INVALID);
        }
        match check(&self.value) {
            Ok(()) => Some(self.value.clone()),
            Err(mismatch) if mismatch.path.is_empty() => self.wrong_type(&mismatch.expected),
            Err(mismatch) => {
                let text = &Text { en: "must be of type ", vi: "phải có kiểu " };
                let predicate = [self.language().pick(text), &mismatch.expected].concat();
                self.issues.add_named(&mismatch.under(self.field.name).path, REQUEST_INVALID, &predicate);
                None
            }
        }
    }

    fn not_a_text<T>(&mut self) -> Option<T> {
        self.invalid(&Text { en: "must be a text", vi: "phải là văn bản" })
    }

    /// A text of which something is seen, in NFC: Vietnamese arrives decomposed from some systems and the server compares
    /// exactly. `missing` is the code of its absence.
    pub fn text(&mut self, missing: &'static str) -> Option<String> {
        let text = self.present_text(missing)?;
        let text = self.normalized(&text)?;
        if rules::is_blank(&text) { self.missing(missing) } else { Some(text) }
    }

    /// A text with at least one character, exactly as the caller wrote it.
    pub fn verbatim(&mut self) -> Option<String> {
        self.verbatim_or(REQUEST_INVALID)
    }

    /// The same; `missing` is the code of its absence.
    pub fn verbatim_or(&mut self, missing: &'static str) -> Option<String> {
        let text = self.present_text(missing)?;
        self.well_formed(&text)
    }

    /// A text that may be empty, in NFC.
    pub fn optional_text(&mut self) -> Option<String> {
        match self.value.dyn_ref::<JsString>() {
            Some(text) => self.normalized(&text.clone()),
            None => self.not_a_text(),
        }
    }

    fn present_text(&mut self, missing: &'static str) -> Option<JsString> {
        if self.value.is_undefined() || self.value.is_null() {
            return self.missing(missing);
        }
        match self.value.dyn_ref::<JsString>() {
            Some(text) if text.length() > 0 => Some(text.clone()),
            Some(_) => self.missing(missing),
            None => self.not_a_text(),
        }
    }

    /// Checked first, because some browsers replace a lone surrogate when they normalise.
    fn normalized(&mut self, text: &JsString) -> Option<String> {
        self.well_formed(text).map(|_| text.normalize("NFC").into())
    }

    fn well_formed(&mut self, text: &JsString) -> Option<String> {
        let string = well_formed(text);
        if string.is_none() {
            return self.invalid(LONE_SURROGATE);
        }
        string
    }

    /// An integer of `min` or more that JavaScript holds exactly.
    pub fn integer(&mut self, min: u32) -> Option<f64> {
        match self.value.as_f64() {
            Some(number) if rules::is_integer(number) && number >= f64::from(min) => Some(number),
            _ => {
                let predicate = match self.language() {
                    Language::En => format!("must be an integer of {min} or more"),
                    Language::Vi => format!("phải là số nguyên từ {min} trở lên"),
                };
                self.issue(REQUEST_INVALID, &predicate)
            }
        }
    }
}

pub const LONE_SURROGATE: &Text =
    &Text { en: "contains a lone surrogate", vi: "chứa ký tự Unicode không hợp lệ (surrogate đơn lẻ)" };

/// A JavaScript text as a Rust string. A lone surrogate would become U+FFFD on the way, so a text with one is refused.
pub fn well_formed(text: &JsString) -> Option<String> {
    let string = String::from(text);
    (JsValue::from_str(&string) == JsValue::from(text)).then_some(string)
}

/// Takes `value` as an object without other fields than those that `is_known` names. `undefined` counts as an empty object,
/// unless `missing` is the code of its absence, which then is one for `null` too.
pub fn open_object(
    value: &JsValue,
    field: &'static Field,
    missing: Option<&'static str>,
    is_known: fn(&str) -> bool,
    issues: &mut Issues,
) -> Option<()> {
    let mut reader = FieldReader::of_argument(field, value, issues);
    if let Some(code) = missing
        && (value.is_undefined() || value.is_null())
    {
        return reader.missing(code);
    }
    if value.is_undefined() {
        return Some(());
    }
    let Some(keys) = guarded::keys(value) else {
        return reader.wrong_type("object");
    };
    for key in keys.iter().filter_map(|key| key.as_string()).filter(|key| !is_known(key)) {
        let predicate = issues
            .language
            .pick(&Text { en: "is not a known parameter", vi: "không phải là tham số hợp lệ" });
        issues.add_named(&key, "unknown_parameter", predicate);
    }
    Some(())
}
