<?php

namespace Shop;

use PHPUnit\Framework\TestCase;

final class ShopTest extends TestCase
{
    public function testIsEmpty(): void
    {
        $this->assertSame([], []);
    }

    /** @dataProvider totals */
    public function testTotals(int $total): void
    {
        $this->assertLessThan(3, $total);
    }

    public static function totals(): array
    {
        return ['one' => [1], 'two <items> & "more"' => [2], 'three' => [3]];
    }

    public function testNeedsRedis(): void
    {
        throw new \RuntimeException('no redis');
    }

    public function testIsSkipped(): void
    {
        $this->markTestSkipped('not today');
    }

    public function testIsIncomplete(): void
    {
        $this->markTestIncomplete('later');
    }

    public function testAssertsNothing(): void
    {
    }
}
