/** The last word of a program: what the scenario reads. */
export function tell(result) {
  console.log(`RESULT ${JSON.stringify(result)}`);
}

export function cpuMs() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
