import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePermissionsBoundaryCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetRoleCommand,
  type IAMClient,
  PutRolePermissionsBoundaryCommand,
  paginateListAttachedRolePolicies,
  paginateListRolePolicies,
  TagRoleCommand,
  UntagRoleCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
} from "@aws-sdk/client-iam";
import type { PropertyMap, Value } from "../../../../../provider/values/value.ts";
import { ifFound } from "../awsError.ts";
import type { Aws } from "../clients.ts";
import { awsTagsOf, tagsOf } from "../spelling.ts";
import { type Kind, textOf } from "./kind.ts";

/** `aws:iam/role:Role`: a role, who may assume it, and its tags. Its id is its name. */
export const role: Kind = {
  subjectOf: ({ name }) => `the role ${String(name)}`,
  autoName: { property: "name", longest: 64 },
  policies: ["assumeRolePolicy"],
  create,
  read,
  update,
  async delete(RoleName, { forceDetachPolicies }, { iam }) {
    if (forceDetachPolicies === true) await ifFound(detachPolicies(iam, RoleName));
    await ifFound(iam.send(new DeleteRoleCommand({ RoleName })));
  },
};

async function create(inputs: PropertyMap, { iam }: Aws): Promise<string> {
  const RoleName = textOf(inputs, "name");
  const Tags = awsTagsOf(inputs.tags);
  await iam.send(
    new CreateRoleCommand({
      RoleName,
      Path: textOf(inputs, "path"),
      AssumeRolePolicyDocument: textOf(inputs, "assumeRolePolicy"),
      MaxSessionDuration: Number(inputs.maxSessionDuration),
      ...optional("Description", inputs.description),
      ...optional("PermissionsBoundary", inputs.permissionsBoundary),
      ...(Tags.length > 0 ? { Tags } : {}),
    }),
  );
  return RoleName;
}

async function read(RoleName: string, { iam }: Aws): Promise<PropertyMap | undefined> {
  const found = await ifFound(iam.send(new GetRoleCommand({ RoleName })));
  const { Role } = found ?? {};
  return (
    Role && {
      name: Role.RoleName,
      path: Role.Path,
      assumeRolePolicy: decodeURIComponent(Role.AssumeRolePolicyDocument ?? ""),
      description: Role.Description || undefined,
      maxSessionDuration: Role.MaxSessionDuration,
      permissionsBoundary: Role.PermissionsBoundary?.PermissionsBoundaryArn,
      tags: tagsOf(Role.Tags?.map(({ Key, Value }) => ({ Key, Value }))),
      arn: Role.Arn,
      createDate: Role.CreateDate?.toISOString(),
      uniqueId: Role.RoleId,
    }
  );
}

async function update(RoleName: string, inputs: PropertyMap, { iam }: Aws): Promise<void> {
  const PolicyDocument = textOf(inputs, "assumeRolePolicy");
  await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument }));
  const MaxSessionDuration = Number(inputs.maxSessionDuration);
  const Description = typeof inputs.description === "string" ? inputs.description : "";
  await iam.send(new UpdateRoleCommand({ RoleName, Description, MaxSessionDuration }));
  await bound(iam, RoleName, inputs.permissionsBoundary);
  await tag(iam, RoleName, inputs.tags);
}

async function bound(iam: IAMClient, RoleName: string, boundary: Value | undefined): Promise<void> {
  if (typeof boundary === "string") {
    await iam.send(new PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary: boundary }));
  } else {
    await ifFound(iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName })));
  }
}

async function tag(iam: IAMClient, RoleName: string, tags: Value | undefined): Promise<void> {
  const Tags = awsTagsOf(tags);
  const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
  const wanted = new Set(Tags.map(({ Key }) => Key));
  const TagKeys = (Role?.Tags ?? []).map(({ Key }) => Key ?? "").filter((key) => !wanted.has(key));
  if (TagKeys.length > 0) await iam.send(new UntagRoleCommand({ RoleName, TagKeys }));
  if (Tags.length > 0) await iam.send(new TagRoleCommand({ RoleName, Tags }));
}

async function detachPolicies(iam: IAMClient, RoleName: string): Promise<void> {
  for await (const { PolicyNames = [] } of paginateListRolePolicies({ client: iam }, { RoleName })) {
    for (const PolicyName of PolicyNames) await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }));
  }
  for await (const { AttachedPolicies = [] } of paginateListAttachedRolePolicies({ client: iam }, { RoleName })) {
    for (const { PolicyArn } of AttachedPolicies) await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
  }
}

function optional(name: string, value: Value | undefined): object {
  return typeof value === "string" ? { [name]: value } : {};
}
