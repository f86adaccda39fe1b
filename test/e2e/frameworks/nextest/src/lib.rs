#[cfg(test)]
mod cart {
    #[test]
    fn is_empty() {
        assert_eq!(0, [0; 0].len());
    }

    #[test]
    fn total_is_wrong() {
        assert_eq!(3, 4, "total <is> & wrong");
    }

    #[test]
    #[should_panic(expected = "no redis")]
    fn panics_as_expected() {
        panic!("no redis");
    }

    #[test]
    fn returns_an_error() -> Result<(), std::num::ParseIntError> {
        "three".parse::<u8>().map(|_| ())
    }

    #[test]
    #[ignore = "not today"]
    fn is_ignored() {}

    #[test]
    fn passes_when_run_again() {
        assert_eq!(std::env::var("NEXTEST_ATTEMPT").as_deref(), Ok("2"));
    }

    #[test]
    fn aborts() {
        std::process::abort();
    }
}
