//! Whether a type is, by its text, a `Box` of the type that it is in.

use proc_macro2::Ident;
use syn::{GenericArgument, PathArguments, Type};

/// Whether `ty` is `Box<Self>` or the like. Aliases are not seen through.
pub(crate) fn is_own_box(own: &Ident, ty: &Type) -> bool {
    boxed(ty).is_some_and(|inner| is_own(own, inner))
}

fn boxed(ty: &Type) -> Option<&Type> {
    let segment = match ty {
        Type::Path(path) => path.path.segments.last()?,
        Type::Group(group) => return boxed(&group.elem),
        Type::Paren(paren) => return boxed(&paren.elem),
        _ => return None,
    };
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else { return None };
    match arguments.args.first() {
        Some(GenericArgument::Type(inner)) if segment.ident == "Box" => Some(inner),
        _ => None,
    }
}

fn is_own(own: &Ident, ty: &Type) -> bool {
    match ty {
        Type::Path(path) => {
            path.path.get_ident().is_some_and(|ident| ident == "Self")
                || path.path.segments.last().is_some_and(|segment| segment.ident == *own)
        }
        Type::Group(group) => is_own(own, &group.elem),
        Type::Paren(paren) => is_own(own, &paren.elem),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use proc_macro2::Span;

    use super::*;

    #[test]
    fn a_box_of_the_type_itself_is_seen_in_its_spellings() {
        let own = Ident::new("Tree", Span::call_site());
        for (ty, expected) in [
            ("Box<Self>", true),
            ("std::boxed::Box<Tree>", true),
            ("Box<Tree<T>>", true),
            ("Box<Leaf>", false),
            ("Option<Box<Self>>", false),
            ("Vec<Tree>", false),
        ] {
            assert_eq!(is_own_box(&own, &syn::parse_str(ty).expect("a type")), expected, "{ty}");
        }
    }
}
