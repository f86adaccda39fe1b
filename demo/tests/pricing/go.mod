module kubesuite.dev/demo/pricing

go 1.22
