//! The tasks of this repository: `cargo xtask`.
//!
//! Thin on purpose. What a definition means and how a crate is written is `wirewright-codegen`'s; here arguments are parsed,
//! folders are found and results are printed. It depends on no generated crate, so that it runs when they are broken.

mod ci;
mod codegen;
mod command_line;
mod dependencies;
mod editions;
mod excerpt;
mod features;
mod fences;
mod independent;
mod installed;
mod layers;
mod live;
mod node;
mod oldest;
mod output;
mod pages;
mod pictures;
mod process;
mod programs;
mod publish;
mod python;
mod readme;
mod repositories;
mod scratch;
mod site;
mod snapshots;
mod wasm;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use output::complain;

/// The tasks of this repository.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Write the vendors' crates from their definitions.
    Codegen(codegen::Arguments),
    /// Run all tests, and find snapshot files that none of them refers to.
    Snapshots,
    /// Run the commands of the README and its pages, and compare their excerpts with their files.
    Readme(readme::Arguments),
    /// Make the README's pictures, or with --check say whether they are up to date.
    Pictures(pictures::Arguments),
    /// Look for cycles of files, and for what uses a layer above it.
    Layers,
    /// Run the crates against servers and clients that were not written here. Needs Python and its package index.
    Live,
    /// Run the gates that a change must pass.
    Ci(ci::Arguments),
    /// Serve a vendor on this computer: `cargo xtask mock nina --fault drop@3`.
    #[command(disable_help_flag = true)]
    Mock(command_line::Arguments),
    /// Call an operation: `cargo xtask call nina auth/getInfo devId=…`.
    #[command(disable_help_flag = true)]
    Call(command_line::Arguments),
}

fn main() -> ExitCode {
    let result = workspace::root().and_then(|root| match Arguments::parse().task {
        Task::Codegen(arguments) => codegen::run(&root, &arguments),
        Task::Snapshots => snapshots::run(&root),
        Task::Readme(arguments) => readme::run(&root, &arguments),
        Task::Pictures(arguments) => pictures::run(&root, &arguments),
        Task::Layers => layers::run(&root),
        Task::Live => live::run(&root),
        Task::Ci(arguments) => ci::run(&root, &arguments),
        // Their exit codes are the command's.
        Task::Mock(arguments) => command_line::run(&root, "mock", &arguments),
        Task::Call(arguments) => command_line::run(&root, "call", &arguments),
    });
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            if !failure.is_empty() {
                complain(&format!("error: {failure}"));
            }
            ExitCode::FAILURE
        }
    }
}
