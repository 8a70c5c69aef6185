//! Admission of requests that connect.

use pintle_engine::admission::{Attributes, Operation, Warnings};
use pintle_engine::{Context, RequestInfo, Status, User, Value};

use crate::rest::Rest;

/// Asks the plugins that look at CONNECT; the options are the object.
pub(super) async fn connect(
    rest: &Rest,
    info: &RequestInfo,
    user: &User,
    options: &Value,
) -> Result<(), Status> {
    let warnings = Warnings::default();
    let attributes = Attributes {
        group: &info.api_group,
        version: &info.api_version,
        resource: &info.resource,
        subresource: &info.subresource,
        kind: ("", "v1", options["kind"].as_str().unwrap_or_default()),
        namespace: &info.namespace,
        name: &info.name,
        shown_name: &info.name,
        operation: Operation::Connect,
        options: &Value::Null,
        context: Context {
            now: rest.now(),
            user,
            namespace: &info.namespace,
            name: &info.name,
            subresource: &info.subresource,
            random: rand::random(),
            dry_run: false,
        },
        authorizer: &*rest.authorizer,
        warnings: &warnings,
        toleration_seconds: rest.toleration_seconds,
    };
    let mut options = options.clone();
    let asked = rest.plugins.iter().filter(|row| row.operations.contains(&Operation::Connect));
    for plugin in asked.clone() {
        if let Some(mutate) = plugin.mutate {
            mutate(&attributes, &mut options, None, &*rest.registry)?;
        }
    }
    for stage in &rest.async_admission {
        stage.mutate(&attributes, &mut options, None).await?;
    }
    for plugin in asked {
        if let Some(validate) = plugin.validate {
            validate(&attributes, &options, None, &*rest.registry)?;
        }
    }
    for stage in &rest.async_admission {
        stage.validate(&attributes, &options, None).await?;
    }
    Ok(())
}
