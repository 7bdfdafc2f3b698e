/** `GET /api/v1/openapi.json`, made from the contracts that the server runs. */
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from "zod-openapi";
import { z } from "zod";
import type { Contract } from "../../../shared/api/contract.ts";
import { problems, type ProblemCode } from "../../../shared/api/problems.ts";

const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: z.string(),
    errors: z.array(z.object({ at: z.string(), code: z.string(), message: z.string() })).optional(),
    data: z.record(z.string(), z.unknown()).optional(),
    requestId: z.string().optional(),
  })
  .meta({ id: "Problem" });

/** What any call of this kind may answer besides its own codes. */
export function codesOf(contract: Contract): ProblemCode[] {
  const general: ProblemCode[] = ["invalid_input", "rate_limited"];
  if (contract.access.who !== "public") general.push("unauthenticated", "token_expired");
  if (contract.access.who === "member" && contract.access.may !== "any") general.push("forbidden");
  if (contract.path.includes(":")) general.push("not_found");
  return [...new Set([...contract.errors, ...general])];
}

export function createOpenApi(contracts: readonly Contract[], publicUrl: string): unknown {
  const paths: ZodOpenApiPathsObject = {};
  for (const contract of contracts) {
    const path = contract.path.replaceAll(/:(\w+)/g, "{$1}");
    paths[path] = { ...paths[path], [contract.method.toLowerCase()]: operation(contract) };
  }
  return createDocument({
    openapi: "3.1.0",
    info: {
      title: "Switchboard",
      version: "1",
      description: "Everything the console and the widget do. Errors are problem documents with a stable `code`.",
    },
    servers: [{ url: publicUrl }],
    components: { securitySchemes: { token: { type: "http", scheme: "bearer", bearerFormat: "JWT" } } },
    paths,
  });
}

function operation(contract: Contract): ZodOpenApiOperationObject {
  const { access, params, query, body, output, status } = contract;
  const responses: ZodOpenApiOperationObject["responses"] = {};
  responses[`${status}`] =
    status === 204 ? { description: "Done." } : { description: "Done.", content: { "application/json": { schema: output } } };
  for (const code of codesOf(contract)) {
    const key = `${problems[code].status}` as `${1 | 2 | 3 | 4 | 5}${string}`;
    const before = responses[key];
    const known = before && "description" in before && typeof before.description === "string" ? `${before.description}, ` : "";
    responses[key] = { description: `${known}\`${code}\``, content: { "application/problem+json": { schema: problemSchema } } };
  }
  return {
    operationId: contract.name,
    tags: [contract.name.split(".")[0] ?? contract.name],
    summary: contract.summary,
    description: [
      contract.description,
      access.who === "member" && access.may !== "any" ? `Needs the permission \`${access.may}\`.` : undefined,
    ]
      .filter(Boolean)
      .join("\n\n"),
    ...(access.who === "public" ? {} : { security: [{ token: [] }] }),
    requestParams: { path: params, query },
    ...(body instanceof z.ZodUndefined ? {} : { requestBody: { content: { "application/json": { schema: body } } } }),
    responses,
  };
}
