package shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShopTest {
    private static int attempts;

    @Test
    void adds() {
        assertEquals(2, 1 + 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void totals(int total) {
        assertTrue(total < 3, "total <is> & wrong");
    }

    @Test
    void needsRedis() {
        throw new IllegalStateException("no redis");
    }

    @Test
    void passesWhenRunAgain() {
        assertEquals(2, ++attempts);
    }

    @Test
    @Disabled("not today")
    void isDisabled() {}

    @Test
    void assumesMoonlight() {
        assumeTrue(false, "it is day");
    }

    @Nested
    class Empty {
        @Test
        void costsNothing() {}
    }
}
