package main

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"

	"github.com/blang/semver"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

// A loader knows this package alone.
type loader struct {
	known *schema.Package
}

// The types of the kubernetes package, which is elsewhere: no example writes one.
var elsewhere = regexp.MustCompile(`"/kubernetes/[^"]+"`)

func newLoader(text []byte) (*loader, error) {
	var spec schema.PackageSpec
	if err := json.Unmarshal(elsewhere.ReplaceAll(text, []byte(`"pulumi.json#/Any"`)), &spec); err != nil {
		return nil, err
	}
	known, diagnostics, err := schema.BindSpec(spec, &loader{}, schema.ValidationOptions{})
	if err != nil {
		return nil, err
	}
	if diagnostics.HasErrors() {
		return nil, diagnostics
	}
	return &loader{known}, nil
}

func (l *loader) LoadPackageV2(_ context.Context, wanted *schema.PackageDescriptor) (*schema.Package, error) {
	if l.known == nil || wanted.Name != l.known.Name {
		return nil, fmt.Errorf("the example needs the package %s: loader.go knows this one alone", wanted.Name)
	}
	return l.known, nil
}

func (l *loader) LoadPackage(name string, version *semver.Version) (*schema.Package, error) {
	return l.LoadPackageV2(context.Background(), &schema.PackageDescriptor{Name: name, Version: version})
}

func (l *loader) LoadPackageReferenceV2(ctx context.Context, wanted *schema.PackageDescriptor) (schema.PackageReference, error) {
	found, err := l.LoadPackageV2(ctx, wanted)
	if err != nil {
		return nil, err
	}
	return found.Reference(), nil
}

func (l *loader) LoadPackageReference(name string, version *semver.Version) (schema.PackageReference, error) {
	return l.LoadPackageReferenceV2(context.Background(), &schema.PackageDescriptor{Name: name, Version: version})
}
