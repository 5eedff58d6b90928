import { ApiClient, ApiRefusal } from '../demo/api-client';
import { readRequest, usageOf, type Topic } from './options';
import { linesOf } from './telling';

/** `registry …` and `credits …` over HTTP: 0 when it was done, 1 when it was refused, 2 when it could not be asked. */
export async function request(topic: Topic, args: readonly string[]): Promise<number> {
  const asked = readRequest(topic, args);
  if ('problem' in asked) {
    console.error(`${asked.problem}\n\n${usageOf(topic)}`);
    return 2;
  }
  const { API_URL: url = 'http://127.0.0.1:3000', API_TOKEN: token } = process.env;
  const client = new ApiClient(url, token);
  const { method, path, body, json } = asked;
  try {
    const answer =
      method === 'GET' ? await client.get<unknown>(path) : await client.post<unknown>(path, body);
    process.stdout.write(json ? `${JSON.stringify(answer)}\n` : `${linesOf(answer).join('\n')}\n`);
    return 0;
  } catch (error) {
    if (error instanceof ApiRefusal) {
      process.stderr.write(
        json ? `${JSON.stringify(error.problem)}\n` : `${linesOf(error.problem).join('\n')}\n`,
      );
      return 1;
    }
    console.error(`${url} cannot be reached: ${error instanceof Error ? error.message : String(error)}`);
    return 2;
  }
}
