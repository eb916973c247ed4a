import { z } from "zod";

/** RFC 9457 problem details. Members beyond the listed ones are the code's own data, such as `limit` or `lateByMs`. */
export const Problem = z
  .looseObject({
    type: z.string().meta({ description: "Stable URI of the kind of problem: urn:kontor:problem:<code>." }),
    title: z.string(),
    status: z.int(),
    code: z.string().meta({ description: "Permanent machine code." }),
    detail: z.string().optional(),
    instance: z.string().optional().meta({ description: "Request id." }),
    errors: z.array(z.object({ pointer: z.string(), code: z.string(), detail: z.string() })).optional(),
    retryAfterMs: z.int().optional(),
  })
  .meta({ id: "Problem" });
export type Problem = z.infer<typeof Problem>;
