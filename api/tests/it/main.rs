//! The codecs over the whole catalog: upstream's fixtures, and random objects.

mod fixtures;
mod mutate;
mod random;
mod yaml;
