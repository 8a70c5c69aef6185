//! Asking again: requests in the words of another server.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::Exchange;
use super::difference::{self, Difference, Table};
use crate::Error;

/// How long a read is repeated until it gives stock's code: what it waits for may still be made.
const READ: Duration = Duration::from_secs(1);
/// How long what is refused is tried again: a namespace's service account may still be made.
const REFUSED: Duration = Duration::from_secs(5);
const PAUSE: Duration = Duration::from_millis(100);

/// Something that answers HTTP without more ado, such as `kubectl proxy`.
#[derive(Clone, Debug)]
pub struct Server {
    /// Address and port.
    pub address: String,
}

/// What has been learned about the other server's words.
#[derive(Debug, Default)]
pub struct Replay {
    /// Names and uids of stock's, and what stands for them.
    words: BTreeMap<String, String>,
    versions: BTreeMap<String, String>,
    tokens: BTreeMap<String, String>,
    /// What differed so far.
    pub table: Table,
    /// Requests that were waited for, with success or in vain: they are not waited for again.
    waited: BTreeSet<String>,
    /// How many answers were compared.
    pub compared: usize,
}

impl Replay {
    /// Asks one request again and compares the answers. No answer is a difference, too.
    pub fn exchange(&mut self, server: &Server, asked: &Exchange) {
        let uri = self.uri(&asked.uri);
        let mut body = asked.body().map(|body| self.body(body));
        if asked.verb == "update"
            && let Some(spec) = body.as_mut().and_then(|body| body.get_mut("spec")?.as_object_mut())
        {
            // No pod has been given a node here, and an update may not give it one.
            spec.remove("nodeName");
        }
        let method = match asked.verb.as_str() {
            "create" => "POST",
            "update" => "PUT",
            "patch" => "PATCH",
            "delete" | "deletecollection" => "DELETE",
            _ => "GET",
        };
        let kinds = kinds(method, &uri, body.as_ref());
        let mut told = self.ask(server, asked, (method, &uri, &kinds), body.as_ref());
        if asked.verb == "update"
            && asked.code() < 300
            && matches!(told, Ok((409, _)))
            && let Some(body) = body.as_mut()
            && let Some(version) = version(server, asked, &uri)
        {
            // A controller wrote in the meantime.
            body["metadata"]["resourceVersion"] = version;
            told = self.ask(server, asked, (method, &uri, &kinds), Some(body));
        }
        match told {
            Ok((code, answer)) => self.judge(asked, code, &answer),
            Err(error) => self.note(asked, "", "answer", &error.to_string()),
        }
        self.compared += 1;
    }

    /// Asks until the code is stock's, if that may still come.
    fn ask(
        &mut self,
        server: &Server,
        asked: &Exchange,
        (method, uri, kinds): (&str, &str, &[&str]),
        body: Option<&Value>,
    ) -> Result<(u16, Value), Error> {
        let begun = Instant::now();
        let mut kind = kinds.iter();
        let mut current = kind.next().copied().unwrap_or_default();
        loop {
            let (code, answer) =
                server.ask(method, uri, [asked.user_agent(), current, accepted(asked)], body)?;
            if code == 415
                && asked.code() != 415
                && let Some(next) = kind.next()
            {
                current = next;
                continue;
            }
            // What is refused has changed nothing.
            let patience = match (method, code, asked.code()) {
                ("GET", ..) | (_, 404, ..300) => READ,
                (_, 403, ..300) => REFUSED,
                _ => return Ok((code, answer)),
            };
            if self.waited.contains(uri) {
                return Ok((code, answer));
            }
            if code == asked.code() || begun.elapsed() > patience {
                self.waited.insert(uri.to_owned());
                return Ok((code, answer));
            }
            std::thread::sleep(PAUSE);
        }
    }

    fn judge(&mut self, asked: &Exchange, code: u16, answer: &Value) {
        if code != asked.code() {
            let example = format!("{} {code} {}", asked.code(), asked.uri);
            self.note(asked, "", "code", &example);
            return;
        }
        let stock = &asked.response_object;
        if !stock["items"].is_array() {
            self.compare(asked, stock, answer);
            return;
        }
        let (theirs, ours) = (by_name(stock), by_name(answer));
        for (name, stock) in &theirs {
            if let Some(ours) = ours.get(name) {
                self.compare(asked, stock, ours);
            }
        }
        self.learn_list(stock, answer);
    }

    fn compare(&mut self, asked: &Exchange, stock: &Value, ours: &Value) {
        let of_controllers = is_made(stock) || is_made(ours) || is_ending(stock) != is_ending(ours);
        if ["get", "list"].contains(&asked.verb.as_str()) && of_controllers {
            return self.words_of(stock, ours);
        }
        let (theirs, own);
        let (shown, seen) = if asked.tells_status() || stock["kind"] == "Status" {
            (stock, ours)
        } else {
            // It is of controllers and kubelets, who are not asked again.
            (theirs, own) = (without_status(stock), without_status(ours));
            (&theirs, &own)
        };
        difference::compare(shown, seen, &mut |path, kind, example| {
            self.note(asked, path, kind, example);
        });
        self.words_of(stock, ours);
    }

    fn note(&mut self, asked: &Exchange, path: &str, kind: &'static str, example: &str) {
        let (resource, verb) = (asked.resource(), asked.verb.clone());
        self.table.note(Difference { resource, verb, path: path.into(), kind }, example);
    }

    /// Learns what stands for an object's name, uid and version, and for its service's address.
    fn words_of(&mut self, stock: &Value, ours: &Value) {
        let address = |object: &Value| match object["spec"]["clusterIP"].as_str() {
            Some(address) if address != "None" => Some(address.to_owned()),
            _ => None,
        };
        self.words.extend(address(stock).zip(address(ours)));
        let (stock, ours) = (&stock["metadata"], &ours["metadata"]);
        let pair =
            |key: &str| Some((stock[key].as_str()?.to_owned(), ours[key].as_str()?.to_owned()));
        self.versions.extend(pair("resourceVersion"));
        self.words.extend(pair("uid"));
        if let Some((stock, ours)) = pair("name")
            && stock != ours
        {
            self.words.insert(stock, ours);
        }
    }

    fn learn_list(&mut self, stock: &Value, ours: &Value) {
        let (stock, ours) = (&stock["metadata"], &ours["metadata"]);
        let pair =
            |key: &str| Some((stock[key].as_str()?.to_owned(), ours[key].as_str()?.to_owned()));
        self.versions.extend(pair("resourceVersion"));
        self.tokens.extend(pair("continue"));
    }

    /// A path and query in the other server's words.
    fn uri(&self, uri: &str) -> String {
        let (path, query) = uri.split_once('?').unwrap_or((uri, ""));
        let word = |word: &str| self.words.get(word).cloned().unwrap_or_else(|| word.into());
        let path = path.split('/').map(word).collect::<Vec<String>>().join("/");
        if query.is_empty() {
            return path;
        }
        let parameter = |text: &str| match text.split_once('=') {
            Some((name @ "resourceVersion", value)) => {
                let own = self.versions.get(value).map_or(value, String::as_str);
                format!("{name}={own}")
            }
            Some((name @ "continue", value)) => {
                let own = self.tokens.get(value).map_or(value, String::as_str);
                format!("{name}={own}")
            }
            _ => text.into(),
        };
        format!("{path}?{}", query.split('&').map(parameter).collect::<Vec<String>>().join("&"))
    }

    /// A body in the other server's words.
    fn body(&self, body: &Value) -> Value {
        match body {
            Value::Object(fields) => Value::Object(
                fields
                    .iter()
                    .map(|(key, value)| {
                        let own = match value.as_str() {
                            Some(text) if key == "resourceVersion" => self
                                .versions
                                .get(text)
                                .map_or_else(|| value.clone(), |own| own.clone().into()),
                            _ => self.body(value),
                        };
                        (key.clone(), own)
                    })
                    .collect(),
            ),
            Value::Array(items) => Value::Array(items.iter().map(|item| self.body(item)).collect()),
            Value::String(text) => {
                self.words.get(text).map_or_else(|| body.clone(), |own| own.clone().into())
            }
            other => other.clone(),
        }
    }
}

/// Media types to try, as the log does not say which one a patch had.
fn kinds(method: &str, uri: &str, body: Option<&Value>) -> Vec<&'static str> {
    if method != "PATCH" {
        return vec!["application/json"];
    }
    let applied = || {
        uri.contains("force=")
            || (uri.contains("fieldManager=") && body.is_some_and(|body| body["kind"].is_string()))
    };
    if body.is_some_and(Value::is_array) {
        vec!["application/json-patch+json"]
    } else if applied() {
        vec!["application/apply-patch+yaml"]
    } else {
        vec!["application/strategic-merge-patch+json", "application/merge-patch+json"]
    }
}

/// The form to ask for: the log does not say, but the answer does.
fn accepted(asked: &Exchange) -> &'static str {
    match asked.response_object["kind"].as_str() {
        Some("Table") => "application/json;as=Table;v=v1;g=meta.k8s.io,application/json",
        _ => "application/json",
    }
}

/// Whether a controller made it, and changes it when it comes to it.
fn is_made(object: &Value) -> bool {
    let owners = object["metadata"]["ownerReferences"].as_array();
    owners.into_iter().flatten().any(|owner| owner["controller"] == true)
}

/// Whether it is deleted and waits to be gone, for which controllers and kubelets care.
fn is_ending(object: &Value) -> bool {
    object["metadata"]["deletionTimestamp"].is_string()
}

/// Version of what is to be updated, if it is there.
fn version(server: &Server, asked: &Exchange, uri: &str) -> Option<Value> {
    let path = uri.split('?').next().unwrap_or_default();
    let words = [asked.user_agent(), "", "application/json"];
    let (_, mut found) = server.ask("GET", path, words, None).ok()?;
    let version = found["metadata"]["resourceVersion"].take();
    version.is_string().then_some(version)
}

/// An object without its status.
fn without_status(object: &Value) -> Value {
    let mut object = object.clone();
    if let Some(fields) = object.as_object_mut() {
        fields.remove("status");
    }
    object
}

/// A list's items by namespace and name.
fn by_name(list: &Value) -> BTreeMap<(String, String), Value> {
    let items = list["items"].as_array().into_iter().flatten();
    let text =
        |item: &Value, key: &str| item["metadata"][key].as_str().unwrap_or_default().to_owned();
    items.map(|item| ((text(item, "namespace"), text(item, "name")), item.clone())).collect()
}

impl Server {
    /// Asks, and reads the answer to its end.
    fn ask(
        &self,
        method: &str,
        uri: &str,
        [agent, kind, accept]: [&str; 3],
        body: Option<&Value>,
    ) -> Result<(u16, Value), Error> {
        let failed = |reason: &dyn std::fmt::Display| Error::Program {
            program: format!("{method} {uri}"),
            reason: reason.to_string(),
        };
        let content = body.map(Value::to_string).unwrap_or_default();
        // An answer in HTTP/1.0 ends with its connection, and is not cut into chunks.
        let request = format!(
            "{method} {uri} HTTP/1.0\r\nHost: {}\r\nAccept: {accept}\r\nUser-Agent: {agent}\r\n\
             Content-Type: {kind}\r\nContent-Length: {}\r\n\r\n{content}",
            self.address,
            content.len()
        );
        let mut answer = Vec::new();
        TcpStream::connect(&self.address)
            .and_then(|mut stream| {
                stream.set_read_timeout(Some(Duration::from_mins(1)))?;
                stream.write_all(request.as_bytes())?;
                stream.read_to_end(&mut answer)
            })
            .map_err(|error| failed(&error))?;
        let text = String::from_utf8_lossy(&answer);
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((text.as_ref(), ""));
        let code = head.split(' ').nth(1).and_then(|code| code.parse().ok());
        let code = code.ok_or_else(|| failed(&"no answer"))?;
        // What is no JSON is compared as a text.
        let body = serde_json::from_str(body).unwrap_or_else(|_| Value::String(body.into()));
        Ok((code, body))
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::TcpListener;
    use std::thread::JoinHandle;

    use serde_json::{Value, json};

    use super::{Replay, Server, kinds};

    #[test]
    fn requests_are_put_into_the_other_servers_words() {
        let mut replay = Replay::default();
        replay.words_of(
            &json!({"metadata": {"name": "a-x1", "uid": "u1", "resourceVersion": "7"}}),
            &json!({"metadata": {"name": "a-y2", "uid": "u2", "resourceVersion": "9"}}),
        );
        assert_eq!(
            replay.uri("/api/v1/pods/a-x1?resourceVersion=7&x=7"),
            "/api/v1/pods/a-y2?resourceVersion=9&x=7"
        );
        let body = json!({"metadata": {"resourceVersion": "7", "labels": {"n": "7"}}, "uid": "u1"});
        let want = json!({"metadata": {"resourceVersion": "9", "labels": {"n": "7"}}, "uid": "u2"});
        assert_eq!(replay.body(&body), want);
    }

    #[test]
    fn a_services_address_is_put_into_the_other_servers_words() {
        let service =
            |address: &str| json!({"spec": {"clusterIP": address, "clusterIPs": [address]}});
        let mut replay = Replay::default();
        replay.words_of(&service("None"), &service("None"));
        replay.words_of(&service("10.96.0.7"), &service("10.100.1.2"));
        assert_eq!(replay.body(&service("10.96.0.7")), service("10.100.1.2"));
        assert_eq!(replay.body(&service("None")), service("None"));
    }

    /// Answers so many requests, one after the other, and gives what it was asked.
    fn serve(answers: Vec<(u16, Value)>) -> (Server, JoinHandle<Vec<String>>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let asked = std::thread::spawn(move || {
            let answer = |(code, body): (u16, Value)| {
                let (mut stream, _) = listener.accept().unwrap();
                let mut request = [0; 4096];
                let length = stream.read(&mut request).unwrap();
                write!(stream, "HTTP/1.0 {code} x\r\n\r\n{body}").unwrap();
                String::from_utf8_lossy(&request[..length]).into_owned()
            };
            answers.into_iter().map(answer).collect()
        });
        (Server { address }, asked)
    }

    #[test]
    fn an_update_goes_on_from_what_a_controller_wrote() {
        let (server, asked) = serve(vec![
            (409, json!({"kind": "Status"})),
            (200, json!({"metadata": {"name": "a", "resourceVersion": "12"}})),
            (200, json!({"metadata": {"name": "a"}})),
        ]);
        let exchange = json!({"requestURI": "/api/v1/things/a?x=y", "verb": "update",
            "requestReceivedTimestamp": "1", "responseStatus": {"code": 200},
            "requestObject": {"metadata": {"name": "a", "resourceVersion": "7"}},
            "responseObject": {"metadata": {"name": "a"}}});
        let mut replay = Replay::default();
        replay.exchange(&server, &serde_json::from_value(exchange).unwrap());
        let asked = asked.join().unwrap();
        assert!(asked[0].starts_with("PUT /api/v1/things/a?x=y ") && asked[0].contains("\"7\""));
        assert!(asked[1].starts_with("GET /api/v1/things/a "));
        assert!(asked[2].starts_with("PUT ") && asked[2].contains("\"12\""));
        assert!(replay.table.lines().is_empty());
    }

    #[test]
    fn the_media_type_of_a_patch_is_read_off_it() {
        assert_eq!(kinds("PATCH", "/x", Some(&json!([]))), ["application/json-patch+json"]);
        let apply = json!({"kind": "Pod"});
        assert_eq!(
            kinds("PATCH", "/x?fieldManager=a", Some(&apply)),
            ["application/apply-patch+yaml"]
        );
        assert_eq!(kinds("PATCH", "/x", Some(&json!({}))).len(), 2);
        assert_eq!(kinds("POST", "/x", None), ["application/json"]);
    }
}
