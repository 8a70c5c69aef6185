//! The small grammars: quantities, times, durations, addresses, selectors, flags. What parses
//! prints as something that parses.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pintle_machinery::ip::{Cidr, parse_sloppy};
use pintle_machinery::quantity::Quantity;
use pintle_machinery::selector::{FieldSelector, LabelSelector};
use pintle_machinery::time::{Duration, Time};

fuzz_target!(|data: &str| {
    if let Ok(quantity) = Quantity::parse(data) {
        Quantity::parse(&quantity.to_string()).expect("what was printed parses");
    }
    if let Ok(time) = Time::parse(data) {
        Time::parse(&time.rfc3339()).expect("what was printed parses");
    }
    Time::parse_micro(data).ok();
    if let Ok(duration) = Duration::parse(data) {
        let again = Duration::parse(&duration.to_string()).expect("what was printed parses");
        assert_eq!(duration, again);
    }
    parse_sloppy(data);
    Cidr::parse_sloppy(data);
    LabelSelector::parse(data).ok();
    FieldSelector::parse(data).ok();
});
