package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	structuralschema "k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/pruning"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	"k8s.io/apiextensions-apiserver/pkg/registry/customresource"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"sigs.k8s.io/yaml"
)

// apiServer does to one kind what the API server does to a custom resource that is created with strict field validation.
type apiServer struct {
	structural *structuralschema.Structural
	validate   func(ctx context.Context, object runtime.Object) error
}

func newAPIServer(crdFile string) (*apiServer, error) {
	crd, version, err := readCRD(crdFile)
	if err != nil {
		return nil, err
	}
	properties := &apiextensions.JSONSchemaProps{}
	err = apiextensionsv1.Convert_v1_JSONSchemaProps_To_apiextensions_JSONSchemaProps(version.Schema.OpenAPIV3Schema, properties, nil)
	if err != nil {
		return nil, err
	}
	structural, err := structuralschema.NewStructural(properties)
	if err != nil {
		return nil, err
	}
	validator, _, err := validation.NewSchemaValidator(properties)
	if err != nil {
		return nil, err
	}
	kind := schema.GroupVersionKind{Group: crd.Spec.Group, Version: version.Name, Kind: crd.Spec.Names.Kind}
	strategy := customresource.NewStrategy(nil, true, kind, validator, nil, structural, nil, nil, nil)
	return &apiServer{structural, func(ctx context.Context, object runtime.Object) error {
		return strategy.Validate(ctx, object).ToAggregate()
	}}, nil
}

// admit fills the CRD's defaults into the object, unless it is refused.
func (server *apiServer) admit(ctx context.Context, object *unstructured.Unstructured) error {
	options := structuralschema.UnknownFieldPathOptions{TrackUnknownFieldPaths: true}
	if unknown := pruning.PruneWithOptions(object.Object, server.structural, true, options); len(unknown) > 0 {
		return fmt.Errorf("unknown fields %v", unknown)
	}
	defaulting.PruneNonNullableNullsWithoutDefaults(object.Object, server.structural)
	defaulting.Default(object.Object, server.structural)
	return server.validate(ctx, object)
}

func readCRD(file string) (*apiextensionsv1.CustomResourceDefinition, *apiextensionsv1.CustomResourceDefinitionVersion, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, nil, err
	}
	crd := &apiextensionsv1.CustomResourceDefinition{}
	if err := yaml.UnmarshalStrict(text, crd); err != nil {
		return nil, nil, err
	}
	for index := range crd.Spec.Versions {
		if version := &crd.Spec.Versions[index]; version.Storage {
			return crd, version, nil
		}
	}
	return nil, nil, errors.New("no version of the CRD is stored")
}
