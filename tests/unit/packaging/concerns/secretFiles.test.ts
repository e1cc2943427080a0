import assert from "node:assert/strict";
import { holdsKey, isSecretByName, mayHoldKey } from "../../../../provider/packaging/concerns/secretFiles.ts";

const secrets = [
  ".env",
  "config/.env",
  ".env.production",
  ".env.local",
  "id_rsa",
  "keys/id_ed25519",
  "id_ecdsa_sk",
  ".netrc",
  "_netrc",
  ".pypirc",
  ".pgpass",
  ".git-credentials",
  ".aws/credentials",
  "home/.aws/credentials",
  ".kube/config",
  "kubeconfig",
  "kubeconfig.yaml",
  "prod.kubeconfig",
  ".docker/config.json",
  "cert.p12",
  "cert.PFX",
  "login.ppk",
  "credentials.json",
];

const harmless = [
  ".env.example",
  ".env.sample",
  ".env.template",
  "env",
  ".envrc",
  "environment.yml",
  "id_rsa.pub",
  "src/id_rsa.py",
  "aws/credentials",
  ".aws/config",
  "kube/config",
  "kubeconfig.py",
  "cacert.pem",
  "my_credentials.json",
  "config.json",
  "train.py",
];

describe("a file that looks like a secret", () => {
  for (const path of secrets) it(`is ${path}`, () => assert(isSecretByName(path)));
  for (const path of harmless) it(`is not ${path}`, () => assert(!isSecretByName(path)));

  const starts: { readonly start: string; readonly holds: boolean }[] = [
    { start: "-----BEGIN PRIVATE KEY-----\nMII", holds: true },
    { start: "-----BEGIN RSA PRIVATE KEY-----\n", holds: true },
    { start: "-----BEGIN OPENSSH PRIVATE KEY-----\n", holds: true },
    { start: "-----BEGIN ENCRYPTED PRIVATE KEY-----\n", holds: true },
    { start: "-----BEGIN PGP PRIVATE KEY BLOCK-----\n", holds: true },
    { start: "-----BEGIN CERTIFICATE-----\nMII\n-----BEGIN EC PRIVATE KEY-----\n", holds: true },
    { start: '{"type": "service_account", "private_key": "-----BEGIN PRIVATE KEY-----\\n"}', holds: true },
    { start: "-----BEGIN CERTIFICATE-----\n", holds: false },
    { start: "-----BEGIN PUBLIC KEY-----\n", holds: false },
    { start: '{"private_key": "see the vault"}', holds: false },
    { start: "", holds: false },
  ];

  for (const { start, holds } of starts) {
    it(`${holds ? "begins" : "does not begin"} with ${JSON.stringify(start)}`, () => {
      assert.equal(holdsKey(Buffer.from(start)), holds);
    });
  }

  const candidates: { readonly path: string; readonly size: number; readonly read: boolean }[] = [
    { path: "deploy", size: 1_700, read: true },
    { path: "certs/server.pem", size: 1_700, read: true },
    { path: "service-account.json", size: 2_300, read: true },
    { path: "train.py", size: 1_700, read: false },
    { path: "data.json", size: 1_000_000, read: false },
    { path: "empty", size: 0, read: false },
  ];

  for (const { path, size, read } of candidates) {
    it(`${read ? "may be" : "is not"} ${path} of ${size} bytes by its content`, () => {
      assert.equal(mayHoldKey({ path, size }), read);
    });
  }
});
