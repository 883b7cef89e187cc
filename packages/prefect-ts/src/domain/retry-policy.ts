interface RetryFields<Delay> {
  readonly max_retries: number;
  readonly retry_delay_seconds: number;
  readonly retries: number | null;
  readonly retry_delay: Delay | null;
}

/** Old clients say `max_retries` and `retry_delay_seconds`; where the newer fields are missing, those count. */
export function withDeprecatedRetries<Delay, Policy extends RetryFields<Delay | number>>(policy: Policy): Policy {
  return {
    ...policy,
    retries: policy.retries || policy.max_retries || policy.retries,
    retry_delay: policy.retry_delay || policy.retry_delay_seconds || policy.retry_delay,
  };
}
