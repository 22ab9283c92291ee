#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    wirewright_fuzz::interpret(data);
});
