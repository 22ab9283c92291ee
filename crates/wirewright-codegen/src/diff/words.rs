//! Which word of the language leads to which kinds of change, and which words lead to none. A test holds that no word is forgotten:
//! whoever adds one decides here.

use super::kinds::Kind;

/// What becomes of a change of one word.
#[derive(Debug)]
pub struct WordChanges {
    /// The kind of table that it is in: the [`Vocabulary::place`](crate::words::Vocabulary::place); `a fact` for those of all tables.
    pub place: &'static str,
    /// The word.
    pub word: &'static str,
    /// The kinds of change that it leads to, beside those that follow from them; empty where nothing but pages and tests has it.
    pub kinds: &'static [Kind],
}

macro_rules! words {
    ($($place:literal { $($word:literal: $($kind:ident)*;)* })*) => {
        /// Every word of the language, table by table.
        pub const WORDS: &[WordChanges] = &[$($(WordChanges {
            place: $place,
            word: $word,
            kinds: &[$(Kind::$kind),*],
        },)*)*];
    };
}

/// The place of [`FACTS`](crate::words::FACTS) in [`WORDS`].
pub const FACT: &str = "a fact";

words! {
    "a protocol" {
        "language":;
        "title": Title;
        "endpoint": Endpoint;
        "path": OperationPath;
        "charset": Charset;
        "methods": MethodAdded MethodRemoved MethodUsual MethodUsualNew Placement PlacementWidened PlacementNarrowed OfferOrder;
        "body": BodyFormat;
        "formats": FormatAdded FormatRemoved FormatUsual FormatUsualNew OfferOrder FormatUnasked;
        "parameters": MemberAddedOptional MemberAddedRequired MemberAddedFilled MemberRemovedOptional MemberRemovedRequired
            ParameterAdded ParameterAddedOptional ParameterRemoved ParameterRemovedOptional SessionParameterAdded
            SessionParameterRemoved MemberOrder ConstructorOrder GivenType;
        "envelope": MemberAddedOptional MemberAddedRequired MemberRemovedOptional MemberRemovedRequired MemberOrder;
        "failure": MemberAddedOptional MemberRemovedOptional MemberOrder FailureData;
        "types": TypeAdded TypeRemoved TypeRustName;
        "session": SessionAdded SessionRemoved;
        "sessions": SessionAdded SessionRemoved SessionName;
        "computed": ComputedAdded ComputedRemoved;
        "errors": ErrorAdded ErrorRemoved ErrorCode ErrorKeys;
    }
    "a format" {
        "value": FormatValue;
        "also": FormatAlsoAdded FormatAlsoRemoved;
        "root": FormatRoot;
        "failure-root": FormatFailureRoot;
        "namespace": FormatNamespace;
        "declaration": Declaration;
        "media-type": FormatMediaType;
        "nested": FormatNested;
        "lines": FormatLines;
    }
    "a request's body" {
        "format": BodyFormat;
        "root": BodyFormat;
        "namespace": BodyFormat;
        "declaration": Declaration;
        "media-type": BodyFormat;
    }
    "a common parameter" {
        "from": ParameterProvider Filled;
        "unit": FilledWith;
        "is": RequestId;
        "value": ParameterConstant;
        "accepts": ParameterAcceptsAdded ParameterAcceptsRemoved;
        "in": Location;
        "prefix": Location;
        "field": ParameterField;
        "groups": ParameterGroups;
        "except-groups": ParameterGroups;
        "credentials": ParameterCredentials;
    }
    "a member of the envelope" {
        "is": EnvelopeRole;
        "on": EnvelopeWhen;
        "within": EnvelopeWithin;
        "tells": EnvelopeTells;
        "only-in": EnvelopeOnlyIn;
        "success": SuccessAdded SuccessRemoved SuccessWritten;
        "failure": FailureStatus;
        "value": EnvelopeValue;
        "http-codes": HttpCodes;
        "header": CodeHeader;
        "echoes": Echoes;
    }
    "what tells of an error" {
        "code": EnvelopeTells;
        "name": EnvelopeTells;
        "message": EnvelopeTells;
        "detail": EnvelopeTells;
    }
    "an error" {
        "name": ErrorRustName;
        "class": ErrorClass;
        "wire-name": ErrorSymbol;
        "message": ErrorText;
        "when": ErrorWhen;
        "http": ErrorHttp;
    }
    "a session" {
        "opens": SessionOpens;
        "closes": SessionCloses;
        "conditional": SessionConditional;
        "fields": SessionFieldAdded SessionFieldRemoved SessionOrder;
        "clock": SessionClock SessionClockRemoved;
    }
    "a field of the session" {
        "from": SessionFieldFrom;
        "secret": Secret;
        "name": SessionFieldName;
    }
    "a computed value" {
        "text": Computed;
        "pairs": Computed;
        "pairs-of": Computed;
        "only": Computed;
        "except": Computed;
        "must-include": Computed;
        "order": Computed;
        "each": Computed;
        "join": Computed;
        "prefix": Computed;
        "lowercase-names": Computed;
        "repeated": Computed;
        "collapse-spaces": Computed;
        "percent-encode": Computed;
        "algorithm": Computed;
        "key": Computed;
        "key-encoding": Computed;
        "encoding": Computed;
        "in-reply": ReplySignature;
        "in-reply-header": ReplySignature;
    }
    "a type" {
        "values": ValueAdded ValueRemoved TypeKind;
        "members": MemberAddedOptional MemberAddedRequired MemberRemovedOptional MemberRemovedRequired MemberOrder ConstructorOrder
            Boxed TypeKind;
        "variants": VariantAdded VariantRemoved TypeKind;
        "datetime": DateWritten DateNotRead DateFormats TypeKind;
        "date": DateWritten DateNotRead DateFormats TypeKind;
        "time": DateWritten DateNotRead DateFormats TypeKind;
        "epoch": Epoch TypeKind;
        "unit": Epoch;
        "decimals": EpochDecimals;
        "separated": Separators TypeKind;
        "lines": Separators;
        "text": TypeKind;
        "forms": FormAdded FormRemoved TypeKind;
        "number": ValuesAreNumbers;
        "tag": UnionLayout;
        "content": UnionLayout;
        "partial": PartialAdded PartialRemoved;
    }
    "a value" {
        "also": ValueAlsoAdded ValueAlsoRemoved;
        "name": ValueRustName;
    }
    "a variant" {
        "type": VariantType;
        "name": VariantRustName;
    }
    "a member" {
        "type": MemberType;
        "name": MemberRustName;
        "required": MemberNowRequired MemberNowOptional MemberNowInRequests MemberNowUninsisted MemberOnlyInRequests MemberInReplies;
        "secret": Secret;
        "attribute": MemberPlace;
        "text": MemberPlace;
        "flatten": MemberPlace;
        "flatten-in": MemberFlatIn;
        "list": MemberRepeat;
        "map": MemberRepeat;
        "rows": RowsAdded RowsRemoved Rows;
        "boolean": BooleanSpelling;
        "empty-is-absent": AbsentTexts;
        "absent": AbsentTexts;
        "default": Default DefaultAdded DefaultRemoved ParameterDefault ParameterDefaultAdded ParameterDefaultRemoved;
        "namespace": MemberNamespace;
        "whole": Whole;
        "samples": Samples;
        "range": RangeNarrowed RangeWidened;
        "also": MemberAlsoAdded MemberAlsoRemoved;
        "xml": MemberWireName;
        "json": MemberWireName;
        "query": MemberWireName;
    }
    "a parameter" {
        "from": Filled;
        "unit": FilledWith;
        "in": Location;
        "prefix": Location;
    }
    "a member of the reply" {
        "in": Location;
        "prefix": Location;
    }
    "a list" {
        "item": ListLayout;
        "joined": ListLayout;
        "numbered": ListLayout;
        "first": ListLayout;
        "columns": ListLayout;
        "always": ListMayBeEmpty ListMustHaveItem ListFrame;
        "optional": ListOptional;
    }
    "a map" {
        "entry": ListLayout;
        "key": ListLayout;
        "value": ListLayout;
        "keyed": ListLayout;
        "between": ListLayout;
        "repeats": MapRepeats;
    }
    "the rows of a reply" {
        "cell": Rows;
        "headings": Rows;
        "name": Rows;
        "kind": Rows;
        "format": Rows;
        "cells-by": Rows;
        "lines-by": Rows;
        "kinds": RowCells;
    }
    "the cells of a kind" {
        "type": RowCells;
        "formats": RowCells;
    }
    "a group" {
        "endpoint": Endpoint;
        "path": OperationPath;
        "methods": MethodAdded MethodRemoved;
        "formats": FormatAdded FormatRemoved;
        "namespace": OperationNamespace;
        "session": SessionsMore SessionsFewer;
        "secure": SecureOnly InsecureToo;
        "repeatable": Repeatable;
        "types": TypeAdded TypeRemoved TypeRustName;
    }
    "an operation" {
        "name": OperationRustName;
        "endpoint": Endpoint;
        "path": OperationPath;
        "wire-name": OperationWireName;
        "constants": OperationConstants;
        "methods": MethodAdded MethodRemoved MethodUsual MethodUsualNew Placement PlacementWidened PlacementNarrowed OfferOrder;
        "formats": FormatAdded FormatRemoved FormatUsual FormatUsualNew OfferOrder FormatUnasked;
        "namespace": OperationNamespace;
        "raw": Raw;
        "session": SessionsMore SessionsFewer;
        "multipart": FormEncoding;
        "prefer": MethodUsual MethodUsualNew;
        "signed": Signed SignedOptionally Unsigned;
        "signature-optional": SignatureDemanded SignatureWaived;
        "secure": SecureOnly InsecureToo;
        "repeatable": Repeatable;
        "status": Status;
        "empty-reply": EmptyReplyAllowed EmptyReplyRefused;
        "errors": ;
        "order": EnvelopeOrder ApiType;
        "partial": PartialAdded PartialRemoved;
        "request": MemberAddedOptional MemberAddedRequired MemberAddedFilled MemberRemovedOptional MemberRemovedRequired MemberOrder
            ConstructorOrder;
        "body": BodyAdded BodyRemoved MemberAddedOptional MemberAddedRequired MemberRemovedOptional MemberRemovedRequired;
        "reply": MemberAddedOptional MemberAddedRequired MemberRemovedOptional MemberRemovedRequired MemberOrder ConstructorOrder
            ReplyType;
        "failure": MemberAddedOptional MemberRemovedOptional FailureData;
        "outcome": Outcome;
        "pagination": PaginationAdded PaginationRemoved;
        "example": ;
    }
    "a raw reply" {
        "media": RawMore RawFewer;
        "status": RawMore RawFewer;
    }
    "the outcome of an operation" {
        "status": Outcome;
        "success": Outcome;
        "errors": Outcome;
        "message": Outcome;
    }
    "the pagination of an operation" {
        "items": PaginationNext;
        "url": PaginationNext;
        "hosts": PaginationWait;
        "parameters": PaginationNext;
        "further": PaginationNext;
        "without": PaginationNext;
        "page": PaginationNext;
        "pages": PaginationNext;
        "offset": PaginationNext;
        "total": PaginationNext;
        "first": PaginationNext;
        "wait": PaginationWait;
        "held": PaginationWait;
        "held-default": PaginationWait;
        "held-opening": PaginationWait;
        "unit": PaginationWait;
        "last": PaginationNext;
        "until-empty": PaginationNext;
        "from-opening": PaginationNext;
    }
    "an example" {
        "name": ;
        "keys": ;
        "clock": ;
        "nonce": ;
        "request": ;
        "reply": ;
        "lacks": ;
        "error": ;
        "fails": ;
    }
    "an example's request" {
        "form": ;
        "query": ;
        "url": ;
        "body": ;
        "headers": ;
    }
    "an example's reply" {
        "xml": ;
        "json": ;
        "query": ;
        "headers": ;
    }
    "an example's failure" {
        "xml": ;
        "json": ;
        "query": ;
    }
    "a position" {
        "line": ;
        "column": ;
    }
    "a fact" {
        "doc": ErrorText;
        "source": ;
        "assumption": ;
        "confidence": ;
    }
}
