import { freePort, isFree } from '../servers/process.mjs';

const PORT_DEFAULT = 3000;
const PORTS_TRIED = 50;

/** The port people use: PORT exactly, when it is set; else 3000 or the next free one. */
export async function apiPort(host) {
  const wanted = process.env.PORT;
  if (wanted) {
    const port = Number(wanted);
    if (!Number.isInteger(port) || port < 1 || port > 65_535)
      throw new Error(`PORT is "${wanted}", not a port.`);
    if (!(await isFree(port, host))) throw new Error(`PORT ${port} is taken. Free it, or leave PORT out.`);
    return port;
  }
  for (let port = PORT_DEFAULT; port < PORT_DEFAULT + PORTS_TRIED; port += 1) {
    if (await isFree(port, host)) return port;
  }
  return freePort();
}
