package main

import (
	"context"
	"encoding/json"
	"log"
	"os"

	"github.com/pulumi/pulumi/sdk/v3/go/auto"
	"github.com/pulumi/pulumi/sdk/v3/go/auto/optup"
)

// Compiled into a program, it takes the place of its main: EXECUTABLE FOLDER SETTINGS brings the stack test up with the
// program, in the project's folder and with the settings that the JSON says, and prints its outputs as JSON.
func init() {
	ctx := context.Background()
	stack, err := auto.UpsertStackInlineSource(ctx, "test", "rig", program, auto.WorkDir(os.Args[1]))
	stopOn(err)
	var settings map[string]string
	stopOn(json.Unmarshal([]byte(os.Args[2]), &settings))
	for name, value := range settings {
		stopOn(stack.SetConfig(ctx, name, auto.ConfigValue{Value: value}))
	}
	result, err := stack.Up(ctx, optup.ProgressStreams(os.Stderr))
	stopOn(err)
	outputs := map[string]any{}
	for name, output := range result.Outputs {
		outputs[name] = output.Value
	}
	stopOn(json.NewEncoder(os.Stdout).Encode(outputs))
	os.Exit(0)
}

func stopOn(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
