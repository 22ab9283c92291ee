//! The generated crates of all definitions.

use wirewright::generated::Visitor;

/// Shows a visitor the sessions and operations of a generated crate.
pub(crate) fn visit(package: &str, visitor: &mut impl Visitor) {
    match package {
        "aws-sns" => aws_sns::operations::visit(visitor),
        "aws-sqs" => aws_sqs::operations::visit(visitor),
        "aws-sts" => aws_sts::operations::visit(visitor),
        "yubicloud" => yubicloud::operations::visit(visitor),
        "azure-queue" => azure_queue::operations::visit(visitor),
        "alibaba-ecs" => alibaba_ecs::operations::visit(visitor),
        "bigbluebutton" => bigbluebutton::operations::visit(visitor),
        "buoy" => buoy::operations::visit(visitor),
        "course" => course::operations::visit(visitor),
        "flickr" => flickr::operations::visit(visitor),
        "harbour" => harbour::operations::visit(visitor),
        "lastfm" => lastfm::operations::visit(visitor),
        "lighthouse" => lighthouse::operations::visit(visitor),
        "mediawiki" => mediawiki::operations::visit(visitor),
        "namecheap" => namecheap::operations::visit(visitor),
        "nina" => nina::operations::visit(visitor),
        "paypal" => paypal::operations::visit(visitor),
        "pier" => pier::operations::visit(visitor),
        "quay" => quay::operations::visit(visitor),
        "strait" => strait::operations::visit(visitor),
        "subsonic" => subsonic::operations::visit(visitor),
        "ten-ten-data" => ten_ten_data::operations::visit(visitor),
        "tide" => tide::operations::visit(visitor),
        "videntity" => videntity::operations::visit(visitor),
        package => panic!("the tests do not know the crate {package}"),
    }
}
