package main

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"strings"

	"github.com/blang/semver"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

// What decides how the SDKs of the kubernetes package call the types that our schema refers to, as its own schema has it.
//
//go:embed kubernetes.json
var kubernetesExcerpt []byte

// A loader knows the kubernetes package as far as our schema refers to it: of another package's types the generators
// need to know the names, and whether they are used as options and in lists.
type loader struct {
	kubernetes *schema.Package
}

var reference = regexp.MustCompile(`"/kubernetes/v([^/]+)/schema\.json#/types/([^"]+)"`)

func newLoader(text []byte) (*loader, error) {
	var spec schema.PackageSpec
	if err := json.Unmarshal(kubernetesExcerpt, &spec); err != nil {
		return nil, err
	}
	spec.Types = map[string]schema.ComplexTypeSpec{}
	uses := map[string]schema.PropertySpec{}
	for _, match := range reference.FindAllSubmatch(text, -1) {
		token, err := url.PathUnescape(string(match[2]))
		if err != nil {
			return nil, err
		}
		if module := strings.Split(token, ":")[1]; !strings.Contains(string(spec.Language["csharp"]), `"`+module+`"`) {
			return nil, fmt.Errorf("the schema refers to %s: kubernetes.json does not say what SDKs call %s", token, module)
		}
		spec.Version = string(match[1])
		spec.Types[token] = schema.ComplexTypeSpec{ObjectTypeSpec: schema.ObjectTypeSpec{Type: "object"}}
		one := schema.TypeSpec{Ref: "#/types/" + string(match[2])}
		uses[token+"List"] = schema.PropertySpec{TypeSpec: schema.TypeSpec{Type: "array", Items: &one}}
		// A whole object of the cluster is in lists alone.
		if _, isResource := spec.Resources[token]; !isResource {
			uses[token] = schema.PropertySpec{TypeSpec: one}
		}
	}
	spec.Resources["kubernetes:index:User"] = schema.ResourceSpec{
		ObjectTypeSpec:  schema.ObjectTypeSpec{Properties: uses},
		InputProperties: uses,
	}
	kubernetes, err := schema.ImportSpec(spec, nil, &loader{}, schema.ValidationOptions{})
	return &loader{kubernetes}, err
}

func (l *loader) LoadPackageReferenceV2(_ context.Context, wanted *schema.PackageDescriptor) (schema.PackageReference, error) {
	if l.kubernetes == nil || wanted.Name != "kubernetes" {
		return nil, fmt.Errorf("the schema refers to the package %s: loader.go knows only kubernetes", wanted.Name)
	}
	return l.kubernetes.Reference(), nil
}

func (l *loader) LoadPackageReference(name string, version *semver.Version) (schema.PackageReference, error) {
	return l.LoadPackageReferenceV2(context.Background(), &schema.PackageDescriptor{Name: name, Version: version})
}

func (l *loader) LoadPackageV2(ctx context.Context, wanted *schema.PackageDescriptor) (*schema.Package, error) {
	found, err := l.LoadPackageReferenceV2(ctx, wanted)
	if err != nil {
		return nil, err
	}
	return found.Definition()
}

func (l *loader) LoadPackage(name string, version *semver.Version) (*schema.Package, error) {
	return l.LoadPackageV2(context.Background(), &schema.PackageDescriptor{Name: name, Version: version})
}
