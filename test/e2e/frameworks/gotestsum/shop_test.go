package shop

import (
	"errors"
	"testing"
)

func TestAdds(t *testing.T) {
	if 1+1 != 2 {
		t.Error("cannot add")
	}
}

func TestTotals(t *testing.T) {
	for _, name := range []string{"one item", `<two> & "more"`} {
		t.Run(name, func(t *testing.T) {})
	}
	t.Run("is wrong", func(t *testing.T) {
		t.Fatalf("total is %d, not %d", 3, 4)
	})
}

func TestLater(t *testing.T) {
	t.Skip("not today")
}

func TestNeedsRedis(t *testing.T) {
	panic(errors.New("no redis"))
}
