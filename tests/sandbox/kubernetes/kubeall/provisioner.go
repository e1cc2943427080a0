package main

import (
	"context"
	"flag"
	"log"
	"os"
	"path/filepath"
	"time"

	core "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/errors"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/clientcmd"
)

const (
	provisionerName = "sandbox.local/hostpath"
	provisionedBy   = "pv.kubernetes.io/provisioned-by"
)

// provision gives each claim of a StorageClass whose provisioner is sandbox.local/hostpath a directory of this
// node, writable by every user, and removes it with its volume. The controller manager's own host path
// provisioner makes directories that only root can write, and Ray's images run as another user.
func provision(arguments []string) error {
	flags := flag.NewFlagSet("provisioner", flag.ExitOnError)
	kubeconfig := flags.String("kubeconfig", "", "kubeconfig file")
	root := flags.String("root", "", "directory that holds the volumes")
	_ = flags.Parse(arguments)
	config, err := clientcmd.BuildConfigFromFlags("", *kubeconfig)
	if err != nil {
		return err
	}
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	provisioner := provisioner{client: client, root: *root}
	for ; ; time.Sleep(time.Second) {
		if err := provisioner.reconcile(context.Background()); err != nil {
			log.Print(err)
		}
	}
}

type provisioner struct {
	client kubernetes.Interface
	root   string
}

func (p provisioner) reconcile(ctx context.Context) error {
	policies, err := p.reclaimPolicies(ctx)
	if err != nil {
		return err
	}
	if err := p.fulfilClaims(ctx, policies); err != nil {
		return err
	}
	return p.removeReleased(ctx)
}

// reclaimPolicies lists the storage classes that are ours.
func (p provisioner) reclaimPolicies(ctx context.Context) (map[string]core.PersistentVolumeReclaimPolicy, error) {
	classes, err := p.client.StorageV1().StorageClasses().List(ctx, fromCache)
	if err != nil {
		return nil, err
	}
	policies := map[string]core.PersistentVolumeReclaimPolicy{}
	for _, class := range classes.Items {
		if class.Provisioner != provisionerName {
			continue
		}
		policies[class.Name] = core.PersistentVolumeReclaimDelete
		if class.ReclaimPolicy != nil {
			policies[class.Name] = *class.ReclaimPolicy
		}
	}
	return policies, nil
}

func (p provisioner) fulfilClaims(ctx context.Context, policies map[string]core.PersistentVolumeReclaimPolicy) error {
	claims, err := p.client.CoreV1().PersistentVolumeClaims("").List(ctx, fromCache)
	if err != nil {
		return err
	}
	for _, claim := range claims.Items {
		class := claim.Spec.StorageClassName
		if class == nil || claim.Spec.VolumeName != "" || claim.Status.Phase != core.ClaimPending || claim.DeletionTimestamp != nil {
			continue
		}
		policy, ours := policies[*class]
		if !ours {
			continue
		}
		if err := p.create(ctx, claim, policy); err != nil {
			return err
		}
	}
	return nil
}

func (p provisioner) create(ctx context.Context, claim core.PersistentVolumeClaim, policy core.PersistentVolumeReclaimPolicy) error {
	name := "pvc-" + string(claim.UID)
	directory := filepath.Join(p.root, name)
	if err := os.MkdirAll(directory, 0o777); err != nil {
		return err
	}
	// MkdirAll obeys the umask, a volume must not.
	if err := os.Chmod(directory, 0o777); err != nil {
		return err
	}
	mustExist := core.HostPathDirectory
	_, err := p.client.CoreV1().PersistentVolumes().Create(ctx, &core.PersistentVolume{
		ObjectMeta: meta.ObjectMeta{Name: name, Annotations: map[string]string{provisionedBy: provisionerName}},
		Spec: core.PersistentVolumeSpec{
			Capacity:                      claim.Spec.Resources.Requests,
			AccessModes:                   claim.Spec.AccessModes,
			StorageClassName:              *claim.Spec.StorageClassName,
			PersistentVolumeReclaimPolicy: policy,
			PersistentVolumeSource: core.PersistentVolumeSource{
				HostPath: &core.HostPathVolumeSource{Path: directory, Type: &mustExist},
			},
			ClaimRef: &core.ObjectReference{
				APIVersion: "v1", Kind: "PersistentVolumeClaim",
				Namespace: claim.Namespace, Name: claim.Name, UID: claim.UID,
			},
		},
	}, meta.CreateOptions{})
	if errors.IsAlreadyExists(err) {
		return nil
	}
	return err
}

func (p provisioner) removeReleased(ctx context.Context) error {
	volumes, err := p.client.CoreV1().PersistentVolumes().List(ctx, fromCache)
	if err != nil {
		return err
	}
	for _, volume := range volumes.Items {
		if volume.Annotations[provisionedBy] != provisionerName || volume.Status.Phase != core.VolumeReleased ||
			volume.Spec.PersistentVolumeReclaimPolicy != core.PersistentVolumeReclaimDelete || volume.DeletionTimestamp != nil {
			continue
		}
		if err := p.client.CoreV1().PersistentVolumes().Delete(ctx, volume.Name, meta.DeleteOptions{}); err != nil {
			return err
		}
		if err := os.RemoveAll(filepath.Join(p.root, volume.Name)); err != nil {
			return err
		}
	}
	return nil
}

// fromCache lets the API server answer from memory: once a second, nothing here needs a quorum read.
var fromCache = meta.ListOptions{ResourceVersion: "0"}
