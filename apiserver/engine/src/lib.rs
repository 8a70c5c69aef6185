//! Generic REST over the catalog: names no kind, opens no socket, reads no clock.
