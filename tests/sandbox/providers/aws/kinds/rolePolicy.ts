import { DeleteRolePolicyCommand, GetRolePolicyCommand, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import type { PropertyMap } from "../../../../../provider/values/value.ts";
import { ifFound } from "../awsError.ts";
import type { Aws } from "../clients.ts";
import { type Kind, textOf } from "./kind.ts";

/** `aws:iam/rolePolicy:RolePolicy`: a policy inside of a role. Its id is `role:name`. */
export const rolePolicy: Kind = {
  subjectOf: ({ name, role }) => `the policy ${String(name)} of the role ${String(role)}`,
  autoName: { property: "name", longest: 128 },
  policies: ["policy"],
  async create(inputs, aws) {
    await put(inputs, aws);
    return `${textOf(inputs, "role")}:${textOf(inputs, "name")}`;
  },
  async read(id, { iam }) {
    const found = await ifFound(iam.send(new GetRolePolicyCommand(identityOf(id))));
    const { PolicyDocument = "", PolicyName, RoleName } = found ?? {};
    return found && { name: PolicyName, role: RoleName, policy: decodeURIComponent(PolicyDocument) };
  },
  update: (_, inputs, aws) => put(inputs, aws),
  delete: (id, _, { iam }) => ifFound(iam.send(new DeleteRolePolicyCommand(identityOf(id)))),
};

function put(inputs: PropertyMap, { iam }: Aws): Promise<unknown> {
  const [RoleName, PolicyName] = [textOf(inputs, "role"), textOf(inputs, "name")];
  return iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument: textOf(inputs, "policy") }));
}

function identityOf(id: string) {
  const [RoleName = "", PolicyName = ""] = id.split(":");
  return { RoleName, PolicyName };
}
