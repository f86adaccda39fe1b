package pricing

import (
	"os"
	"strings"
	"sync"
	"testing"
)

func shop(t *testing.T) string {
	t.Helper()
	base := os.Getenv("WORKER_URL")
	if base == "" {
		t.Fatal("WORKER_URL is not set")
	}
	return base
}

func TestQuote(t *testing.T) {
	tests := map[string]struct {
		lines   []string
		voucher string
		want    Quote
	}{
		"shipping is added":         {[]string{"mug:1"}, "", Quote{Subtotal: 1200, Shipping: 490, Total: 1690}},
		"shipping is free":          {[]string{"shirt:2"}, "", Quote{Subtotal: 5000, Total: 5000}},
		"lines add up":              {[]string{"mug:2", "poster:1"}, "", Quote{Subtotal: 3200, Shipping: 490, Total: 3690}},
		"a voucher is taken off":    {[]string{"shirt:4"}, "STAFF50", Quote{Subtotal: 10000, Discount: 5000, Total: 5000}},
		"ten percent are taken off": {[]string{"poster:1"}, "SPRING10", Quote{Subtotal: 800, Discount: 80, Shipping: 490, Total: 1210}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := Ask(shop(t), test.lines, test.voucher)
			if err != nil {
				t.Fatal(err)
			}
			if got != test.want {
				t.Errorf("got %+v, want %+v", got, test.want)
			}
		})
	}
}

func TestRefusal(t *testing.T) {
	tests := map[string]struct {
		lines []string
		want  string
	}{
		"no lines":        {nil, "at least one line"},
		"unknown product": {[]string{"unicorn:1"}, "unknown product: unicorn"},
		"no quantity":     {[]string{"mug"}, "product:quantity"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := Ask(shop(t), test.lines, "")
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got error %v, want one with %q", err, test.want)
			}
		})
	}
}

func TestQuotesInParallel(t *testing.T) {
	base := shop(t)
	var group sync.WaitGroup
	for range 20 {
		group.Add(1)
		go func() {
			defer group.Done()
			if _, err := Ask(base, []string{"mug:1"}, ""); err != nil {
				t.Error(err)
			}
		}()
	}
	group.Wait()
}
