package main

import (
	"bytes"
	_ "embed"
	"io"
	"net/http"
)

//go:embed logo.png
var logo []byte

const logoURL = "logo://logo.png"

// The generator for .NET fetches a package's logo by its URL, or Pulumi's own where there is none. Ours is here.
func init() {
	http.DefaultTransport.(*http.Transport).RegisterProtocol("logo", logoTransport{})
}

type logoTransport struct{}

func (logoTransport) RoundTrip(request *http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: http.StatusOK, Request: request, Body: io.NopCloser(bytes.NewReader(logo))}, nil
}
