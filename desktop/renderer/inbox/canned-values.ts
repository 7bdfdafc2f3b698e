import { firstNameOf, type CannedValues } from "@switchboard/shared/model/canned.ts";
import type { QueryOutput } from "../../bridge/index.ts";

/** What is known for the variables of a canned reply. A contact without a name has none here: an alias is our word, not theirs. */
export function cannedValues(open: NonNullable<QueryOutput<"conversation.open">>, me: string, tenant: string | null): CannedValues {
  const { contact } = open;
  return {
    "contact.name": contact.name,
    "contact.firstName": firstNameOf(contact.name),
    "contact.email": contact.email,
    "contact.phone": contact.phone,
    "contact.company": contact.company,
    "operator.name": me,
    "operator.firstName": firstNameOf(me),
    "tenant.name": tenant,
    "team.name": open.teamName,
  };
}
