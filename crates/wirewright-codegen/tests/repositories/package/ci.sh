#!/bin/sh
# What runs for every pull request.
set -eu
${WIREWRIGHT:-wirewright generate} --check
export INSTA_UPDATE=no
cargo test
# No workspace has both.
cargo test --manifest-path crates/vendors/ledger/Cargo.toml
