import { DevelopmentCodeSender } from './development-code-sender';

it('the development sender prints the code, and the phone only masked', async () => {
  const lines: string[] = [];
  await new DevelopmentCodeSender((line) => lines.push(line)).send('13900001234', '012345');
  expect(lines).toEqual(['one-time code 012345 for 139****1234']);
});
