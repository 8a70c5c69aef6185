//! `--token-auth-file`: static tokens from a CSV file.

use std::collections::HashMap;
use std::path::Path;

use pintle_component::pki;
use pintle_engine::User;

use super::{Identity, Outcome};

/// Users by token.
#[derive(Debug, Default)]
pub struct TokenFile(HashMap<String, User>);

/// Why the file is refused.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It cannot be read.
    #[error(transparent)]
    File(#[from] pki::Error),
    /// A line has too few columns.
    #[error(
        "token file '{path}' must have at least 3 columns (token, user name, user uid), found {found}"
    )]
    Columns {
        /// Path.
        path: String,
        /// Columns found.
        found: usize,
    },
}

impl TokenFile {
    /// Reads the file (`token/tokenfile.NewCSV`).
    pub fn load(path: &Path) -> Result<Self, Error> {
        let text = String::from_utf8_lossy(&pki::read(path)?).into_owned();
        let mut users = HashMap::new();
        for record in text.lines().filter(|line| !line.trim().is_empty()) {
            let fields = split(record);
            if fields.len() < 3 {
                let path = path.display().to_string();
                return Err(Error::Columns { path, found: fields.len() });
            }
            if fields[0].is_empty() {
                tracing::warn!(path = %path.display(), "empty token has been found in token file");
                continue;
            }
            // An empty list of groups is one group without a name, as in Go.
            let groups = fields.get(3).map(|list| list.split(',').map(str::to_owned).collect());
            let user = User {
                name: fields[1].clone(),
                uid: fields[2].clone(),
                groups: groups.unwrap_or_default(),
                ..User::default()
            };
            users.insert(fields[0].clone(), user);
        }
        Ok(Self(users))
    }

    /// Who owns this token.
    pub fn authenticate(&self, token: &str) -> Outcome {
        match self.0.get(token) {
            Some(user) => Outcome::Yes(Identity { user: user.clone(), audiences: Vec::new() }),
            None => Outcome::NoOpinion,
        }
    }
}

/// One CSV record: commas outside quotes separate, a doubled quote is one.
fn split(record: &str) -> Vec<String> {
    let (mut fields, mut quoted) = (vec![String::new()], false);
    let mut characters = record.chars().peekable();
    while let Some(character) = characters.next() {
        let field = fields.last_mut().expect("starts with one field and only grows");
        match character {
            '"' if quoted && characters.peek() == Some(&'"') => {
                characters.next();
                field.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(String::new()),
            ' ' if field.is_empty() && !quoted => {}
            other => field.push(other),
        }
    }
    fields
}
