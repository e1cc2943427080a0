// Command generator writes the SDKs of the package with Pulumi's own code generators: generator SCHEMA FOLDER [OWNER]. With
// an owner they are those that pulumi package add makes of a git repository of that owner's.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	dotnet "github.com/pulumi/pulumi-dotnet/pulumi-language-dotnet/v3/codegen"
	golang "github.com/pulumi/pulumi/pkg/v3/codegen/go"
	"github.com/pulumi/pulumi/pkg/v3/codegen/nodejs"
	"github.com/pulumi/pulumi/pkg/v3/codegen/python"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

type files = map[string][]byte

// What the headers of the generated files name.
const tool = "npm run generate"

var languages = map[string]func(*schema.Package, schema.ReferenceLoader) (files, error){
	"nodejs": func(pkg *schema.Package, loader schema.ReferenceLoader) (files, error) {
		return nodejs.GeneratePackage(tool, pkg, nil, nil, false, loader)
	},
	"python": func(pkg *schema.Package, loader schema.ReferenceLoader) (files, error) {
		return python.GeneratePackage(tool, pkg, nil, loader)
	},
	"go": func(pkg *schema.Package, _ schema.ReferenceLoader) (files, error) {
		return golang.GeneratePackage(tool, pkg, nil)
	},
	"dotnet": func(pkg *schema.Package, _ schema.ReferenceLoader) (files, error) {
		pkg.LogoURL = logoURL
		return dotnet.GeneratePackage(tool, pkg, nil, nil)
	},
}

func main() {
	if len(os.Args) < 3 || len(os.Args) > 4 {
		fail("Usage: generator SCHEMA FOLDER [OWNER]")
	}
	owner := strings.Join(os.Args[3:], "")
	text, err := os.ReadFile(os.Args[1])
	if err != nil {
		fail("Cannot read the schema: %v", err)
	}
	for language, generate := range languages {
		if err := generateInto(filepath.Join(os.Args[2], language), text, owner, generate); err != nil {
			fail("Cannot generate the SDK for %s: %v", language, err)
		}
	}
}

// Generators write into the package that they are given, so each binds one of its own.
func generateInto(folder string, text []byte, owner string, generate func(*schema.Package, schema.ReferenceLoader) (files, error)) error {
	var spec schema.PackageSpec
	if err := json.Unmarshal(text, &spec); err != nil {
		return err
	}
	spec.Namespace = owner
	loader, err := newLoader(text)
	if err != nil {
		return err
	}
	pkg, diagnostics, err := schema.BindSpec(spec, loader, schema.ValidationOptions{})
	if err != nil {
		return err
	}
	if diagnostics.HasErrors() {
		return diagnostics
	}
	generated, err := generate(pkg, loader)
	if err != nil {
		return err
	}
	return write(folder, generated)
}

func write(folder string, generated files) error {
	for name, content := range generated {
		file := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(file, content, 0o644); err != nil {
			return err
		}
	}
	return nil
}

func fail(format string, arguments ...any) {
	fmt.Fprintf(os.Stderr, format+"\n", arguments...)
	os.Exit(1)
}
