//! The all-in-one binary: each part by its upstream name, and the cluster tool.
//!
//! Called as `kube-apiserver`, `kube-scheduler` or `kube-controller-manager`, by the program's name or
//! by its first argument, it is that part. Otherwise it is `pintle`, with commands of its own.

mod cli;
mod fake;
mod kubeconfig;
mod part;
mod rights;
mod status;
mod store;
mod token;
mod up;

use std::path::Path;
use std::process::ExitCode;

/// Trees are many small pieces: against the system's allocator this one saves a quarter of a write's
/// time and a third of a read's, in the same memory.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Deep documents are decoded and dropped on these stacks; untouched pages cost nothing.
const STACK_BYTES: usize = 64 << 20;

fn main() -> ExitCode {
    let mut arguments: Vec<String> =
        std::env::args_os().map(|word| word.to_string_lossy().into_owned()).collect();
    let program = if arguments.is_empty() { String::new() } else { arguments.remove(0) };
    let name = Path::new(&program).file_name().unwrap_or_default().to_string_lossy().into_owned();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .thread_stack_size(STACK_BYTES)
        .build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("pintle: no threads can be started: {error}");
            return ExitCode::FAILURE;
        }
    };
    let code = runtime.block_on(async {
        if let Some(part) = part::by_name(&name) {
            return part(arguments).await;
        }
        if let Some(part) = arguments.first().and_then(|name| part::by_name(name)) {
            arguments.remove(0);
            return part(arguments).await;
        }
        cli::run(arguments).await
    });
    runtime.shutdown_background();
    code
}
