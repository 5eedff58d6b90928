import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { serverAccount, temporaryFolder } from './account.mjs';
import { processesInside } from './orphan.mjs';
import { isAlive, until } from './process.mjs';

/** The name says whose it is: the number of the process that made it follows. */
const PREFIX = 'tanhui-scratch-';

/**
 * A folder for servers and files that are thrown away. `remove` at the end; what a killed run left behind, its
 * servers included, the next run removes.
 * @returns {Promise<{folder: string, remove(): void}>}
 */
export async function openScratch() {
  const place = temporaryFolder(serverAccount());
  await sweep(place);
  const folder = mkdtempSync(join(place, `${PREFIX}${process.pid}-`));
  chmodSync(folder, 0o711);
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

async function sweep(place) {
  const abandoned = readdirSync(place).filter(
    (entry) => entry.startsWith(PREFIX) && !isAlive(ownerOf(entry)),
  );
  for (const entry of abandoned) {
    const folder = join(place, entry);
    try {
      if (statSync(folder).uid !== process.getuid?.()) continue;
      await endServers(folder);
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // Another run sweeps at the same moment.
    }
  }
}

const ownerOf = (entry) => Number.parseInt(entry.slice(PREFIX.length), 10);

/** A server works in a folder of its own here, which proves whose it is. SIGQUIT: its data is rubbish anyway. */
async function endServers(folder) {
  const inside = () => readdirSync(folder).flatMap((entry) => serversIn(join(folder, entry)));
  for (const pid of inside()) process.kill(pid, 'SIGQUIT');
  await until(() => inside().length === 0, 5_000);
}

function serversIn(folder) {
  return existsSync(folder) && statSync(folder).isDirectory() ? (processesInside(folder) ?? []) : [];
}
