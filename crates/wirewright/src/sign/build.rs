//! How a base string is made of the parts of a request.

use super::{
    base_string::{BasePart, BaseString},
    encode_set::EncodeSet,
    parameters,
    text::Text,
    url::Url,
};

impl BaseString {
    /// The text to sign. `url` has no query; `parameters` is a form-urlencoded text without the signature.
    ///
    /// ```
    /// use wirewright::sign::BaseString;
    ///
    /// let base = BaseString::OAUTH1.build("GET", "HTTP://API.example:80/logout", "f=json&a=1%2F2");
    /// assert_eq!(base, "GET&http%3A%2F%2Fapi.example%2Flogout&a%3D1%252F2%26f%3Djson");
    /// ```
    pub fn build(&self, verb: &str, url: &str, parameters: &str) -> String {
        let mut bytes = Vec::with_capacity(url.len() + 2 * parameters.len());
        self.each_block(verb, url, parameters, &mut |block| bytes.extend_from_slice(block));
        // Texts and whole characters have been written, so that nothing is lost here.
        String::from_utf8(bytes).unwrap_or_default()
    }

    /// Hands on what [`build`](Self::build) makes, block by block.
    pub(super) fn each_block(&self, verb: &str, url: &str, form: &str, hand_on: &mut dyn FnMut(&[u8])) {
        let url = Url::parse(url);
        let table = self.encode.table();
        let mut text = Text::new(hand_on);
        for (index, part) in self.parts.iter().enumerate() {
            if index > 0 {
                text.write(EncodeSet::None.table(), self.join.as_bytes());
            }
            match part {
                BasePart::Method => text.write_upper(table, verb.as_bytes()),
                BasePart::Url => url.write_whole(&mut text, table),
                BasePart::Host => url.write_host(&mut text, table),
                BasePart::Path => url.write_path(&mut text, table),
                BasePart::Parameters => parameters::write(self, form, &mut text),
                BasePart::Constant(constant) => text.write(table, constant.as_bytes()),
            }
        }
        text.flush();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sign::{ParameterOrder, percent_encode};

    /// The same, the long way round.
    fn slowly(base: &BaseString, parameters: &str) -> String {
        let encode = |set: EncodeSet, text: &str| match set {
            EncodeSet::None => text.to_string(),
            EncodeSet::Rfc3986 => percent_encode(text).into_owned(),
            EncodeSet::Form => form_urlencoded::byte_serialize(text.as_bytes()).collect(),
        };
        let mut pairs: Vec<_> = form_urlencoded::parse(parameters.as_bytes())
            .map(|(name, value)| {
                (encode(base.parameter_encode, &name), encode(base.parameter_encode, &value))
            })
            .collect();
        match base.order {
            ParameterOrder::Sorted => pairs.sort(),
            ParameterOrder::Descending => pairs.sort_by(|one, other| other.cmp(one)),
            ParameterOrder::Wire => {}
        }
        let pairs: Vec<_> = pairs.into_iter().map(|(name, value)| format!("{name}={value}")).collect();
        encode(base.encode, &pairs.join("&"))
    }

    #[test]
    fn parameters_are_encoded_and_sorted() {
        let many: Vec<_> = (0..60).map(|number| format!("p{}={number}", number * 7 % 60)).collect();
        for parameters in [
            "",
            "&&",
            "a",
            "=",
            "b=2&a=1&a=0&A=3",
            "a=%41%2f%2F+x~*-._&b=%&c=%4&d=%zz&e=%25",
            "é=%C3%A9&n=%ff%00&w=日本",
            "a b=c d&%2B=+",
            // Names that are alike for as long as the first comparison looks, and longer.
            "parameter_b=1&parameter_a=2&paramete=3&parametex=4&parameter_a=1&param%65ter=5&%70arameter_c=6",
            "ab=1&a%00=2&a=3&a%20=4&a+b=5&a~=6&a*=7&a%2a=8&%C3%A9=9&%c3%a8=10",
            &"x%41+".repeat(700),
            &many.join("&"),
        ] {
            for encode in [EncodeSet::None, EncodeSet::Rfc3986, EncodeSet::Form] {
                for parameter_encode in [EncodeSet::None, EncodeSet::Rfc3986, EncodeSet::Form] {
                    for order in [ParameterOrder::Sorted, ParameterOrder::Descending, ParameterOrder::Wire] {
                        let parts = &[BasePart::Parameters];
                        let base =
                            BaseString { parts, encode, order, parameter_encode, ..BaseString::OAUTH1 };
                        assert_eq!(
                            base.build("GET", "https://a.example/", parameters),
                            slowly(&base, parameters)
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn urls_are_made_alike() {
        for (url, expected) in [
            ("HTTP://Api.Example:80/Path?q#f", "GET http://api.example/Path"),
            ("https://API.example:443", "GET https://api.example/"),
            ("api.example:80/x", "GET https://api.example:80/x"),
        ] {
            let parts = &[BasePart::Method, BasePart::Url];
            let base = BaseString { parts, join: " ", encode: EncodeSet::None, ..BaseString::OAUTH1 };
            assert_eq!(base.build("get", url, ""), expected);
        }
    }
}
