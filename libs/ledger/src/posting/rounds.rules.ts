/**
 * Commands that read what they act on before they post may go together only while no two of them act on the same.
 * Splits their places into rounds: within each every subject comes once, and the commands of one subject keep their
 * order.
 */
export function roundsOf<Command>(
  commands: readonly Command[],
  subjectOf: (command: Command) => string,
): { readonly command: Command; readonly index: number }[][] {
  const rounds: { command: Command; index: number }[][] = [];
  const before = new Map<string, number>();
  for (const [index, command] of commands.entries()) {
    const subject = subjectOf(command);
    const round = before.get(subject) ?? 0;
    before.set(subject, round + 1);
    (rounds[round] ??= []).push({ command, index });
  }
  return rounds;
}
