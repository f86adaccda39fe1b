// Package pricing asks the shop's worker for quotes.
package pricing

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"time"
)

// A Quote holds every part of a total, in cents.
type Quote struct {
	Subtotal, Discount, Shipping, Total int
}

var client = http.Client{Timeout: 5 * time.Second}

// Ask prices an order. Each line is "product:quantity"; an empty voucher is none.
func Ask(base string, lines []string, voucher string) (Quote, error) {
	query := url.Values{"line": lines}
	if voucher != "" {
		query.Set("voucher", voucher)
	}
	response, err := client.Get(base + "/quote?" + query.Encode())
	if err != nil {
		return Quote{}, err
	}
	defer response.Body.Close()

	var body struct {
		Quote
		Error string
	}
	if err := json.NewDecoder(response.Body).Decode(&body); err != nil {
		return Quote{}, fmt.Errorf("answer with status %d: %w", response.StatusCode, err)
	}
	if response.StatusCode != http.StatusOK {
		return Quote{}, fmt.Errorf("refused with status %d: %s", response.StatusCode, body.Error)
	}
	return body.Quote, nil
}
