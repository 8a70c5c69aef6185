//! A tar archive in the making, in the ustar format of POSIX.

use std::io::Write;

const BLOCK: usize = 512;

/// Writes entries as they come.
pub(super) struct Tar<W> {
    out: W,
}

impl<W: Write> Tar<W> {
    pub(super) fn new(out: W) -> Self {
        Self { out }
    }

    pub(super) fn folder(&mut self, name: &str, mode: u32) -> std::io::Result<()> {
        self.entry(name, b'5', mode, "", &[])
    }

    pub(super) fn file(&mut self, name: &str, mode: u32, content: &[u8]) -> std::io::Result<()> {
        self.entry(name, b'0', mode, "", content)
    }

    pub(super) fn link(&mut self, name: &str, target: &str) -> std::io::Result<()> {
        self.entry(name, b'2', 0o777, target, &[])
    }

    /// Writes the end of the archive.
    pub(super) fn finish(mut self) -> std::io::Result<W> {
        self.out.write_all(&[0; 2 * BLOCK])?;
        self.out.flush()?;
        Ok(self.out)
    }

    fn entry(
        &mut self,
        name: &str,
        kind: u8,
        mode: u32,
        link: &str,
        content: &[u8],
    ) -> std::io::Result<()> {
        let mut header = [0_u8; BLOCK];
        let mut put = |at: usize, text: &str| {
            header[at..at + text.len()].copy_from_slice(text.as_bytes());
        };
        put(0, name);
        put(100, &format!("{mode:07o}"));
        put(108, "0000000");
        put(116, "0000000");
        put(124, &format!("{:011o}", content.len()));
        put(136, "00000000000");
        // The sum counts its own field as blanks.
        put(148, "        ");
        put(157, link);
        put(257, "ustar");
        put(263, "00");
        header[156] = kind;
        let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
        header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
        self.out.write_all(&header)?;
        self.out.write_all(content)?;
        let rest = content.len().next_multiple_of(BLOCK) - content.len();
        self.out.write_all(&[0; BLOCK][..rest])
    }
}
