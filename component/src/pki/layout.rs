//! The folder of certificates and kubeconfigs that kubeadm makes.

use std::fs;
use std::io::Write as _;
use std::net::IpAddr;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use super::certificate::{Name, Profile, Usage, subject};
use super::kubeconfig::Kubeconfig;
use super::{Authority, Error, PrivateKey};

const BACKDATE: i64 = 300;
const YEAR: i64 = 365 * 24 * 3600;

/// What the certificates are to say.
#[derive(Clone, Debug)]
pub struct Cluster<'a> {
    /// Folder of the kubeconfigs; certificates go to `pki` inside it.
    pub folder: &'a Path,
    /// Name of the cluster in kubeconfigs.
    pub name: &'a str,
    /// URL that clients use.
    pub server: &'a str,
    /// Further host names of the API server.
    pub names: &'a [String],
    /// Addresses of the API server, the service address included.
    pub addresses: &'a [IpAddr],
    /// DNS domain of services.
    pub domain: &'a str,
    /// Now, Unix seconds.
    pub now: i64,
}

impl Cluster<'_> {
    /// Makes whatever is missing; what is there stays. Certificates of the API server are made
    /// anew when asked to.
    pub fn ensure(&self, renew_serving: bool) -> Result<(), Error> {
        let authority = self.authority("ca", "kubernetes")?;
        let front = self.authority("front-proxy-ca", "front-proxy-ca")?;
        if renew_serving || !self.pki("apiserver.crt").exists() {
            self.leaf(&authority, "apiserver", "kube-apiserver", &[], self.serving_names())?;
        }
        let clients: [(&Authority, &str, &str); 2] = [
            (&authority, "apiserver-kubelet-client", "kube-apiserver-kubelet-client"),
            (&front, "front-proxy-client", "front-proxy-client"),
        ];
        for (signer, file, name) in clients {
            if !self.pki(&format!("{file}.crt")).exists() {
                self.leaf(signer, file, name, &[], Vec::new())?;
            }
        }
        if !self.pki("sa.key").exists() {
            let key = PrivateKey::generate()?;
            write(&self.pki("sa.key"), &key.to_pem(), 0o600)?;
            write(&self.pki("sa.pub"), &key.public().to_pem(), 0o644)?;
        }
        let configs: [(&str, &str, &[&str]); 4] = [
            ("admin", "kubernetes-admin", &["kubeadm:cluster-admins"]),
            ("super-admin", "kubernetes-super-admin", &["system:masters"]),
            ("controller-manager", "system:kube-controller-manager", &[]),
            ("scheduler", "system:kube-scheduler", &[]),
        ];
        for (file, user, groups) in configs {
            let path = self.folder.join(format!("{file}.conf"));
            if !path.exists() {
                write(&path, &self.kubeconfig(&authority, user, groups)?, 0o600)?;
            }
        }
        Ok(())
    }

    /// A kubeconfig with a fresh client certificate.
    pub fn kubeconfig(
        &self,
        authority: &Authority,
        user: &str,
        groups: &[&str],
    ) -> Result<String, Error> {
        let key = PrivateKey::generate()?;
        let profile = self.profile(user, groups, Vec::new());
        let certificate = authority.sign(&profile, &key.public())?;
        let config = Kubeconfig {
            cluster: self.name,
            server: self.server,
            user,
            authority: &authority.certificate_pem(),
            certificate: &certificate,
            key: &key.to_pem(),
        };
        Ok(config.to_yaml())
    }

    fn pki(&self, file: &str) -> PathBuf {
        self.folder.join("pki").join(file)
    }

    fn authority(&self, file: &str, name: &str) -> Result<Authority, Error> {
        let (certificate, key) =
            (self.pki(&format!("{file}.crt")), self.pki(&format!("{file}.key")));
        if certificate.exists() {
            return Authority::load(&certificate, &key);
        }
        let authority = Authority::generate(name, self.now - BACKDATE, self.now + 10 * YEAR)?;
        write(&key, &authority.key_pem(), 0o600)?;
        write(&certificate, &authority.certificate_pem(), 0o644)?;
        Ok(authority)
    }

    fn leaf(
        &self,
        authority: &Authority,
        file: &str,
        name: &str,
        groups: &[&str],
        names: Vec<Name>,
    ) -> Result<(), Error> {
        let key = PrivateKey::generate()?;
        let certificate = authority.sign(&self.profile(name, groups, names), &key.public())?;
        write(&self.pki(&format!("{file}.key")), &key.to_pem(), 0o600)?;
        write(&self.pki(&format!("{file}.crt")), &certificate, 0o644)
    }

    fn profile(&self, name: &str, groups: &[&str], names: Vec<Name>) -> Profile {
        let purpose = if names.is_empty() { Usage::CLIENT_AUTH } else { Usage::SERVER_AUTH };
        Profile {
            subject: subject(name, groups),
            names,
            usages: vec![Usage::DIGITAL_SIGNATURE, Usage::KEY_ENCIPHERMENT, purpose],
            authority: false,
            not_before: self.now - BACKDATE,
            not_after: self.now + YEAR,
        }
    }

    fn serving_names(&self) -> Vec<Name> {
        let service = format!("kubernetes.default.svc.{}", self.domain);
        let fixed = ["kubernetes", "kubernetes.default", "kubernetes.default.svc", &service];
        let names = fixed.iter().map(|name| (*name).to_owned()).chain(self.names.iter().cloned());
        names.map(Name::Dns).chain(self.addresses.iter().copied().map(Name::Ip)).collect()
    }
}

/// Writes a whole file or none of it: under another name first, then renamed.
pub fn write(path: &Path, text: &str, mode: u32) -> Result<(), Error> {
    let failed = |source| Error::File { path: path.into(), source };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    let mut draft = path.as_os_str().to_owned();
    draft.push(".tmp");
    let draft = PathBuf::from(draft);
    let mut file = fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(mode)
        .open(&draft)
        .map_err(failed)?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(failed)?;
    fs::rename(&draft, path).map_err(failed)
}
