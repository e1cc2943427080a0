// Command converter writes the examples of the package's documentation, programs in YAML, in the other languages with
// Pulumi's own converters: converter SCHEMA EXAMPLES OUTPUT.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/hashicorp/hcl/v2"
	dotnet "github.com/pulumi/pulumi-dotnet/pulumi-language-dotnet/v3/codegen"
	yaml "github.com/pulumi/pulumi-yaml/pkg/pulumiyaml/codegen"
	golang "github.com/pulumi/pulumi/pkg/v3/codegen/go"
	"github.com/pulumi/pulumi/pkg/v3/codegen/nodejs"
	"github.com/pulumi/pulumi/pkg/v3/codegen/pcl"
	"github.com/pulumi/pulumi/pkg/v3/codegen/python"
)

// A language, as Pulumi's registry calls it, with the file of a program that is the program.
type language struct {
	name     string
	file     string
	generate func(*pcl.Program) (map[string][]byte, hcl.Diagnostics, error)
}

var languages = []language{
	{"typescript", "index.ts", func(program *pcl.Program) (map[string][]byte, hcl.Diagnostics, error) {
		return nodejs.GenerateProgram(program)
	}},
	{"python", "__main__.py", python.GenerateProgram},
	{"csharp", "Program.cs", dotnet.GenerateProgram},
	{"go", "main.go", func(program *pcl.Program) (map[string][]byte, hcl.Diagnostics, error) {
		return golang.GenerateProgram(program)
	}},
}

func main() {
	if len(os.Args) != 4 {
		fail("Usage: converter SCHEMA EXAMPLES OUTPUT")
	}
	schemaText, err := os.ReadFile(os.Args[1])
	if err != nil {
		fail("Cannot read the schema: %v", err)
	}
	programs, err := filepath.Glob(filepath.Join(os.Args[2], "*", "*", "Pulumi.yaml"))
	if err != nil || len(programs) == 0 {
		fail("Cannot find a Pulumi.yaml two folders below %s", os.Args[2])
	}
	for _, program := range programs {
		folder := filepath.Dir(program)
		name, err := filepath.Rel(os.Args[2], folder)
		if err != nil {
			fail("Cannot name %s: %v", folder, err)
		}
		blocks, err := convert(folder, schemaText)
		if err != nil {
			fail("Cannot convert %s: %v", program, err)
		}
		if err := write(filepath.Join(os.Args[3], name+".md"), blocks); err != nil {
			fail("Cannot write %s: %v", name, err)
		}
	}
}

// Generators change the program that they are given, so each gets one of its own.
func convert(folder string, schemaText []byte) (string, error) {
	var blocks []string
	for _, language := range languages {
		packages, err := newLoader(schemaText)
		if err != nil {
			return "", err
		}
		_, program, err := yaml.Eject(folder, packages)
		if err != nil {
			return "", err
		}
		files, diagnostics, err := language.generate(program)
		if err != nil {
			return "", fmt.Errorf("%s: %w", language.name, err)
		}
		if diagnostics.HasErrors() {
			return "", fmt.Errorf("%s: %w", language.name, diagnostics)
		}
		code := strings.TrimRight(string(files[language.file]), "\n")
		if code == "" {
			return "", fmt.Errorf("%s: there is no %s", language.name, language.file)
		}
		blocks = append(blocks, fmt.Sprintf("```%s\n%s\n```\n", language.name, code))
	}
	return strings.Join(blocks, ""), nil
}

func write(file, text string) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, []byte(text), 0o644)
}

func fail(format string, values ...any) {
	fmt.Fprintf(os.Stderr, format+"\n", values...)
	os.Exit(1)
}
