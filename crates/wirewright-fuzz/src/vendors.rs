//! Every operation of the generated crates.

use wirewright::describe::Operation;
pub(crate) use wirewright::generated::Visitor as Visit;

/// The operations by vendor.
pub fn operations() -> impl Iterator<Item = &'static [&'static Operation]> {
    let operations: [&'static [&'static Operation]; 16] = [
        &aws_sns::server::OPERATIONS,
        &aws_sqs::server::OPERATIONS,
        &aws_sts::server::OPERATIONS,
        &yubicloud::server::OPERATIONS,
        &azure_queue::server::OPERATIONS,
        &mediawiki::server::OPERATIONS,
        &alibaba_ecs::server::OPERATIONS,
        &bigbluebutton::server::OPERATIONS,
        &flickr::server::OPERATIONS,
        &lastfm::server::OPERATIONS,
        &namecheap::server::OPERATIONS,
        &nina::server::OPERATIONS,
        &paypal::server::OPERATIONS,
        &subsonic::server::OPERATIONS,
        &ten_ten_data::server::OPERATIONS,
        &videntity::server::OPERATIONS,
    ];
    operations.into_iter()
}

/// Shows a visitor the sessions and operations of every vendor.
pub fn each(visitor: &mut impl Visit) {
    aws_sns::operations::visit(visitor);
    aws_sqs::operations::visit(visitor);
    aws_sts::operations::visit(visitor);
    yubicloud::operations::visit(visitor);
    azure_queue::operations::visit(visitor);
    mediawiki::operations::visit(visitor);
    alibaba_ecs::operations::visit(visitor);
    bigbluebutton::operations::visit(visitor);
    flickr::operations::visit(visitor);
    lastfm::operations::visit(visitor);
    namecheap::operations::visit(visitor);
    nina::operations::visit(visitor);
    paypal::operations::visit(visitor);
    subsonic::operations::visit(visitor);
    ten_ten_data::operations::visit(visitor);
    videntity::operations::visit(visitor);
}
