#!/bin/sh
# What runs for every pull request.
set -eu
${WIREWRIGHT:-wirewright generate} --check
export INSTA_UPDATE=no
cargo clippy --workspace --all-targets --all-features -- -D warnings
cargo test --workspace
