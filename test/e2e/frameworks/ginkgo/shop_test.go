package shop

import (
	"testing"

	. "github.com/onsi/ginkgo/v2"
)

func TestShop(t *testing.T) {
	RunSpecs(t, "shop")
}

var attempts int

var _ = Describe("cart", func() {
	It("is empty", func() {})

	DescribeTable("totals", func(total int) {
		if total > 2 {
			Fail("total <is> & wrong")
		}
	}, Entry("one", 1), Entry("two", 2), Entry("three", 3))

	It("passes when run again", FlakeAttempts(2), func() {
		attempts++
		if attempts == 1 {
			Fail("no redis yet")
		}
	})

	It("panics", func() {
		panic("no redis")
	})

	It("is skipped", func() {
		Skip("not today")
	})

	PIt("is written later")

	When("redis is away", Ordered, func() {
		BeforeAll(func() {
			Fail("no redis")
		})
		It("breaks in its set-up", func() {})
		It("is never asked", func() {})
	})
})
