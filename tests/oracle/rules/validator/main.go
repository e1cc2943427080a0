// What the API server and KubeRay's operator make of RayJobs: one JSON object a line comes in, and for each a line goes
// out with the reasons for which it would be refused. Both sides' own code judges; nothing is imitated but the order.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"

	rayv1 "github.com/ray-project/kuberay/ray-operator/apis/ray/v1"
	"github.com/ray-project/kuberay/ray-operator/controllers/ray/utils"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// Opinion is why a RayJob would be refused: by the API server when it is created, or by the operator afterwards.
type Opinion struct {
	APIServer string `json:"apiServer,omitempty"`
	Operator  string `json:"operator,omitempty"`
}

func main() {
	if len(os.Args) != 2 {
		fail(fmt.Errorf("usage: %s CRD-FILE", os.Args[0]))
	}
	server, err := newAPIServer(os.Args[1])
	if err != nil {
		fail(err)
	}
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 16<<20)
	answers := json.NewEncoder(os.Stdout)
	for lines.Scan() {
		object := &unstructured.Unstructured{}
		if err := json.Unmarshal(lines.Bytes(), &object.Object); err != nil {
			fail(err)
		}
		if err := answers.Encode(opinionOn(server, object)); err != nil {
			fail(err)
		}
	}
	if err := lines.Err(); err != nil {
		fail(err)
	}
}

func opinionOn(server *apiServer, object *unstructured.Unstructured) Opinion {
	if err := server.admit(context.Background(), object); err != nil {
		return Opinion{APIServer: err.Error()}
	}
	if err := operatorsRefusal(object); err != nil {
		return Opinion{Operator: err.Error()}
	}
	return Opinion{}
}

// The operator validates in this order, and what makes it panic would end its process.
func operatorsRefusal(object *unstructured.Unstructured) (err error) {
	defer func() {
		if reason := recover(); reason != nil {
			err = fmt.Errorf("panic: %v", reason)
		}
	}()
	rayJob := &rayv1.RayJob{}
	text, err := object.MarshalJSON()
	if err != nil {
		return err
	}
	if err := json.Unmarshal(text, rayJob); err != nil {
		return err
	}
	if err := utils.ValidateRayJobMetadata(rayJob.ObjectMeta); err != nil {
		return err
	}
	return utils.ValidateRayJobSpec(rayJob)
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
