import { flowRunRule, proceed, reject } from "../rule.ts";

/**
 * A client whose answer got lost asks again. Its second request carries the `transition_id` of the first and is
 * answered with the state that the first one wrote.
 */
export const preventDuplicateTransitions = flowRunRule({
  name: "prevent-duplicate-transitions",
  before({ initial, proposed }) {
    const written = initial?.details.transition_id;
    if (written == null || written !== proposed.details.transition_id) return proceed();
    return reject(null, "This transition has been made already.");
  },
});
