package shop;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BrokenTest {
    @BeforeAll
    static void connects() {
        throw new IllegalStateException("no redis");
    }

    @Test
    void isNeverAsked() {}
}
