import type { ApiClient } from '../api-client';

/** One person proposes, another decides: `path` is where it is proposed, `decided` where such things are decided. */
export async function approved<Answer extends object = { id: string }>(
  [proposer, decider]: readonly [ApiClient, ApiClient],
  path: string,
  body: object,
  decided: string = path,
): Promise<Answer & { readonly id: string }> {
  const answer = await proposer.post<Answer & { readonly id: string }>(path, body);
  await decider.post(`${decided}/${answer.id}/decision`, {});
  return answer;
}
